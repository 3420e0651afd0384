// What rewriting leaves alone: names, numbers, dates and rare words, weighed by how rare they are.
#pragma once

#include <cstdint>
#include <vector>

namespace unspin {

struct Anchor {
  uint64_t hash = 0;
  float weight = 0;  // idf of the word
  friend bool operator==(const Anchor&, const Anchor&) = default;
};

using Anchors = std::vector<Anchor>;  // distinct hashes, ascending

}  // namespace unspin
