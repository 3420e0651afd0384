#include "unspin/store/layout.h"

#include <cassert>

#include "unspin/base/bytes.h"
#include "unspin/base/hash.h"

namespace unspin {

std::string StoreHeader::Encode() const {
  std::string bytes;
  AppendNumbers(bytes, articles, blocks, checksum, block_bytes);
  return bytes;
}

std::optional<StoreHeader> StoreHeader::Decode(std::string_view bytes) {
  StoreHeader header;
  ByteReader reader(bytes);
  if (!reader.ReadNumbers(header.articles, header.blocks, header.checksum, header.block_bytes)) return std::nullopt;
  return header;
}

uint64_t StoreHeader::ChecksumWith(std::string_view block_table, std::string_view article_table) const {
  std::string checked;
  AppendNumbers(checked, articles, blocks, block_bytes, Hash64(block_table), Hash64(article_table));
  return Hash64(checked);
}

BlockRow BlockRow::Of(std::string_view compressed, size_t content_size) {
  return {.size = static_cast<uint32_t>(compressed.size()),
          .content_size = static_cast<uint32_t>(content_size),
          .checksum = Hash64(compressed)};
}

void BlockRow::AppendTo(std::string& table) const { AppendNumbers(table, offset, size, content_size, checksum); }

BlockRow BlockRow::Decode(std::string_view bytes) {
  assert(bytes.size() == kEncodedSize);
  BlockRow row;
  ByteReader reader(bytes);
  reader.ReadNumbers(row.offset, row.size, row.content_size, row.checksum);
  return row;
}

void ArticleRow::AppendTo(std::string& table) const { AppendNumbers(table, block, offset); }

ArticleRow ArticleRow::Decode(std::string_view bytes) {
  assert(bytes.size() == kEncodedSize);
  ArticleRow row;
  ByteReader reader(bytes);
  reader.ReadNumbers(row.block, row.offset);
  return row;
}

void StoreTables::Reserve(size_t articles, size_t blocks) {
  article_table_.reserve(articles * ArticleRow::kEncodedSize);
  block_table_.reserve(blocks * BlockRow::kEncodedSize);
}

void StoreTables::AddArticle(uint32_t offset) {
  ArticleRow{blocks_, offset}.AppendTo(article_table_);
  ++articles_;
  block_open_ = true;
}

void StoreTables::CloseBlock(BlockRow row) {
  row.offset = block_bytes_;
  row.AppendTo(block_table_);
  block_bytes_ += row.size;
  ++blocks_;
  block_open_ = false;
}

StoreHeader StoreTables::Header() const {
  assert(!block_open_);
  StoreHeader header{.articles = articles_, .blocks = blocks_, .block_bytes = block_bytes_};
  header.checksum = header.ChecksumWith(block_table_, article_table_);
  return header;
}

}  // namespace unspin
