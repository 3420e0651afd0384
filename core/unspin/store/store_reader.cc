#include "unspin/store/store_reader.h"

#include <zstd.h>

#include <cassert>
#include <optional>
#include <utility>

#include "unspin/base/hash.h"
#include "unspin/base/strings.h"

namespace unspin {
namespace {

absl::Status BlockError(uint32_t block, const std::string& what) {
  return absl::DataLossError("block " + std::to_string(block) + " " + what);
}

absl::Status ArticleError(uint32_t article, const std::string& what) {
  return absl::DataLossError("article " + std::to_string(article) + ": " + what);
}

// Inside a zstd frame no four bytes stand for more than 128 KiB, so that a false size cannot ask for more memory.
bool CanDecompressTo(uint64_t content_size, std::string_view compressed) {
  return content_size <= (compressed.size() / 4 + 1) << 17 &&
         ZSTD_getFrameContentSize(compressed.data(), compressed.size()) == content_size;
}

}  // namespace

absl::StatusOr<StoreReader> StoreReader::Open(std::string_view bytes) {
  const std::optional<StoreHeader> header = StoreHeader::Decode(bytes);
  if (!header) return absl::DataLossError("store: cut off in its header");
  const std::string_view rest = bytes.substr(StoreHeader::kEncodedSize);
  const uint64_t block_table_size = uint64_t{header->blocks} * BlockRow::kEncodedSize;
  const uint64_t article_table_size = uint64_t{header->articles} * ArticleRow::kEncodedSize;
  const uint64_t tables_size = block_table_size + article_table_size;
  if (tables_size > rest.size() || rest.size() - tables_size != header->block_bytes)
    return absl::DataLossError("store: its length does not fit its header");
  StoreReader reader;
  reader.header_ = *header;
  reader.block_table_ = rest.substr(0, block_table_size);
  reader.article_table_ = rest.substr(block_table_size, article_table_size);
  reader.compressed_ = rest.substr(tables_size);
  if (header->checksum != header->ChecksumWith(reader.block_table_, reader.article_table_))
    return absl::DataLossError("store: its tables are damaged (their checksum differs)");
  return reader;
}

BlockRow StoreReader::BlockRowOf(uint32_t block) const {
  return BlockRow::Decode(block_table_.substr(block * BlockRow::kEncodedSize, BlockRow::kEncodedSize));
}

ArticleRow StoreReader::ArticleRowOf(uint32_t article) const {
  return ArticleRow::Decode(article_table_.substr(article * ArticleRow::kEncodedSize, ArticleRow::kEncodedSize));
}

absl::StatusOr<std::string_view> StoreReader::CompressedBlock(uint32_t block) const {
  if (block >= header_.blocks) return BlockError(block, "does not exist");
  const BlockRow row = BlockRowOf(block);
  if (row.offset > compressed_.size() || row.size > compressed_.size() - row.offset)
    return BlockError(block, "is out of bounds");
  const std::string_view compressed = compressed_.substr(row.offset, row.size);
  if (Hash64(compressed) != row.checksum) return BlockError(block, "is damaged (its checksum differs)");
  return compressed;
}

absl::Status StoreReader::ReadBlock(uint32_t block, LastBlock& last) const {
  if (block >= header_.blocks) return BlockError(block, "does not exist");
  const BlockRow row = BlockRowOf(block);
  if (last.filled_ && last.checksum_ == row.checksum && last.bytes_.size() == row.content_size) return absl::OkStatus();
  last.filled_ = false;
  const absl::StatusOr<std::string_view> compressed = CompressedBlock(block);
  if (!compressed.ok()) return compressed.status();
  if (!CanDecompressTo(row.content_size, *compressed)) return BlockError(block, "claims a false size");
  if (last.context_ == nullptr) return absl::ResourceExhaustedError("no memory to decompress a block");
  last.bytes_.resize(row.content_size);
  const size_t written = ZSTD_decompressDCtx(last.context_.get(), last.bytes_.data(), last.bytes_.size(),
                                             compressed->data(), compressed->size());
  if (ZSTD_isError(written) || written != row.content_size) return BlockError(block, "cannot be decompressed");
  last.filled_ = true;
  last.checksum_ = row.checksum;
  return absl::OkStatus();
}

StoreReader::ContentKey StoreReader::ContentKeyOf(uint32_t article) const {
  assert(article < size());
  const auto [block, offset] = ArticleRowOf(article);
  const BlockRow row = block < header_.blocks ? BlockRowOf(block) : BlockRow{};
  return {row.checksum, uint64_t{row.content_size} << 32 | offset};
}

std::string_view StoreReader::BytesOf(uint32_t article) const {
  if (article >= size()) return {};
  const uint32_t block = ArticleRowOf(article).block;
  if (block >= header_.blocks) return {};
  const BlockRow row = BlockRowOf(block);
  return row.offset > compressed_.size() ? std::string_view() : compressed_.substr(row.offset, row.size);
}

void StoreReader::LastBlock::FreeContext::operator()(ZSTD_DCtx_s* context) const { ZSTD_freeDCtx(context); }
StoreReader::LastBlock::LastBlock() : context_(ZSTD_createDCtx()) {}
StoreReader::LastBlock::~LastBlock() = default;

absl::StatusOr<StoredArticle> StoreReader::Fetch(uint32_t article) const {
  LastBlock last;
  return Fetch(article, last);
}

absl::StatusOr<StoredArticle> StoreReader::Fetch(uint32_t article, LastBlock& last) const {
  if (article >= size()) {
    return absl::OutOfRangeError("article " + std::to_string(article) + ": the store holds " + std::to_string(size()));
  }
  const auto [block, offset] = ArticleRowOf(article);
  if (const absl::Status status = ReadBlock(block, last); !status.ok())
    return ArticleError(article, std::string(StdView(status.message())));
  if (offset >= last.bytes_.size()) return ArticleError(article, "begins outside of its block");
  std::optional<StoredArticle> stored = DecodeArticle(last.bytes().substr(offset));
  if (!stored) return ArticleError(article, "runs over the end of its block");
  return *std::move(stored);
}

}  // namespace unspin
