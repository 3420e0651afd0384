// A cache of two generations: values that were used recently, found by key, within a bound on their size.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>

#include "absl/container/flat_hash_map.h"

namespace unspin {

// When the young generation exceeds its size, the old one is discarded and the young one becomes the old. A hit in the
// old generation moves the value to the young one. Not safe to share between threads.
//
// Compared with an LRU list it needs no links and no order. docs/performance/0024-huge-pages-and-caches.md:
// an audit of 1,490 suspects asked for 2,278 originals 5,987 times.
template <typename Key, typename Value>
class TwoGenerationCache {
 public:
  // `max_size`: of one generation, in the unit of Add's `size`. The last value added may exceed it.
  explicit TwoGenerationCache(size_t max_size) : max_size_(max_size) {}

  // Null if the cache does not hold the key.
  std::shared_ptr<Value> Find(const Key& key) {
    if (const auto young = young_.find(key); young != young_.end()) return young->second.value;
    const auto old = old_.find(key);
    if (old == old_.end()) return nullptr;
    const Entry found = old->second;
    Add(key, found.value, found.size);
    return found.value;
  }

  void Add(const Key& key, std::shared_ptr<Value> value, size_t size) {
    if (young_size_ > max_size_) {
      old_ = std::exchange(young_, {});
      young_size_ = 0;
    }
    young_size_ += size;
    young_.emplace(key, Entry{std::move(value), size});
  }

 private:
  struct Entry {
    std::shared_ptr<Value> value;
    size_t size;
  };
  absl::flat_hash_map<Key, Entry> young_, old_;
  size_t max_size_, young_size_ = 0;
};

}  // namespace unspin
