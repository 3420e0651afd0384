// Shingle hashes → a MinHash sketch that estimates the Jaccard similarity of two articles.
//
// FastSimilaritySketch (Dahlgaard, Knudsen and Thorup: Fast Similarity Sketching, FOCS 2017, arXiv 1704.04370): every
// component is filled, each is a fair sample, and the cost is one or two passes over the shingles.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "unspin/kernels/sketch_size.h"

namespace unspin {

// Everything that the components of a sketch depend on. Only sketches of equal schemes can be compared.
struct SketchScheme {
  uint32_t normalizer_version = 1;
  uint32_t shingle_words = 5;
  uint32_t size = kSketchSize;
  uint64_t seed = 0;
  std::string hash = "word-64";
  std::string unicode;  // ICU version that classified and folded the letters

  static SketchScheme Default();
  uint64_t Fingerprint() const;
};

// A component is a round (upper 8 bits) and a hash (lower 24 bits): the minimum of its bin. The sketch of a union is
// therefore the component-wise minimum. In the sketch of an empty set every component is kEmptyComponent.
struct Sketch {
  std::array<uint32_t, kSketchSize> components;
  bool empty() const { return components[0] == kEmptyComponent; }
  friend bool operator==(const Sketch&, const Sketch&) = default;
};

// Order and repetition of the hashes do not matter. Each is folded to 32 bits: high half xor low half.
Sketch MakeSketch(std::span<const uint64_t> shingle_hashes, uint64_t seed = 0);

// The same from hashes that are folded already.
Sketch SketchElements(std::span<const uint32_t> elements, uint64_t seed = 0);

// Share of equal components: an unbiased estimate of the Jaccard similarity. 0 where either sketch is empty.
double EstimatedSimilarity(const Sketch& a, const Sketch& b);

// The sketch of the union.
Sketch Merge(const Sketch& a, const Sketch& b);

}  // namespace unspin
