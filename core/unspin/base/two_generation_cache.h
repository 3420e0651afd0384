// What was used of late, by key: when the young values are many, the old ones go, and the young ones are old until they
// are asked for again.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>

#include "absl/container/flat_hash_map.h"

namespace unspin {

template <typename Key, typename Value>
class TwoGenerationCache {
 public:
  // The young values have this size together, or little more; the old ones as much again.
  explicit TwoGenerationCache(size_t most) : most_(most) {}

  // Null where it is not remembered.
  std::shared_ptr<Value> Find(const Key& key) {
    if (const auto young = young_.find(key); young != young_.end()) return young->second.value;
    const auto old = old_.find(key);
    if (old == old_.end()) return nullptr;
    const Sized found = old->second;
    Add(key, found.value, found.size);
    return found.value;
  }

  void Add(const Key& key, std::shared_ptr<Value> value, size_t size) {
    if (young_size_ > most_) {
      old_ = std::exchange(young_, {});
      young_size_ = 0;
    }
    young_size_ += size;
    young_.emplace(key, Sized{std::move(value), size});
  }

 private:
  struct Sized {
    std::shared_ptr<Value> value;
    size_t size;
  };
  absl::flat_hash_map<Key, Sized> young_, old_;
  size_t most_, young_size_ = 0;
};

}  // namespace unspin
