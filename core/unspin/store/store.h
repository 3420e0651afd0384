// Article number → article, so that candidates can be read, aligned and quoted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/base/task_queue.h"
#include "unspin/ingest/article.h"
#include "unspin/store/layout.h"

struct ZSTD_DCtx_s;

namespace unspin {

// An article of the archive, with its place among the versions of its id.
struct StoredArticle {
  Article article;  // path and record included; `kept` is not stored
  uint32_t version = 1;
  std::string sha256;  // of the text, lower-case hexadecimal
};

// Packs articles into blocks of 4 KiB or more, each compressed by zstd: by whoever runs the tasks, if there are any.
class StoreBuilder {
 public:
  explicit StoreBuilder(TaskQueue* tasks = nullptr) : tasks_(tasks) {}

  // Fails where an article is too large for its lengths to be stored (4 GiB).
  absl::Status Add(const Article& article, uint32_t version, std::string_view sha256);
  size_t size() const { return articles_; }
  // The store as bytes in pieces that live as long as the builder, to be kept in one section. Equal input, equal bytes.
  // Fails where memory ran out. May be called once.
  absl::StatusOr<std::vector<std::string_view>> Build();

 private:
  struct Block {
    size_t begin = 0;                       // in the content of its load
    std::vector<uint32_t> article_offsets;  // in the block
    BlockRow row;
  };
  // Blocks that are compressed one after the other, by one thread.
  struct Load {
    std::string content;
    std::vector<Block> blocks;
    std::string compressed;
    absl::Status status;
    TaskQueue::TaskHandle task;
  };
  static std::shared_ptr<Load> NewLoad();
  static void Compress(Load& load);
  void SendLoad();

  TaskQueue* tasks_;
  std::shared_ptr<Load> open_ = NewLoad();
  std::vector<std::shared_ptr<Load>> loads_;  // sent, in their order
  size_t articles_ = 0;
  StoreTables tables_;
  std::string header_;
};

// Looks into the bytes that StoreBuilder made; they must outlive it. Safe to share between threads.
class StoreReader {
 public:
  // Checks the tables and their checksum; blocks are checked when they are read.
  static absl::StatusOr<StoreReader> Open(std::string_view bytes);
  size_t size() const { return articles_; }
  // A damaged block is an error that names the article; nothing outside of `bytes` is ever read.
  absl::StatusOr<StoredArticle> Fetch(uint32_t article) const;

  // Keeps the last block that was read, and what reading takes, for those who fetch one article after the other, from
  // any store. One per thread.
  class LastBlock {
   public:
    LastBlock();
    ~LastBlock();

    std::string_view bytes() const { return bytes_; }

   private:
    friend class StoreReader;
    struct FreeContext {
      void operator()(ZSTD_DCtx_s* context) const;
    };
    std::unique_ptr<ZSTD_DCtx_s, FreeContext> context_;
    uint64_t checksum_ = 0;  // of the block as it is stored: what tells one from the other in all stores
    bool filled_ = false;
    std::string bytes_;
  };
  absl::StatusOr<StoredArticle> Fetch(uint32_t article, LastBlock& last) const;
  // What tells a stored article from those of all stores: the checksum of its block · how large that is, and where in
  // it the article begins.
  using Place = std::pair<uint64_t, uint64_t>;
  // REQUIRES: article < size().
  Place PlaceOf(uint32_t article) const;
  // The bytes that fetching it will read; none where its place makes no sense.
  std::string_view BytesOf(uint32_t article) const;
  // All that such bytes are part of.
  std::string_view block_bytes() const { return compressed_; }

 private:
  friend class StoreMerger;
  StoreReader() = default;
  BlockRow BlockRowOf(uint32_t block) const;
  ArticleRow RowOf(uint32_t article) const;
  absl::StatusOr<std::string_view> CompressedBlock(uint32_t block) const;
  absl::Status ReadBlock(uint32_t block, LastBlock& last) const;

  uint32_t articles_ = 0;
  uint32_t blocks_ = 0;
  std::string_view block_table_;
  std::string_view article_table_;
  std::string_view compressed_;
};

}  // namespace unspin
