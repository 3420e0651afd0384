// Zstandard, by libzstd. Not by libarchive, which does not return the bytes before a truncation.
#include <zstd.h>

#include <string>
#include <utility>

#include "unspin/io/codec.h"
#include "unspin/io/decoding_stream.h"

namespace unspin {
namespace {

// Public archives of posts and pages are made with --long=31: windows of up to 2 GiB.
constexpr int kMaxWindowLog = 31;

// A frame, or a skippable frame (RFC 8878, 3.1).
bool IsZstd(std::string_view head) {
  if (head.size() < 4) return false;
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(head[i]); };
  const bool frame = byte(0) == 0x28 && byte(1) == 0xb5 && byte(2) == 0x2f && byte(3) == 0xfd;
  const bool skippable = (byte(0) & 0xf0) == 0x50 && byte(1) == 0x2a && byte(2) == 0x4d && byte(3) == 0x18;
  return frame || skippable;
}

class ZstdStream final : public DecodingStream {
 public:
  explicit ZstdStream(std::unique_ptr<StoredBytes> stored)
      : DecodingStream(std::move(stored)), state_(ZSTD_createDStream()) {
    if (state_ != nullptr) ZSTD_DCtx_setParameter(state_, ZSTD_d_windowLogMax, kMaxWindowLog);
  }
  ~ZstdStream() override { ZSTD_freeDStream(state_); }

 protected:
  absl::StatusOr<size_t> Decode(std::span<char> into) override {
    if (state_ == nullptr) return absl::ResourceExhaustedError("no memory for a zstd decoder; close other programs");
    ZSTD_outBuffer out{into.data(), into.size(), 0};
    while (out.pos == 0) {
      if (between_frames_) {
        const auto more = AnotherMemberFollows(IsZstd);
        if (!more.ok()) return more.status();
        if (!*more) return size_t{0};
        between_frames_ = false;
      }
      if (absl::Status status = stored().LookAhead(1); !status.ok()) return status;
      const std::string_view ahead = stored().ahead();
      ZSTD_inBuffer in{ahead.data(), ahead.size(), 0};
      const size_t result = ZSTD_decompressStream(state_, &out, &in);
      stored().Take(in.pos);
      if (ZSTD_isError(result)) {
        const std::string what = std::string("is damaged (") + ZSTD_getErrorName(result) + ")";
        return FailLater(out.pos, Damage("zstd", what, out.pos));
      }
      if (result == 0) {
        between_frames_ = true;
      } else if (out.pos == 0 && ahead.empty()) {
        return Damage("zstd", "is cut off", 0);
      }
    }
    return out.pos;
  }

 private:
  ZSTD_DStream* state_;
  bool between_frames_ = false;
};

std::unique_ptr<ByteStream> Decode(std::unique_ptr<StoredBytes> stored) {
  return std::make_unique<ZstdStream>(std::move(stored));
}

}  // namespace

constinit const Codec kZstdCodec = {"zstd", {"zst", "zstd"}, IsZstd, Decode};

}  // namespace unspin
