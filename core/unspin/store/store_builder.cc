#include "unspin/store/store_builder.h"

#include <cassert>
#include <limits>
#include <utility>

#include "unspin/store/article_codec.h"
#include "unspin/store/block_compressor.h"

namespace unspin {
namespace {

constexpr size_t kMinBlockSize = size_t{4} << 10;  // bytes: one news article, so that a fetch reads little else
constexpr size_t kBatchSize = size_t{256} << 10;   // bytes: a task of about a millisecond
constexpr uint64_t kMaxBlockSize = std::numeric_limits<uint32_t>::max();
constexpr uint64_t kMaxSteps = std::numeric_limits<uint32_t>::max();

}  // namespace

absl::Status StoreBuilder::Add(const Article& article, uint32_t version, std::string_view sha256) {
  if (article.steps.size() > kMaxSteps) return absl::InvalidArgumentError("article with too many steps");
  std::string& content = open_->content;
  const size_t begin = content.size();
  EncodeArticle(article, version, sha256, content);
  const bool opens_block = open_->blocks.empty() || open_->blocks.back().row.content_size > 0;
  const size_t block_begin = opens_block ? begin : open_->blocks.back().begin;
  const size_t block_size = content.size() - block_begin;
  if (block_size > kMaxBlockSize) {
    content.resize(begin);
    return absl::InvalidArgumentError("article too large: it takes more than 4 GiB");
  }
  if (opens_block) open_->blocks.push_back({begin, {}, {}});
  open_->blocks.back().article_offsets.push_back(static_cast<uint32_t>(begin - block_begin));
  ++articles_;
  if (block_size < kMinBlockSize) return absl::OkStatus();
  open_->blocks.back().row.content_size = static_cast<uint32_t>(block_size);
  if (content.size() >= kBatchSize) SubmitBatch();
  return absl::OkStatus();
}

std::shared_ptr<StoreBuilder::Batch> StoreBuilder::NewBatch() {
  auto batch = std::make_shared<Batch>();
  batch->content.reserve(kBatchSize + kBatchSize / 8);  // room for most articles that exceed the limit
  return batch;
}

void StoreBuilder::SubmitBatch() {
  const std::shared_ptr<Batch> batch = std::exchange(open_, NewBatch());
  batches_.push_back(batch);
  if (tasks_ == nullptr) {
    Compress(*batch);
  } else {
    batch->task = tasks_->Submit([batch] { Compress(*batch); });
  }
}

void StoreBuilder::Compress(Batch& batch) {
  thread_local BlockCompressor compressor;
  thread_local std::string compressed;
  compressed.clear();
  for (Block& block : batch.blocks) {
    const size_t begin = compressed.size();
    const std::string_view content = std::string_view(batch.content).substr(block.begin, block.row.content_size);
    batch.status = compressor.Append(content, compressed);
    if (!batch.status.ok()) return;
    block.row = BlockRow::Of(std::string_view(compressed).substr(begin), content.size());
  }
  batch.compressed = compressed;
  std::string().swap(batch.content);  // frees its memory, which clear() or an assignment would keep
}

absl::StatusOr<std::vector<std::string_view>> StoreBuilder::Build() {
  assert(header_.empty());
  if (!open_->blocks.empty()) {
    Block& last = open_->blocks.back();
    last.row.content_size = static_cast<uint32_t>(open_->content.size() - last.begin);
    SubmitBatch();
  }
  std::vector<std::string_view> blocks;
  for (const std::shared_ptr<Batch>& batch : batches_) {
    if (batch->task != nullptr) tasks_->Wait(batch->task);
    if (!batch->status.ok()) return batch->status;
    for (const Block& block : batch->blocks) {
      for (const uint32_t offset : block.article_offsets) tables_.AddArticle(offset);
      tables_.CloseBlock(block.row);
    }
    blocks.push_back(batch->compressed);
  }
  header_ = tables_.Header().Encode();
  std::vector<std::string_view> chunks = {header_, tables_.block_table(), tables_.article_table()};
  chunks.insert(chunks.end(), blocks.begin(), blocks.end());
  return chunks;
}

}  // namespace unspin
