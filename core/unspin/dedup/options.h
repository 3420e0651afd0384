// What decides which articles are near-duplicates, and which of them stands for the others.
#pragma once

#include <cstdint>
#include <string>

namespace unspin {

enum class Measure : uint32_t {
  kJaccard,      // shared shingles, of all shingles of both
  kContainment,  // shared shingles, of those of the smaller article
};

enum class Prefer : uint32_t { kMaxLength, kEarliest, kFirst };

struct DedupOptions {
  Measure measure = Measure::kJaccard;
  double threshold = 0.8;  // least similarity to the representative, above 0 and at most 1
  uint32_t shingle = 5;    // words
  Prefer prefer = Prefer::kMaxLength;
  std::string scratch = ".";  // folder for what does not fit into memory
  unsigned threads = 1;
};

}  // namespace unspin
