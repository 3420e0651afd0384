// Interpolation search in ascending hashes.
#pragma once

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace unspin {

// Hashes are uniform, so the position of one can be estimated: its highest bits select a bucket of a few dozen, the
// next bits estimate the position in the bucket, and a linear scan corrects it by a few. A search reads one cache line
// of hashes as a rule. Any ascending numbers are found, others more slowly.
class SortedHashes {
 public:
  SortedHashes() = default;
  // The hashes are not copied and outlive this. REQUIRES: they ascend, and there are fewer than 2^32.
  explicit SortedHashes(std::span<const uint64_t> hashes)
      : hashes_(hashes), bits_(std::bit_width(hashes.size() / kMinBucketHashes)), begins_((size_t{1} << bits_) + 1) {
    assert(std::is_sorted(hashes.begin(), hashes.end()) && hashes.size() >> 32 == 0);
    auto from = hashes.begin();
    for (size_t bucket = 1; bucket + 1 < begins_.size(); ++bucket) {
      from = std::lower_bound(from, hashes.end(), static_cast<uint64_t>(bucket) << (64 - bits_));
      begins_[bucket] = static_cast<uint32_t>(from - hashes.begin());
    }
    begins_.back() = static_cast<uint32_t>(hashes.size());
  }

  size_t size() const { return hashes_.size(); }

  // The position of a hash, or nothing.
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
  static constexpr size_t kMinBucketHashes = 32;  // on average: buckets have 32 to 64

  std::span<const uint64_t> hashes_;
  int bits_ = 0;                  // that select a bucket
  std::vector<uint32_t> begins_;  // of each bucket, and the end of the last
};

}  // namespace unspin
