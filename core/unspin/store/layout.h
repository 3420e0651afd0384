// The header and the tables of a store section: every byte of them is encoded and decoded here.
//
//   header, 24 bytes                      block row, 24 bytes, for each block    article row, 8 bytes, for each article
//    4 │ number of articles                8 │ offset among the blocks            4 │ block
//    4 │ number of blocks                  4 │ compressed size                    4 │ offset in the decompressed block
//    8 │ checksum of header and tables     4 │ decompressed size
//    8 │ bytes of all blocks               8 │ checksum of the compressed bytes
//
// The section is: header, block rows, article rows, blocks. Articles ascend by block and offset.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace unspin {

struct StoreHeader {
  uint32_t articles = 0, blocks = 0;
  uint64_t checksum = 0;  // ChecksumWith the tables
  uint64_t block_bytes = 0;

  static constexpr size_t kEncodedSize = sizeof(articles) + sizeof(blocks) + sizeof(checksum) + sizeof(block_bytes);

  std::string Encode() const;
  // Nothing if there are fewer than kEncodedSize bytes. Does not check the checksum.
  static std::optional<StoreHeader> Decode(std::string_view bytes);
  // Of the other fields and both tables.
  uint64_t ChecksumWith(std::string_view block_table, std::string_view article_table) const;
};

struct BlockRow {
  uint64_t offset = 0;
  uint32_t size = 0, content_size = 0;  // compressed, and decompressed
  uint64_t checksum = 0;                // of the compressed bytes

  static constexpr size_t kEncodedSize = sizeof(offset) + sizeof(size) + sizeof(content_size) + sizeof(checksum);

  // The row of a block, but for its offset.
  static BlockRow Of(std::string_view compressed, size_t content_size);

  void AppendTo(std::string& table) const;
  // REQUIRES: `bytes` has kEncodedSize bytes.
  static BlockRow Decode(std::string_view bytes);
};

struct ArticleRow {
  uint32_t block = 0, offset = 0;

  static constexpr size_t kEncodedSize = sizeof(block) + sizeof(offset);

  void AppendTo(std::string& table) const;
  // REQUIRES: `bytes` has kEncodedSize bytes.
  static ArticleRow Decode(std::string_view bytes);
};

// Collects header and tables, block by block: AddArticle for each article of a block, then CloseBlock.
class StoreTables {
 public:
  // Memory for at most this many of each.
  void Reserve(size_t articles, size_t blocks);
  // An article of the open block that begins at `offset` in it.
  void AddArticle(uint32_t offset);
  // Appends the block with row.size compressed bytes; row.offset is ignored, because blocks follow each other.
  void CloseBlock(BlockRow row);

  // Header and tables precede the blocks, in this order. REQUIRES: no block is open.
  StoreHeader Header() const;
  std::string_view block_table() const { return block_table_; }
  std::string_view article_table() const { return article_table_; }

 private:
  uint32_t articles_ = 0, blocks_ = 0;
  uint64_t block_bytes_ = 0;
  bool block_open_ = false;
  std::string block_table_, article_table_;
};

}  // namespace unspin
