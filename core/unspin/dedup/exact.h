// Articles with equal sets of shingles: they need no bands, one of them stands for all.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "unspin/dedup/sets.h"

namespace unspin {

// For each article the best ranked one with the same set, which may be itself. Hashes of equal sets are equal; that the
// sets of equal hashes are is looked at.
absl::StatusOr<std::vector<uint32_t>> FindExact(std::span<const uint64_t> hashes, std::span<const uint32_t> rank,
                                                const Sets& sets);

}  // namespace unspin
