// Compresses the content of a block of the store into one zstd frame.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"

struct ZSTD_CCtx_s;

namespace unspin {

// Equal input gives equal bytes, whatever was compressed before. One per thread.
class BlockCompressor {
 public:
  BlockCompressor();
  ~BlockCompressor();
  BlockCompressor(BlockCompressor&&) noexcept;
  BlockCompressor& operator=(BlockCompressor&&) noexcept;

  // Appends the frame to `out`. Fails if memory runs out, and then leaves `out` unchanged.
  absl::Status Append(std::string_view content, std::string& out);

 private:
  struct FreeContext {
    void operator()(ZSTD_CCtx_s* context) const;
  };
  std::unique_ptr<ZSTD_CCtx_s, FreeContext> context_;  // null if there was no memory for it
};

}  // namespace unspin
