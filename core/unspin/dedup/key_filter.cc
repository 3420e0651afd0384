#include "unspin/dedup/key_filter.h"

#include <algorithm>
#include <cassert>

#include "unspin/base/hash.h"

namespace unspin {

// Keys of containment are no hashes, so both hashes are mixed.
KeyFilter::KeyFilter(const ColumnScheme& scheme, uint64_t keys)
    : scheme_(scheme), filter_(keys, BlockedBloomFilter::kSmallKeysOfLine) {}

void KeyFilter::Add(uint64_t key) { filter_.Add(Mix64(key), Mix64(~key)); }

bool KeyFilter::MayContain(uint64_t key) const { return filter_.MayContain(Mix64(key), Mix64(~key)); }

bool KeyFilter::MayShareKey(const Sketch& sketch) const {
  assert(scheme_.measure == Measure::kJaccard && !sketch.empty());
  for (uint32_t band = 0; band < scheme_.columns; ++band) {
    if (MayContain(BandKey(sketch, band, scheme_.rows))) return true;
  }
  return false;
}

bool KeyFilter::MayShareKey(const ShingleSet& set) const {
  if (set.elements.empty()) return MayContain(set.hash);
  if (scheme_.measure == Measure::kJaccard) return MayShareKey(set.sketch);
  const std::span<const uint32_t> sample = SampleOf(set.elements);
  return std::any_of(sample.begin(), sample.end(), [&](uint32_t element) { return MayContain(element); });
}

}  // namespace unspin
