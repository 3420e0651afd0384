// The hashes of two texts → how many they have in common, each counted once.
//
// For two unsorted lists of 64-bit hashes that are used once, such as the runs of words of one pair of passages. Sorted
// sets of 32-bit numbers that are compared again and again are the business of kernels/count_common.h; where in two
// articles the common words are is that of shared_stems.h.
#pragma once

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace unspin {

// Numbers of distinct hashes.
struct HashOverlap {
  size_t common = 0, in_original = 0, in_suspect = 0;

  // The share of the text with fewer hashes that is common.
  double ShareOfSmaller() const {
    const size_t smaller = std::min(in_original, in_suspect);
    return smaller > 0 ? static_cast<double>(common) / static_cast<double>(smaller) : 0;
  }
};

// A hash table with linear probing, at most half full, that keeps its memory from one pair of texts to the next. It
// uses the low bits of a hash as they are. REQUIRES: hashes are well mixed. Their two top bits are not compared.
class OverlapCounter {
 public:
  // Forgets everything. At most `max_hashes` distinct hashes may be added, of the original and of the suspect together.
  void Start(size_t max_hashes) {
    slots_.assign(std::bit_ceil(2 * max_hashes + 2), 0);
    mask_ = slots_.size() - 1;
    overlap_ = {};
  }

  // REQUIRES: no hash of the suspect was added yet.
  void AddOriginal(uint64_t hash) {
    assert(overlap_.in_suspect == 0 && overlap_.in_original < slots_.size() / 2);
    uint64_t& slot = Find(Marked(hash));
    overlap_.in_original += slot == 0;
    slot = Marked(hash);
  }
  void AddSuspect(uint64_t hash) {
    assert(overlap_.in_original + overlap_.in_suspect < slots_.size() / 2 + overlap_.common);
    uint64_t& slot = Find(Marked(hash));
    if (slot & kInSuspect) return;
    ++overlap_.in_suspect;
    overlap_.common += slot != 0;
    slot = Marked(hash) | kInSuspect;
  }
  bool Contains(uint64_t hash) const { return slots_[FindIndex(Marked(hash))] != 0; }

  const HashOverlap& overlap() const { return overlap_; }

  // All at once.
  HashOverlap Count(std::span<const uint64_t> original, std::span<const uint64_t> suspect) {
    Start(original.size() + suspect.size());
    for (const uint64_t hash : original) AddOriginal(hash);
    for (const uint64_t hash : suspect) AddSuspect(hash);
    return overlap_;
  }

 private:
  // Two marks take the top bits of a hash: the slot is used, and the suspect has the hash.
  static constexpr uint64_t kInSuspect = uint64_t{1} << 63, kUsed = uint64_t{1} << 62;
  static uint64_t Marked(uint64_t hash) { return (hash | kUsed) & ~kInSuspect; }

  // The slot of a hash, or the empty one where it belongs.
  size_t FindIndex(uint64_t marked) const {
    size_t at = marked & mask_;
    while (slots_[at] != 0 && (slots_[at] & ~kInSuspect) != marked) at = (at + 1) & mask_;
    return at;
  }
  uint64_t& Find(uint64_t marked) { return slots_[FindIndex(marked)]; }

  std::vector<uint64_t> slots_ = std::vector<uint64_t>(2, 0);
  size_t mask_ = 1;
  HashOverlap overlap_;
};

}  // namespace unspin
