// Hashes → the numbers that their owner gives them.
//
// Open addressing, at most half full. A place holds half of a hash, which is nearly always enough, beside the number:
// whether it is the right one is asked of the owner, who has the hash anyway.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "unspin/base/huge_pages.h"

namespace unspin {

// REQUIRES of all hashes: mixed well, as their low bits are their places. `hash_of(number)`: the hash it was given for.
class HashIndex {
 public:
  // With room for so many.
  explicit HashIndex(size_t most) : places_(std::bit_ceil(2 * most + 2)), mask_(places_.size() - 1) {}

  // How many there is room for.
  size_t room() const { return places_.size() / 2; }

  // The number of a hash; one that has none gets `next`, for which there must be room.
  template <typename HashOf>
  uint32_t FindOrInsert(uint64_t hash, uint32_t next, const HashOf& hash_of) {
    const auto tag = static_cast<uint32_t>(hash >> 32);
    size_t at = hash & mask_;
    for (; places_[at].number != kNone; at = (at + 1) & mask_) {
      if (places_[at].tag == tag && hash_of(places_[at].number) == hash) return places_[at].number;
    }
    places_[at] = {tag, next};
    return next;
  }

  // Makes room for twice as many; `count` numbers, from 0 on, were given so far.
  template <typename HashOf>
  void Grow(uint32_t count, const HashOf& hash_of) {
    HashIndex larger(places_.size() - 1);
    for (uint32_t number = 0; number < count; ++number) larger.FindOrInsert(hash_of(number), number, hash_of);
    *this = std::move(larger);
  }

  // For the processor, which is told early where it will be asked to look: first for the place, then for what its
  // number leads to. That is another hash's now and then.
  void Prefetch(uint64_t hash) const { __builtin_prefetch(&places_[hash & mask_]); }
  uint32_t PeekSlot(uint64_t hash) const { return places_[hash & mask_].number; }

  static constexpr uint32_t kNone = 0xffffffffu;

 private:
  struct Place {
    uint32_t tag = 0;
    uint32_t number = kNone;
  };
  std::vector<Place, HugePageAllocator<Place>> places_;
  size_t mask_;
};

}  // namespace unspin
