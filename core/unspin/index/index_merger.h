// Indexes of several segments → the index of one segment with all their articles, in bounded memory.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/base/doc_id_map.h"
#include "unspin/index/index_reader.h"

namespace unspin {

// Writes the bytes that IndexBuilder would make of the remaining articles. The arrays (IndexArrays) may be made in any
// order, each by its own thread; only the header needs the size that MergeAnchors returns.
class IndexMerger {
 public:
  // Called with chunks of an array, in order.
  using Sink = std::function<void(std::string_view chunk)>;
  struct AnchorSize {
    uint64_t anchors = 0, list_bytes = 0;
  };

  // One index for each part of `numbers`. Both outlive this value.
  IndexMerger(std::vector<const IndexReader*> indexes, const DocIdMap& numbers);

  std::string Header(const AnchorSize& size) const;
  void MergeSketches(const Sink& sketches) const;
  void MergeBands(const Sink& keys, const Sink& articles) const;
  AnchorSize MergeAnchors(const Sink& hashes, const Sink& begins, const Sink& lists) const;

  std::string AnchorCounts() const;  // as IndexBuilder::AnchorCounts

 private:
  uint32_t CountSketched() const;
  void AppendArticles(size_t part, size_t position, std::vector<uint32_t>& articles) const;

  std::vector<const IndexReader*> indexes_;
  const DocIdMap& numbers_;
};

}  // namespace unspin
