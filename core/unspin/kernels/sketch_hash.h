// The hash functions of a sketch: one for each round, of 32-bit elements. Changing them changes every stored sketch.
#pragma once

#include <cstdint>

#include "unspin/base/hash.h"

namespace unspin {

inline uint32_t SketchRoundSeed(uint64_t seed, uint32_t round) { return static_cast<uint32_t>(Mix64(seed + round)); }

// A bijection of 32-bit values (multipliers and shifts: Wellons, "Prospecting for hash functions", lowbias32).
inline uint32_t MixElement(uint32_t x, uint32_t seed) {
  x ^= seed;
  x = (x ^ (x >> 16)) * 0x7feb352du;
  x = (x ^ (x >> 15)) * 0x846ca68bu;
  return x ^ (x >> 16);
}

}  // namespace unspin
