// How a store is laid out: its tables, as they are written, and its blocks, as they are compressed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"

struct ZSTD_CCtx_s;

namespace unspin {

// Header:       0 articles · 4 blocks · 8 checksum of the rest of the header and both tables · 16 bytes of all blocks
// Block row:    0 offset among the blocks · 8 compressed size · 12 size · 16 checksum of the compressed bytes
// Article row:  0 block · 4 offset in it
inline constexpr size_t kStoreHeaderSize = 24;
inline constexpr size_t kBlockRowSize = 24;
inline constexpr size_t kArticleRowSize = 8;

struct BlockRow {
  uint64_t offset = 0;
  uint32_t size = 0, content_size = 0;  // compressed, and before
  uint64_t checksum = 0;                // of the compressed bytes
};

struct ArticleRow {
  uint32_t block = 0, offset = 0;
};

// Both tables, block by block.
class StoreTables {
 public:
  // So many are going to come, at most.
  void Reserve(size_t articles, size_t blocks);
  // An article of the open block, which begins there in it.
  void AddArticle(uint32_t offset);
  void CloseBlock(std::string_view compressed, size_t content_size);
  // The same where size and checksum are known.
  void CloseBlock(const BlockRow& row);

  uint32_t articles() const { return articles_; }
  uint64_t block_bytes() const { return block_bytes_; }
  // What follows each other before the blocks. REQUIRES: no block is open.
  std::string Header() const;
  std::string_view block_table() const { return block_table_; }
  std::string_view article_table() const { return article_table_; }

  static uint64_t Checksum(uint32_t articles, uint32_t blocks, uint64_t block_bytes, std::string_view block_table,
                           std::string_view article_table);

 private:
  uint32_t articles_ = 0, blocks_ = 0;
  uint64_t block_bytes_ = 0;
  std::string block_table_, article_table_;
};

// Bytes → one zstd frame. Equal input, equal bytes.
class BlockCompressor {
 public:
  BlockCompressor();
  ~BlockCompressor();
  BlockCompressor(BlockCompressor&&) noexcept;
  BlockCompressor& operator=(BlockCompressor&&) noexcept;

  // Fails where memory ran out, with `out` as it was.
  absl::Status Append(std::string_view content, std::string& out);

 private:
  struct FreeContext {
    void operator()(ZSTD_CCtx_s* context) const;
  };
  std::unique_ptr<ZSTD_CCtx_s, FreeContext> context_;
};

}  // namespace unspin
