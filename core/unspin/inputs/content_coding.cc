#include "unspin/inputs/content_coding.h"

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <limits>
#include <memory>

namespace unspin {
namespace {

using End = UnpackedContent::End;

// Makes the output grow as it is filled, up to `max_bytes`.
class Output {
 public:
  explicit Output(size_t max_bytes) : max_bytes_(max_bytes) {}

  // Makes room behind what was written. False: there are max_bytes already.
  bool Grow() {
    constexpr size_t kFirst = 64 << 10;
    if (bytes_.size() == used_) bytes_.resize(std::min(std::max(kFirst, used_ * 2), max_bytes_));
    return used_ < bytes_.size();
  }
  char* free() { return bytes_.data() + used_; }
  size_t room() const { return bytes_.size() - used_; }
  void Use(size_t size) { used_ += size; }
  size_t used() const { return used_; }

  UnpackedContent Take(End end) {
    bytes_.resize(used_);
    return {std::move(bytes_), end};
  }

 private:
  const size_t max_bytes_;
  std::string bytes_;
  size_t used_ = 0;
};

// Window sizes as zlib takes them: 2^15 bytes, with 16 added for gzip's header, negative for no header.
constexpr int kGzipWindow = 15 + 16, kZlibWindow = 15, kRawWindow = -15;

UnpackedContent Inflate(std::string_view coded, int window, size_t max_bytes) {
  constexpr size_t kMaxCall = std::numeric_limits<uInt>::max() / 2;
  z_stream state{};
  Output out(max_bytes);
  if (inflateInit2(&state, window) != Z_OK) return out.Take(End::kDamaged);
  const std::unique_ptr<z_stream, int (*)(z_stream*)> owner(&state, inflateEnd);
  coded = coded.substr(0, kMaxCall);
  state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(coded.data()));
  state.avail_in = static_cast<uInt>(coded.size());
  for (;;) {
    if (!out.Grow()) return out.Take(End::kTooLarge);
    const auto room = static_cast<uInt>(std::min(out.room(), kMaxCall));
    state.next_out = reinterpret_cast<Bytef*>(out.free());
    state.avail_out = room;
    const int result = inflate(&state, Z_NO_FLUSH);
    out.Use(room - state.avail_out);
    if (result == Z_STREAM_END) {
      const std::string_view rest = coded.substr(coded.size() - state.avail_in);
      if (window != kGzipWindow || !rest.starts_with("\x1f\x8b\x08")) return out.Take(End::kWhole);
      inflateReset(&state);  // a second member
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      return out.Take(End::kDamaged);
    } else if (state.avail_in == 0 && state.avail_out > 0) {
      return out.Take(End::kCutOff);
    }
  }
}

UnpackedContent InflateDeflate(std::string_view coded, size_t max_bytes) {
  UnpackedContent zlib = Inflate(coded, kZlibWindow, max_bytes);
  if (zlib.end != End::kDamaged || !zlib.bytes.empty()) return zlib;
  return Inflate(coded, kRawWindow, max_bytes);
}

UnpackedContent UnpackBrotli(std::string_view coded, size_t max_bytes) {
  Output out(max_bytes);
  const std::unique_ptr<BrotliDecoderState, void (*)(BrotliDecoderState*)> state(
      BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), BrotliDecoderDestroyInstance);
  if (state == nullptr) return out.Take(End::kDamaged);
  const auto* next_in = reinterpret_cast<const uint8_t*>(coded.data());
  size_t left_in = coded.size();
  for (;;) {
    if (!out.Grow()) return out.Take(End::kTooLarge);
    size_t left_out = out.room();
    auto* next_out = reinterpret_cast<uint8_t*>(out.free());
    const BrotliDecoderResult result =
        BrotliDecoderDecompressStream(state.get(), &left_in, &next_in, &left_out, &next_out, nullptr);
    out.Use(out.room() - left_out);
    if (result == BROTLI_DECODER_RESULT_SUCCESS) return out.Take(End::kWhole);
    if (result == BROTLI_DECODER_RESULT_ERROR) return out.Take(End::kDamaged);
    if (result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT) return out.Take(End::kCutOff);
  }
}

UnpackedContent UnpackZstandard(std::string_view coded, size_t max_bytes) {
  constexpr int kMaxWindowLog = 23;  // 8 MiB: RFC 9659 allows no more in HTTP
  Output out(max_bytes);
  const std::unique_ptr<ZSTD_DCtx, size_t (*)(ZSTD_DCtx*)> state(ZSTD_createDCtx(), ZSTD_freeDCtx);
  if (state == nullptr) return out.Take(End::kDamaged);
  ZSTD_DCtx_setParameter(state.get(), ZSTD_d_windowLogMax, kMaxWindowLog);
  ZSTD_inBuffer in{coded.data(), coded.size(), 0};
  for (;;) {
    if (!out.Grow()) return out.Take(End::kTooLarge);
    ZSTD_outBuffer to{out.free(), out.room(), 0};
    const size_t result = ZSTD_decompressStream(state.get(), &to, &in);
    if (ZSTD_isError(result)) return out.Take(End::kDamaged);
    out.Use(to.pos);
    if (result == 0) {
      const bool another = ContentCodingOf(coded.substr(in.pos)) == ContentCoding::kZstandard;
      if (!another) return out.Take(End::kWhole);
    } else if (in.pos == in.size && to.pos < to.size) {
      return out.Take(End::kCutOff);
    }
  }
}

}  // namespace

std::optional<ContentCoding> ContentCodingNamed(std::string_view name) {
  if (name == "gzip" || name == "x-gzip") return ContentCoding::kGzip;
  if (name == "deflate") return ContentCoding::kDeflate;
  if (name == "br") return ContentCoding::kBrotli;
  if (name == "zstd") return ContentCoding::kZstandard;
  return std::nullopt;
}

std::optional<ContentCoding> ContentCodingOf(std::string_view bytes) {
  if (bytes.starts_with("\x1f\x8b\x08")) return ContentCoding::kGzip;
  if (bytes.starts_with("\x28\xb5\x2f\xfd")) return ContentCoding::kZstandard;
  return std::nullopt;
}

UnpackedContent UnpackContent(ContentCoding coding, std::string_view coded, size_t max_bytes) {
  switch (coding) {
    case ContentCoding::kGzip:
      return Inflate(coded, kGzipWindow, max_bytes);
    case ContentCoding::kDeflate:
      return InflateDeflate(coded, max_bytes);
    case ContentCoding::kBrotli:
      return UnpackBrotli(coded, max_bytes);
    case ContentCoding::kZstandard:
      return UnpackZstandard(coded, max_bytes);
  }
  return {};
}

}  // namespace unspin
