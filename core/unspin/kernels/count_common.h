// Two ascending sets of numbers → how many numbers are in both.
//
// A vector of one is compared with as many of the other, all with all, and whichever ends lower moves on (Inoue, Ohara,
// Taura: Faster Set Intersection with SIMD Instructions by Reducing Branch Mispredictions, VLDB 2014). Where one set is
// many times the other, each number of the smaller is looked for in doubling steps (Bentley and Yao 1976).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace unspin {

// Exact where there are `least` or more, otherwise 0: it stops as soon as what is left cannot bring them there.
// REQUIRES: both ascend, and neither holds a number twice.
size_t CountCommon(std::span<const uint32_t> a, std::span<const uint32_t> b, size_t least = 0);

}  // namespace unspin
