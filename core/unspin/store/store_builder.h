// Builds a store section from articles in their order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/article/article.h"
#include "unspin/base/task_queue.h"
#include "unspin/store/layout.h"

namespace unspin {

// Packs articles into blocks of 4 KiB or more and compresses each by zstd, as tasks of a queue if one is given.
// Equal input gives equal bytes, with any number of threads.
class StoreBuilder {
 public:
  // `tasks`, if not null, must outlive the builder.
  explicit StoreBuilder(TaskQueue* tasks = nullptr) : tasks_(tasks) {}

  // Fails if the article's encoding exceeds 4 GiB.
  absl::Status Add(const Article& article, uint32_t version, std::string_view sha256);
  size_t size() const { return articles_; }  // in articles
  // The section as chunks, which live as long as the builder. Fails if memory runs out. REQUIRES: called once.
  absl::StatusOr<std::vector<std::string_view>> Build();

 private:
  struct Block {
    size_t begin = 0;                       // in the content of its batch
    std::vector<uint32_t> article_offsets;  // in the block
    BlockRow row;                           // content_size is 0 while the block is open
  };
  // Blocks that one task compresses one after the other.
  struct Batch {
    std::string content;
    std::vector<Block> blocks;
    std::string compressed;
    absl::Status status;
    TaskQueue::TaskHandle task;
  };
  static std::shared_ptr<Batch> NewBatch();
  static void Compress(Batch& batch);
  void SubmitBatch();

  TaskQueue* tasks_;
  std::shared_ptr<Batch> open_ = NewBatch();
  std::vector<std::shared_ptr<Batch>> batches_;  // submitted, in their order
  size_t articles_ = 0;
  StoreTables tables_;
  std::string header_;  // once built
};

}  // namespace unspin
