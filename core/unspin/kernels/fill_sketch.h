// 32-bit elements of a set → the 128 components of its FastSimilaritySketch.
//
// Dahlgaard, Knudsen and Thorup: Fast Similarity Sketching (FOCS 2017, arXiv 1704.04370), section 2. In round r every
// element x has the hash h = MixElement(x, SketchRoundSeed(seed, r)) and goes to bin h mod 128 (r < 128) or r - 128
// (r >= 128) with the value r * 2^24 + h / 2^8. A bin keeps its smallest value. The first round that leaves no bin
// empty is the last.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "unspin/kernels/sketch_size.h"

namespace unspin {

// Order and repetition of the elements do not matter. Without elements every component is kEmptyComponent; otherwise
// none is.
void FillSketch(std::span<const uint32_t> elements, uint64_t seed, std::span<uint32_t, kSketchSize> components);

// How many components are equal.
size_t CountEqualComponents(std::span<const uint32_t, kSketchSize> a, std::span<const uint32_t, kSketchSize> b);

}  // namespace unspin
