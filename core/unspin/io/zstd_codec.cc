// Zstandard, by libzstd. Not by libarchive, which does not return the bytes before a truncation.
#include <zstd.h>

#include <algorithm>
#include <cstdint>
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
    if (!started_) {
      started_ = true;
      if (absl::Status status = LoadDictionary(); !status.ok()) return status;
    }
    ZSTD_outBuffer out{into.data(), into.size(), 0};
    while (out.pos == 0) {
      if (between_frames_) {
        const auto more = AnotherMemberFollows(IsZstd);
        if (!more.ok()) return more.status();
        if (!*more) return size_t{0};
        between_frames_ = false;
        BeginMember();
        has_output_ = false;
      }
      if (absl::Status status = stored().LookAhead(1); !status.ok()) return status;
      const std::string_view ahead = stored().ahead();
      ZSTD_inBuffer in{ahead.data(), ahead.size(), 0};
      const size_t result = ZSTD_decompressStream(state_, &out, &in);
      stored().Take(in.pos);
      has_output_ |= out.pos > 0;
      if (ZSTD_isError(result)) {
        const std::string what = std::string("is damaged (") + ZSTD_getErrorName(result) + ")";
        absl::Status damage = Damage("zstd", what, out.pos);
        PutBackMember();
        return FailLater(out.pos, std::move(damage));
      }
      if (result == 0) {
        between_frames_ = true;
      } else if (out.pos == 0 && ahead.empty()) {
        absl::Status damage = Damage("zstd", "is cut off", 0);
        PutBackMember();
        return damage;
      }
    }
    return out.pos;
  }

  Recovery FindMember(std::string_view beginning) override {
    constexpr size_t kSample = (128 << 10) + 32;  // the headers of a frame and of a block, and the largest block
    Recovery recovery{.tail_damaged = !between_frames_ && has_output_};
    recovery.found = state_ != nullptr && SkipToMember("\x28\xb5\x2f\xfd", kSample, [&](std::string_view sample) {
                       return StartOf(sample, beginning.size()) == beginning;
                     });
    if (recovery.found) {
      ZSTD_DCtx_reset(state_, ZSTD_reset_session_only);
      between_frames_ = false;
      BeginMember();
      has_output_ = false;
    }
    return recovery;
  }

 private:
  // The first bytes of what a frame holds, if it begins with `stored`; fewer than `size` if it is damaged or cut off.
  std::string StartOf(std::string_view stored, size_t size) {
    std::string start(size, '\0');
    ZSTD_DCtx_reset(state_, ZSTD_reset_session_only);
    ZSTD_outBuffer out{start.data(), size, 0};
    ZSTD_inBuffer in{stored.data(), stored.size(), 0};
    while (out.pos < size && in.pos < in.size && !ZSTD_isError(ZSTD_decompressStream(state_, &out, &in))) {
    }
    start.resize(out.pos);
    return start;
  }

  // Web archives carry the dictionary of their frames in a skippable frame in front, compressed or not
  // (https://iipc.github.io/warc-specifications/specifications/warc-zstd/). A skippable frame with other content is
  // skipped later, like all others.
  absl::Status LoadDictionary() {
    using namespace std::string_view_literals;
    constexpr size_t kHeader = 8;                   // magic number and size of the content
    constexpr uint32_t kMaxDictionary = 16u << 20;  // bytes. Crawlers train 1 MiB at most
    if (absl::Status status = stored().LookAhead(kHeader); !status.ok()) return status;
    const std::string_view header = stored().ahead().substr(0, kHeader);
    if (!header.starts_with("\x5d\x2a\x4d\x18"sv) || header.size() < kHeader) return absl::OkStatus();
    uint32_t size = 0;
    for (size_t i = kHeader; i-- > kHeader / 2;) size = size << 8 | static_cast<unsigned char>(header[i]);
    if (size == 0 || size > kMaxDictionary) return absl::OkStatus();
    stored().Take(kHeader);
    std::string content(size, '\0');
    for (size_t filled = 0; filled < size;) {
      const auto got = stored().Read(std::span(content).subspan(filled));
      if (!got.ok()) return got.status();
      if (*got == 0) return Damage("zstd", "is cut off", 0);
      filled += *got;
    }
    between_frames_ = true;
    if (content.starts_with("\x28\xb5\x2f\xfd"sv)) content = Unpacked(content, kMaxDictionary);
    if (!content.starts_with("\x37\xa4\x30\xec"sv)) return absl::OkStatus();
    if (ZSTD_isError(ZSTD_DCtx_loadDictionary(state_, content.data(), content.size()))) {
      return Damage("zstd", "begins with a damaged dictionary", 0);
    }
    return absl::OkStatus();
  }

  // What a frame holds; empty if it is damaged or holds more than `max` bytes.
  std::string Unpacked(std::string_view frame, size_t max) {
    std::string unpacked;
    const auto size = ZSTD_getFrameContentSize(frame.data(), frame.size());
    unpacked.resize(size < max ? size : max);  // a frame that does not tell its size counts as one of the largest
    const size_t got = ZSTD_decompressDCtx(state_, unpacked.data(), unpacked.size(), frame.data(), frame.size());
    unpacked.resize(ZSTD_isError(got) ? 0 : got);
    return unpacked;
  }

  ZSTD_DStream* state_;
  bool started_ = false;
  bool between_frames_ = false;
  bool has_output_ = false;  // bytes of this frame were decoded
};

std::unique_ptr<ByteStream> Decode(std::unique_ptr<StoredBytes> stored) {
  return std::make_unique<ZstdStream>(std::move(stored));
}

}  // namespace

constinit const Codec kZstdCodec = {"zstd", {"zst", "zstd"}, IsZstd, Decode};

}  // namespace unspin
