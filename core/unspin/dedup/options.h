// What decides which articles are near-duplicates, and which of them represents the others.
#pragma once

#include <cstdint>
#include <limits>
#include <string>

namespace unspin {

// Values are stored in files of the stages.
enum class Measure : uint32_t {
  kJaccard = 0,      // shared shingles / shingles of either article
  kContainment = 1,  // shared shingles / shingles of the smaller article
};

// The article that represents its neighbours: the longest text, the earliest date or the first of the input.
// Values are stored in files of the stages.
enum class Prefer : uint32_t { kMaxLength = 0, kEarliest = 1, kFirst = 2 };

// A band of one component finds about every pair of this similarity, and more pairs than anybody wants below it.
inline constexpr double kMinThreshold = 0.1;

// Articles have numbers of 32 bits, and so has the number behind the last one.
inline constexpr uint64_t kMaxDedupArticles = std::numeric_limits<uint32_t>::max() - 1;

struct DedupOptions {
  Measure measure = Measure::kJaccard;
  double threshold = 0.8;  // minimum similarity to the representative, from kMinThreshold to 1
  uint32_t shingle = 5;    // length in words
  Prefer prefer = Prefer::kMaxLength;
  std::string scratch = ".";  // existing folder for temporary files
  unsigned threads = 1;
};

}  // namespace unspin
