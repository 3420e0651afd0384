// Sorts values whose leading number is spread evenly, as hashes are.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <vector>

namespace unspin {

// By its highest bits into buckets of a few, or of what fits the cache, then inside each; of many, by the bits below
// first, so that they come to their buckets in order. Any input is sorted; even spread only makes it fast.
// `top_bits(value, n)`: the n highest bits of the number that leads in the order, n up to 22.
template <typename Value, typename TopBits>
void BucketSort(std::vector<Value>& values, const TopBits& top_bits) {
  constexpr unsigned kMaxBits = 11;
  constexpr size_t kSmall = 32, kMany = size_t{1} << kMaxBits;
  if (values.size() <= kSmall) {
    std::sort(values.begin(), values.end());
    return;
  }
  std::array<size_t, (size_t{1} << kMaxBits) + 1> begins;
  std::vector<Value> sorted(values.size());
  const auto spread = [&](size_t buckets, const auto& bucket_of) {
    std::fill_n(begins.begin(), buckets + 1, 0);
    for (const Value& value : values) ++begins[bucket_of(value) + 1];
    for (size_t bucket = 0; bucket < buckets; ++bucket) begins[bucket + 1] += begins[bucket];
    for (const Value& value : values) sorted[begins[bucket_of(value)]++] = value;
  };
  if (values.size() >= kMany) {
    spread(kMany, [&](const Value& value) { return top_bits(value, 2 * kMaxBits) % kMany; });
    values.swap(sorted);
  }
  const unsigned bits = std::min(kMaxBits, static_cast<unsigned>(std::bit_width(values.size())) - 1);
  spread(size_t{1} << bits, [&](const Value& value) { return top_bits(value, bits); });
  constexpr size_t kFew = 16;
  size_t begin = 0;
  for (size_t bucket = 0; bucket < size_t{1} << bits; ++bucket) {
    const size_t end = begins[bucket];
    const auto first = sorted.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = sorted.begin() + static_cast<std::ptrdiff_t>(end);
    // Large ones often hold equal leading numbers alone, in the order in which they came.
    if (end - begin > kFew && !std::is_sorted(first, last)) std::sort(first, last);
    begin = end;
  }
  // One pass over all the small ones: nothing has far to go, and nothing leaves its bucket.
  for (size_t i = 1; i < sorted.size(); ++i) {
    if (!(sorted[i] < sorted[i - 1])) continue;
    const Value value = sorted[i];
    size_t at = i;
    for (; at > 0 && value < sorted[at - 1]; --at) sorted[at] = sorted[at - 1];
    sorted[at] = value;
  }
  values.swap(sorted);
}

}  // namespace unspin
