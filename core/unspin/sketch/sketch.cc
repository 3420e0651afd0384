#include "unspin/sketch/sketch.h"

#include <unicode/uvernum.h>

#include <algorithm>

#include "unspin/base/hash.h"

namespace unspin {
namespace {

constexpr uint32_t kRounds = 2 * kSketchSize;  // the last kSketchSize rounds each fill one bin for certain
static_assert(kRounds == 256, "a round must fit the eight bits that a component keeps for it");

uint32_t Component(uint32_t round, uint64_t hash) { return (round << 24) | static_cast<uint32_t>(hash >> 40); }

}  // namespace

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
  Sketch sketch;
  sketch.components.fill(kEmptyComponent);
  if (shingle_hashes.empty()) return sketch;
  size_t filled = 0;
  for (uint32_t round = 0; round < kRounds && filled < kSketchSize; ++round) {
    const uint64_t round_seed = Mix64(seed + round);
    for (const uint64_t shingle : shingle_hashes) {
      const uint64_t hash = Mix64(shingle ^ round_seed);
      const size_t bin = round < kSketchSize ? hash % kSketchSize : round - kSketchSize;
      uint32_t& component = sketch.components[bin];
      // A hash of all ones in the last round would read as empty.
      const uint32_t value = std::min(Component(round, hash), kEmptyComponent - 1);
      filled += component == kEmptyComponent;
      component = std::min(component, value);
    }
  }
  return sketch;
}

double EstimatedSimilarity(const Sketch& a, const Sketch& b) {
  if (a.empty() || b.empty()) return 0;
  size_t equal = 0;
  for (size_t i = 0; i < kSketchSize; ++i) equal += a.components[i] == b.components[i];
  return static_cast<double>(equal) / kSketchSize;
}

Sketch Merge(const Sketch& a, const Sketch& b) {
  Sketch merged;
  for (size_t i = 0; i < kSketchSize; ++i) merged.components[i] = std::min(a.components[i], b.components[i]);
  return merged;
}

}  // namespace unspin
