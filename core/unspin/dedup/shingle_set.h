// The words of an article → the set of its shingles, its sketch and its hash.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "unspin/sketch/sketch.h"

namespace unspin {

struct ShingleSet {
  std::vector<uint32_t> elements;  // hashes of the shingles, upper half xor lower half; distinct, ascending
  Sketch sketch;
  uint64_t hash = 0;  // HashElements; if there are no elements, of the words
};
// `words` are word hashes; `shingle` is the number of words of a shingle. Any thread may call it.
ShingleSet MakeShingleSet(std::span<const uint64_t> words, uint32_t shingle);

uint64_t HashElements(std::span<const uint32_t> elements);

}  // namespace unspin
