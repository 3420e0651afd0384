#include "unspin/store/block_compressor.h"

#define ZSTD_STATIC_LINKING_ONLY  // for ZSTD_c_literalCompressionMode
#include <zstd.h>

namespace unspin {
namespace {

// docs/performance/0033-faster-compression.md compares the choices. Null if memory runs out.
ZSTD_CCtx* CreateFastContext() {
  ZSTD_CCtx* const context = ZSTD_createCCtx();
  if (context == nullptr) return nullptr;
  const auto set = [context](ZSTD_cParameter parameter, int value) {
    return !ZSTD_isError(ZSTD_CCtx_setParameter(context, parameter, value));
  };
  // With a target length zstd leaves literals uncompressed unless told otherwise, and they are most of a block of news.
  // If a later zstd refuses the parameter, plain level 1 remains.
  constexpr int kLevel = 1, kTargetLength = 6, kMinMatch = 6;
  constexpr int kCompressLiterals = 1;  // ZSTD_lcm_huffman or ZSTD_ps_enable: its name differs between versions of zstd
  if (set(ZSTD_c_compressionLevel, kLevel) && set(ZSTD_c_literalCompressionMode, kCompressLiterals)) {
    set(ZSTD_c_targetLength, kTargetLength);
    set(ZSTD_c_minMatch, kMinMatch);
  }
  return context;
}

}  // namespace

void BlockCompressor::FreeContext::operator()(ZSTD_CCtx_s* context) const { ZSTD_freeCCtx(context); }
BlockCompressor::BlockCompressor() : context_(CreateFastContext()) {}
BlockCompressor::~BlockCompressor() = default;
BlockCompressor::BlockCompressor(BlockCompressor&&) noexcept = default;
BlockCompressor& BlockCompressor::operator=(BlockCompressor&&) noexcept = default;

absl::Status BlockCompressor::Append(std::string_view content, std::string& out) {
  if (context_ == nullptr) return absl::ResourceExhaustedError("no memory is left to compress a block");
  const size_t begin = out.size();
  out.resize(begin + ZSTD_compressBound(content.size()));
  const size_t size =
      ZSTD_compress2(context_.get(), out.data() + begin, out.size() - begin, content.data(), content.size());
  if (ZSTD_isError(size)) {
    out.resize(begin);
    return absl::ResourceExhaustedError("cannot compress a block: " + std::string(ZSTD_getErrorName(size)));
  }
  out.resize(begin + size);
  return absl::OkStatus();
}

}  // namespace unspin
