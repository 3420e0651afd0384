// What an article is found by: what rewriting leaves alone, that is names, numbers, dates and rare words, weighed by
// how rare they are; and a sample of its runs of words, by which an excerpt finds the whole.
#pragma once

#include <cstdint>
#include <vector>

#include "unspin/base/bucket_sort.h"

namespace unspin {

enum class AnchorKind : uint32_t {
  kWord,
  kRun,  // of words: weighs nothing by itself
};

// Without padding: compilers copy padded ones in overlapping halves, for which loads wait.
struct Anchor {
  uint64_t hash = 0;
  float weight = 0;  // idf of the word
  AnchorKind kind = AnchorKind::kWord;
  friend bool operator==(const Anchor&, const Anchor&) = default;
  friend bool operator<(const Anchor& a, const Anchor& b) { return a.hash < b.hash; }
};

using Anchors = std::vector<Anchor>;  // distinct hashes, ascending

// Into ascending order.
inline void SortByHash(Anchors& anchors) {
  BucketSort(anchors, [](const Anchor& anchor, unsigned bits) { return anchor.hash >> (64 - bits); });
}

}  // namespace unspin
