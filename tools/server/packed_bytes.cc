#include "server/packed_bytes.h"

#include <zstd.h>

#include <cassert>
#include <memory>
#include <new>

namespace unspin::server {
namespace {

constexpr int kLevel = 3;  // zstd's own default: 400 MB/s, and within a tenth of the best for a few kilobytes

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

}  // namespace

std::string PackBytes(std::string_view bytes) {
  const std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
  if (context == nullptr) throw std::bad_alloc();
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, kLevel);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  std::string packed(ZSTD_compressBound(bytes.size()), '\0');
  const size_t size = ZSTD_compress2(context.get(), packed.data(), packed.size(), bytes.data(), bytes.size());
  assert(!ZSTD_isError(size));  // the room is enough, so nothing else can fail
  packed.resize(size);
  return packed;
}

absl::StatusOr<std::string> UnpackBytes(std::string_view packed) {
  const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN) {
    return absl::DataLossError("a stored text is damaged: no zstd frame");
  }
  // A frame of n bytes holds at most about 16,000 n: a damaged size must not take all memory.
  constexpr unsigned long long kMaxRatio = 1 << 16;
  if (size / kMaxRatio > packed.size()) return absl::DataLossError("a stored text is damaged: a wrong size");
  std::string bytes(size, '\0');
  const size_t read = ZSTD_decompress(bytes.data(), bytes.size(), packed.data(), packed.size());
  if (ZSTD_isError(read) || read != size) return absl::DataLossError("a stored text is damaged: its zstd frame");
  return bytes;
}

}  // namespace unspin::server
