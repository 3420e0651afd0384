// Where a hash stands among many that ascend.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace unspin {

// Hashes are spread evenly. Their highest bits lead to a few dozen of them, and there the next bits to the place, give
// or take a few: one line of memory, as a rule.
class SortedHashes {
 public:
  SortedHashes() = default;
  // The hashes outlive this.
  explicit SortedHashes(std::span<const uint64_t> hashes)
      : hashes_(hashes), bits_(std::bit_width(hashes.size() / kBucket)), begins_((size_t{1} << bits_) + 1) {
    auto from = hashes.begin();
    for (size_t bucket = 1; bucket + 1 < begins_.size(); ++bucket) {
      from = std::lower_bound(from, hashes.end(), static_cast<uint64_t>(bucket) << (64 - bits_));
      begins_[bucket] = static_cast<uint32_t>(from - hashes.begin());
    }
    begins_.back() = static_cast<uint32_t>(hashes.size());
  }

  size_t size() const { return hashes_.size(); }

  std::optional<size_t> Find(uint64_t hash) const {
    if (hashes_.empty()) return std::nullopt;
    const size_t bucket = bits_ == 0 ? 0 : hash >> (64 - bits_), begin = begins_[bucket], end = begins_[bucket + 1];
    if (begin == end) return std::nullopt;
    const uint64_t next_bits = hash << bits_ >> 32;
    size_t at = begin + (next_bits * (end - begin) >> 32);
    while (at > begin && hashes_[at] > hash) --at;
    while (at + 1 < end && hashes_[at] < hash) ++at;
    if (hashes_[at] != hash) return std::nullopt;
    return at;
  }

 private:
  static constexpr size_t kBucket = 32;  // hashes that begin with the same bits, on average, or up to twice as many

  std::span<const uint64_t> hashes_;
  int bits_ = 0;
  std::vector<uint32_t> begins_;
};

}  // namespace unspin
