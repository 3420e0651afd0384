// The articles that were seen last: a set in two generations, so that it never outgrows a number.
#pragma once

#include <cassert>
#include <cstddef>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "watch/article_key.h"

namespace unspin::watch {

// When the young generation has `size` keys, the old one is forgotten and the young one becomes the old: at least the
// last `size` keys are known, and at most twice as many are held. Not safe to share between threads.
class RecentKeys {
 public:
  // REQUIRES: size > 0.
  explicit RecentKeys(size_t size) : size_(size) { assert(size > 0); }

  bool Has(const ArticleKey& key) const { return young_.contains(key) || old_.contains(key); }

  // A key that is there becomes young again. False where it is young already: nothing changes.
  bool Add(const ArticleKey& key) {
    if (!young_.insert(key).second) return false;
    old_.erase(key);
    if (young_.size() < size_) return true;
    old_ = std::move(young_);
    young_ = {};
    return true;
  }

  size_t size() const { return young_.size() + old_.size(); }

  // The keys from the one that was added first. Keys of one generation come in no order.
  template <typename Each>
  void ForEach(const Each& each) const {
    for (const ArticleKey& key : old_) each(key);
    for (const ArticleKey& key : young_) each(key);
  }

 private:
  size_t size_;
  absl::flat_hash_set<ArticleKey> young_, old_;
};

}  // namespace unspin::watch
