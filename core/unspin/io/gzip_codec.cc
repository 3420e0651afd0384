// gzip, by zlib. Not by libarchive, which neither verifies gzip's checksum nor returns the bytes before a truncation.
#include <zlib.h>

#include <algorithm>
#include <string>
#include <utility>

#include "unspin/io/codec.h"
#include "unspin/io/decoding_stream.h"

namespace unspin {
namespace {

// zlib counts in unsigned int.
constexpr size_t kMaxCall = 1u << 30;

bool IsGzip(std::string_view head) { return head.substr(0, 3) == "\x1f\x8b\x08"; }

class GzipStream final : public DecodingStream {
 public:
  explicit GzipStream(std::unique_ptr<StoredBytes> stored) : DecodingStream(std::move(stored)) {
    ready_ = inflateInit2(&state_, 15 + 16) == Z_OK;  // the largest window, 2^15 bytes; 16 asks for a gzip wrapper
  }
  ~GzipStream() override {
    if (ready_) inflateEnd(&state_);
  }

 protected:
  absl::StatusOr<size_t> Decode(std::span<char> into) override {
    if (!ready_) return absl::ResourceExhaustedError("no memory for a gzip decoder; close other programs");
    const size_t size = std::min(into.size(), kMaxCall);
    size_t decoded = 0;
    while (decoded == 0) {
      if (between_members_) {
        const auto more = AnotherMemberFollows(IsGzip);
        if (!more.ok()) return more.status();
        if (!*more) return size_t{0};
        inflateReset(&state_);
        between_members_ = false;
        BeginMember();
        has_output_ = false;
      }
      if (absl::Status status = stored().LookAhead(1); !status.ok()) return status;
      const std::string_view ahead = stored().ahead().substr(0, kMaxCall);
      state_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(ahead.data()));
      state_.avail_in = static_cast<uInt>(ahead.size());
      state_.next_out = reinterpret_cast<Bytef*>(into.data());
      state_.avail_out = static_cast<uInt>(size);
      const int result = inflate(&state_, Z_NO_FLUSH);
      stored().Take(ahead.size() - state_.avail_in);
      decoded = size - state_.avail_out;
      has_output_ |= decoded > 0;
      if (result == Z_STREAM_END) {
        between_members_ = true;
      } else if (result != Z_OK && result != Z_BUF_ERROR) {
        absl::Status damage = Damage("gzip", "is damaged", decoded);
        PutBackMember();
        return FailLater(decoded, std::move(damage));
      } else if (decoded == 0 && ahead.empty()) {
        absl::Status damage = Damage("gzip", "is cut off", 0);
        PutBackMember();
        return damage;
      }
    }
    return decoded;
  }

  Recovery FindMember(std::string_view beginning) override {
    constexpr size_t kSample = 2 << 10;  // a header with a name, the tables of a block, and its first bytes
    Recovery recovery{.tail_damaged = !between_members_ && has_output_};
    recovery.found = ready_ && SkipToMember("\x1f\x8b\x08", kSample, [&](std::string_view sample) {
                       return StartOf(sample, beginning.size()) == beginning;
                     });
    if (recovery.found) {
      inflateReset(&state_);
      between_members_ = false;
      BeginMember();
      has_output_ = false;
    }
    return recovery;
  }

 private:
  // The first bytes of what a member holds, if it begins with `stored`; fewer than `size` if it is damaged or cut off.
  std::string StartOf(std::string_view stored, size_t size) {
    std::string start(size, '\0');
    inflateReset(&state_);
    state_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(stored.data()));
    state_.avail_in = static_cast<uInt>(stored.size());
    state_.next_out = reinterpret_cast<Bytef*>(start.data());
    state_.avail_out = static_cast<uInt>(size);
    inflate(&state_, Z_SYNC_FLUSH);
    start.resize(size - state_.avail_out);
    return start;
  }

  z_stream state_{};
  bool ready_ = false;
  bool between_members_ = false;
  bool has_output_ = false;  // bytes of this member were decoded
};

std::unique_ptr<ByteStream> Decode(std::unique_ptr<StoredBytes> stored) {
  return std::make_unique<GzipStream>(std::move(stored));
}

}  // namespace

constinit const Codec kGzipCodec = {"gzip", {"gz"}, IsGzip, Decode};

}  // namespace unspin
