// Which articles of an archive share a key with an article of a corpus? Only those are worth keeping.
#pragma once

#include <cstdint>

#include "unspin/base/blocked_bloom_filter.h"
#include "unspin/dedup/key_columns.h"
#include "unspin/dedup/shingle_set.h"

namespace unspin {

// A Bloom filter of all keys of a corpus: two bytes for each, 50 bytes for each article at a threshold of 0.8. Nothing
// that shares a key is lost; of the articles that share none, about one in fifty passes. Safe to share between threads
// once it is filled.
class KeyFilter {
 public:
  // For this many keys.
  KeyFilter(const ColumnScheme& scheme, uint64_t keys);

  void Add(uint64_t key);

  // Whether an article with this sketch may share the key of a band. REQUIRES: Measure::kJaccard; the set of the
  // sketch has elements.
  bool MayShareKey(const Sketch& sketch) const;
  // Whether an article may share a key, or, if it has no elements, the hash.
  bool MayShareKey(const ShingleSet& set) const;

 private:
  bool MayContain(uint64_t key) const;

  ColumnScheme scheme_;
  BlockedBloomFilter filter_;
};

}  // namespace unspin
