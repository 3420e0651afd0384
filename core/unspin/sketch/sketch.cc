#include "unspin/sketch/sketch.h"

#include <unicode/uvernum.h>

#include <algorithm>
#include <vector>

#include "unspin/base/hash.h"
#include "unspin/kernels/fill_sketch.h"

namespace unspin {

SketchScheme SketchScheme::Default() {
  SketchScheme scheme;
  scheme.unicode = "icu-" U_ICU_VERSION;
  return scheme;
}

uint64_t SketchScheme::Fingerprint() const {
  const std::string all = std::to_string(normalizer_version) + '|' + std::to_string(shingle_words) + '|' +
                          std::to_string(size) + '|' + std::to_string(seed) + '|' + hash + '|' + unicode;
  return Hash64(all);
}

Sketch MakeSketch(std::span<const uint64_t> shingle_hashes, uint64_t seed) {
  std::vector<uint32_t> elements(shingle_hashes.size());
  std::transform(shingle_hashes.begin(), shingle_hashes.end(), elements.begin(),
                 [](uint64_t hash) { return static_cast<uint32_t>(hash ^ hash >> 32); });
  return SketchElements(elements, seed);
}

Sketch SketchElements(std::span<const uint32_t> elements, uint64_t seed) {
  Sketch sketch;
  FillSketch(elements, seed, sketch.components);
  return sketch;
}

double EstimatedSimilarity(const Sketch& a, const Sketch& b) {
  if (a.empty() || b.empty()) return 0;
  return static_cast<double>(CountEqualComponents(a.components, b.components)) / kSketchSize;
}

Sketch Merge(const Sketch& a, const Sketch& b) {
  Sketch merged;
  for (size_t i = 0; i < kSketchSize; ++i) merged.components[i] = std::min(a.components[i], b.components[i]);
  return merged;
}

}  // namespace unspin
