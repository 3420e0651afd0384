// Two ascending sets of numbers → how many numbers are in both.
//
// A vector of one set is compared with a vector of the other, all lanes with all lanes; then the vector with the
// smaller last number advances (Inoue, Ohara and Taura: Faster Set Intersection with SIMD Instructions by Reducing
// Branch Mispredictions, VLDB 2014). Where one set is many times larger, each number of the smaller one is searched by
// galloping (Bentley and Yao 1976).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace unspin {

// The exact count where it is `min_count` or more, otherwise 0: counting stops as soon as `min_count` is out of reach.
// REQUIRES: both ascend, and neither holds a number twice.
size_t CountCommon(std::span<const uint32_t> a, std::span<const uint32_t> b, size_t min_count = 0);

}  // namespace unspin
