// The hashes of two texts → how many they have in common, each counted once.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace unspin {

struct OverlapShares {
  double smaller = 0, larger = 0;  // what is common, of the text with fewer and of the one with more hashes
  size_t common = 0, of_suspect = 0;
};

// One table, linear probing, at most half full. Hashes must be mixed well: their low bits are their places.
class OverlapCounter {
 public:
  // At most so many hashes of both texts will be added.
  void Start(size_t most) {
    slots_.assign(std::bit_ceil(2 * most + 2), 0);
    mask_ = slots_.size() - 1;
    originals_ = suspects_ = common_ = 0;
  }

  // All of the original come first.
  void AddOriginal(uint64_t hash) {
    uint64_t& slot = *Find(Marked(hash));
    originals_ += slot == 0;
    slot = Marked(hash);
  }
  void AddSuspect(uint64_t hash) {
    uint64_t& slot = *Find(Marked(hash));
    if (slot & kOfSuspect) return;
    ++suspects_;
    common_ += slot != 0;
    slot = Marked(hash) | kOfSuspect;
  }
  bool Has(uint64_t hash) const { return *const_cast<OverlapCounter*>(this)->Find(Marked(hash)) != 0; }

  OverlapShares shares() const {
    OverlapShares shares;
    shares.of_suspect = suspects_;
    if (originals_ == 0 || suspects_ == 0) return shares;
    shares.common = common_;
    shares.smaller = static_cast<double>(common_) / static_cast<double>(std::min(originals_, suspects_));
    shares.larger = static_cast<double>(common_) / static_cast<double>(std::max(originals_, suspects_));
    return shares;
  }

 private:
  // The two top bits of a hash give way to marks: that a slot is taken, and that the suspect has the hash.
  static constexpr uint64_t kOfSuspect = uint64_t{1} << 63, kUsed = uint64_t{1} << 62;
  static uint64_t Marked(uint64_t hash) { return (hash | kUsed) & ~kOfSuspect; }

  uint64_t* Find(uint64_t marked) {
    size_t at = marked & mask_;
    while (slots_[at] != 0 && (slots_[at] & ~kOfSuspect) != marked) at = (at + 1) & mask_;
    return &slots_[at];
  }

  std::vector<uint64_t> slots_;
  size_t mask_ = 0, originals_ = 0, suspects_ = 0, common_ = 0;
};

}  // namespace unspin
