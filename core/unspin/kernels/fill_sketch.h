// 32-bit elements of a set → the 128 components of its FastSimilaritySketch.
//
// Dahlgaard, Knudsen, Thorup: Fast Similarity Sketching (FOCS 2017, arXiv 1704.04370), section 2. In round r every
// element x gets h = MixElement(x, SketchRoundSeed(seed, r)) and goes to bin h mod 128 (r < 128) or r - 128 (r >= 128)
// with the value r * 2^24 + h / 2^8; a bin keeps its least value; the first round that leaves no bin empty is the last.
#pragma once

#include <cstddef>
#include <cstdint>

#include "unspin/base/hash.h"

namespace unspin {

inline constexpr size_t kSketchSize = 128;
inline constexpr uint32_t kEmptyComponent = 0xffffffffu;

inline uint32_t SketchRoundSeed(uint64_t seed, uint32_t round) { return static_cast<uint32_t>(Mix64(seed + round)); }

// A bijection of 32-bit values (multipliers and shifts: Wellons, "Prospecting for hash functions", lowbias32).
inline uint32_t MixElement(uint32_t x, uint32_t seed) {
  x ^= seed;
  x = (x ^ (x >> 16)) * 0x7feb352du;
  x = (x ^ (x >> 15)) * 0x846ca68bu;
  return x ^ (x >> 16);
}

// Order and repetition do not matter. Without elements every component is kEmptyComponent, and only then any is.
void FillSketch(const uint32_t* elements, size_t n, uint64_t seed, uint32_t* components);

// How many of 128 components are equal.
size_t CountEqualComponents(const uint32_t* a, const uint32_t* b);

}  // namespace unspin
