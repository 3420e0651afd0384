// Finds articles with equal sets of shingles: one of them represents the others, without bands and verification.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "unspin/dedup/shingle_sets.h"

namespace unspin {

// For each article the best ranked article with the same set, which may be itself. `hashes` are those of the sets;
// sets with equal hashes are compared element by element. REQUIRES: as many ranks as hashes.
absl::StatusOr<std::vector<uint32_t>> FindExact(std::span<const uint64_t> hashes, std::span<const uint32_t> rank,
                                                const ShingleSets& sets);

}  // namespace unspin
