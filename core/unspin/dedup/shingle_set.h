// The words of an article → the set of its shingles, its sketch and its hash.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "unspin/sketch/sketch.h"

namespace unspin {

// What Deduplicator::Add needs of an article; made on any thread.
struct ShingleSet {
  std::vector<uint32_t> elements;  // distinct, ascending
  Sketch sketch;
  uint64_t hash = 0;  // HashElements; where there are none, of the words
};
ShingleSet MakeShingleSet(std::span<const uint64_t> words, uint32_t shingle);

uint64_t HashElements(std::span<const uint32_t> elements);

}  // namespace unspin
