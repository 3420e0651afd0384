#include "unspin/dedup/shingle_set.h"

#include <algorithm>

#include "unspin/base/bucket_sort.h"
#include "unspin/base/bytes.h"
#include "unspin/base/hash.h"
#include "unspin/shingle/shingle.h"

namespace unspin {
namespace {

constexpr uint32_t kFoldedShingle = 5;  // words: the length that FoldShingles has a kernel for

}  // namespace

uint64_t HashElements(std::span<const uint32_t> elements) { return Hash64(AsBytes(elements)); }

ShingleSet MakeShingleSet(std::span<const uint64_t> words, uint32_t shingle) {
  ShingleSet set;
  if (shingle == kFoldedShingle) {
    FoldShingles(words, set.elements);
  } else {
    for (const uint64_t hash : HashShingles(words, shingle))
      set.elements.push_back(static_cast<uint32_t>(hash ^ hash >> 32));
  }
  set.sketch = SketchElements(set.elements);
  BucketSort(set.elements, [](uint32_t element, unsigned bits) { return element >> (32 - bits); });
  set.elements.erase(std::unique(set.elements.begin(), set.elements.end()), set.elements.end());
  set.hash = set.elements.empty() ? Hash64(AsBytes(words)) : HashElements(set.elements);
  return set;
}

}  // namespace unspin
