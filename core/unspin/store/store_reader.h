// Reads articles, by their numbers, from the bytes of a store section.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/store/article_codec.h"
#include "unspin/store/layout.h"

struct ZSTD_DCtx_s;

namespace unspin {

// Reads the bytes that StoreBuilder made, which must outlive it. Reads nothing outside of them, whatever they contain.
// Safe to share between threads.
class StoreReader {
 public:
  // Checks the tables and their checksum. A block is checked when it is read.
  static absl::StatusOr<StoreReader> Open(std::string_view bytes);
  size_t size() const { return header_.articles; }
  // The error of a damaged block names the article.
  absl::StatusOr<StoredArticle> Fetch(uint32_t article) const;

  // The block that was decompressed last, from any store, and the decompression context: saves time for callers that
  // fetch neighbouring articles. One per thread.
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
    std::unique_ptr<ZSTD_DCtx_s, FreeContext> context_;  // null if there was no memory for it
    uint64_t checksum_ = 0;                              // of the compressed block, which identifies it in all stores
    bool filled_ = false;
    std::string bytes_;
  };
  absl::StatusOr<StoredArticle> Fetch(uint32_t article, LastBlock& last) const;

  // Identifies a stored article among all stores: the checksum of its block; the block's size in the upper half, and
  // in the lower half the article's offset in it.
  using ContentKey = std::pair<uint64_t, uint64_t>;
  // REQUIRES: article < size().
  ContentKey ContentKeyOf(uint32_t article) const;

  // The bytes that fetching the article will read. Empty if there is no such article or its block is out of bounds.
  std::string_view BytesOf(uint32_t article) const;
  // All compressed blocks.
  std::string_view block_bytes() const { return compressed_; }

 private:
  friend class StoreMerger;
  StoreReader() = default;
  BlockRow BlockRowOf(uint32_t block) const;
  ArticleRow ArticleRowOf(uint32_t article) const;
  absl::StatusOr<std::string_view> CompressedBlock(uint32_t block) const;
  absl::Status ReadBlock(uint32_t block, LastBlock& last) const;

  StoreHeader header_;
  std::string_view block_table_;
  std::string_view article_table_;
  std::string_view compressed_;
};

}  // namespace unspin
