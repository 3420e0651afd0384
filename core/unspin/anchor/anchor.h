// Anchors, the query terms by which an article is found: names, numbers, dates and rare words, which rewriting leaves
// alone, weighted by their rarity; and a sample of its runs of words, by which an excerpt finds the whole.
#pragma once

#include <cstdint>
#include <vector>

#include "unspin/base/bucket_sort.h"

namespace unspin {

enum class AnchorKind : uint32_t {
  kWord,
  kRun,  // a run of words, of weight 0
};

// Without padding, because compilers copy padded structs in overlapping halves, and loads wait for both.
struct Anchor {
  uint64_t hash = 0;
  float weight = 0;  // idf of the word
  AnchorKind kind = AnchorKind::kWord;
  friend bool operator==(const Anchor&, const Anchor&) = default;
  friend bool operator<(const Anchor& a, const Anchor& b) { return a.hash < b.hash; }
};

using Anchors = std::vector<Anchor>;  // distinct hashes, ascending

// Sorts by ascending hash. Hashes are uniform, which BucketSort needs.
inline void SortByHash(Anchors& anchors) {
  BucketSort(anchors, [](const Anchor& anchor, unsigned bits) { return anchor.hash >> (64 - bits); });
}

}  // namespace unspin
