#include "unspin/store/layout.h"

#define ZSTD_STATIC_LINKING_ONLY  // for the parameter of literals
#include <zstd.h>

#include "unspin/base/bytes.h"
#include "unspin/base/hash.h"
#include "unspin/base/strings.h"

namespace unspin {
namespace {

// docs/performance/0033-faster-compression.md has other choices. Null where memory ran out.
ZSTD_CCtx* CreateFastContext() {
  ZSTD_CCtx* const context = ZSTD_createCCtx();
  if (context == nullptr) return nullptr;
  const auto set = [context](ZSTD_cParameter parameter, int value) {
    return !ZSTD_isError(ZSTD_CCtx_setParameter(context, parameter, value));
  };
  // zstd leaves literals as they are when it skips ahead, unless told otherwise, and they are most of a block of news.
  // Where a later one refuses the parameter, plain level 1 remains.
  constexpr int kLevel = 1, kSkip = 6, kMinMatch = 6;
  constexpr int kEnable = 1;  // a constant of zstd whose name has changed
  if (set(ZSTD_c_compressionLevel, kLevel) && set(ZSTD_c_literalCompressionMode, kEnable)) {
    set(ZSTD_c_targetLength, kSkip);
    set(ZSTD_c_minMatch, kMinMatch);
  }
  return context;
}

}  // namespace

void StoreTables::Reserve(size_t articles, size_t blocks) {
  article_table_.reserve(articles * kArticleRowSize);
  block_table_.reserve(blocks * kBlockRowSize);
}

void StoreTables::AddArticle(uint32_t offset) {
  AppendNumber(article_table_, blocks_);
  AppendNumber(article_table_, offset);
  ++articles_;
}

void StoreTables::CloseBlock(std::string_view compressed, size_t content_size) {
  CloseBlock({0, static_cast<uint32_t>(compressed.size()), static_cast<uint32_t>(content_size), Hash64(compressed)});
}

void StoreTables::CloseBlock(const BlockRow& row) {
  AppendNumber(block_table_, block_bytes_);
  AppendNumber(block_table_, row.size);
  AppendNumber(block_table_, row.content_size);
  AppendNumber(block_table_, row.checksum);
  block_bytes_ += row.size;
  ++blocks_;
}

std::string StoreTables::Header() const {
  std::string header;
  AppendNumber(header, articles_);
  AppendNumber(header, blocks_);
  AppendNumber(header, Checksum(articles_, blocks_, block_bytes_, block_table_, article_table_));
  AppendNumber(header, block_bytes_);
  return header;
}

uint64_t StoreTables::Checksum(uint32_t articles, uint32_t blocks, uint64_t block_bytes, std::string_view block_table,
                               std::string_view article_table) {
  std::string checked;
  AppendNumber(checked, articles);
  AppendNumber(checked, blocks);
  AppendNumber(checked, block_bytes);
  AppendNumber(checked, Hash64(block_table));
  AppendNumber(checked, Hash64(article_table));
  return Hash64(checked);
}

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
