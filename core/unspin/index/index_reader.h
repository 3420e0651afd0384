// The index of a segment, opened for reading: sketches, bands, posting lists and norms of its articles.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "unspin/index/index_layout.h"
#include "unspin/index/length_norm.h"
#include "unspin/index/lsh_bands.h"
#include "unspin/index/posting_lists.h"
#include "unspin/sketch/sketch.h"

namespace unspin {

// A view of the bytes that IndexBuilder made; they must outlive it. Safe to share between threads.
class IndexReader {
 public:
  // Checks the header and the length of every array; a reader that opened never reads outside of `bytes`, whatever they
  // are. Early archives have no section `anchor_counts`: then the first query reads all lists to count anchors.
  static absl::StatusOr<IndexReader> Open(std::string_view bytes, std::optional<std::string_view> anchor_counts = {});

  size_t size() const { return articles_; }  // articles
  const LshBands& bands() const { return bands_; }
  const PostingLists& postings() const { return postings_; }

  // All sketches, one after the other.
  std::string_view sketch_bytes() const { return sketches_; }
  // REQUIRES of both: article < size().
  Sketch SketchOf(uint32_t article) const;
  void PrefetchSketch(uint32_t article) const;

  std::vector<uint32_t> AnchorCounts() const;  // by article
  // Computed by the first call: a program that only adds articles to an archive never needs them.
  const LengthNorms& norms() const;

 private:
  struct LazyNorms;

  IndexReader() = default;

  uint32_t articles_ = 0;
  std::string_view sketches_;
  LshBands bands_;
  PostingLists postings_;
  std::optional<std::string_view> anchor_counts_;
  std::shared_ptr<LazyNorms> norms_;
};

}  // namespace unspin
