// Indexes of several segments → that of one segment with all their articles, piece by piece, whatever their size.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/base/doc_id_map.h"
#include "unspin/index/index_reader.h"

namespace unspin {

// What IndexBuilder would make of the articles that are left. The pieces may be made in any order, each by a thread of
// its own; a sink takes bytes that follow each other.
class IndexMerger {
 public:
  using Sink = std::function<void(std::string_view)>;
  struct AnchorSize {
    uint64_t anchors = 0, list_bytes = 0;
  };

  // Both outlive this value; one index for each part.
  IndexMerger(std::vector<const IndexReader*> indexes, const DocIdMap& numbers);

  // In the order of the section: the header, the sketches, keys and articles of the bands, hashes, begins and lists.
  std::string Header(const AnchorSize& size) const;
  void MergeSketches(const Sink& sketches) const;
  void MergeBands(const Sink& keys, const Sink& articles) const;
  AnchorSize MergeAnchors(const Sink& hashes, const Sink& begins, const Sink& lists) const;

  std::string AnchorCounts() const;  // as IndexBuilder::AnchorCounts

 private:
  uint32_t Sketched() const;
  void AppendArticles(size_t part, size_t place, std::vector<uint32_t>& articles) const;

  std::vector<const IndexReader*> indexes_;
  const DocIdMap& numbers_;
};

}  // namespace unspin
