// Shingle hashes → a MinHash sketch that estimates the Jaccard similarity of two articles.
//
// FastSimilaritySketch (Dahlgaard, Knudsen, Thorup: Fast Similarity Sketching, FOCS 2017, arXiv 1704.04370):
// every component is filled, each is a fair sample, and the cost is one or two passes over the shingles.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "unspin/kernels/fill_sketch.h"

namespace unspin {

// All that decides what a sketch means. Sketches of different schemes never meet.
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

// Component = round (8 bits) · hash (24 bits); the minimum of its bin, so that sketches of unions are
// component-wise minima. The sketch of an empty set holds kEmptyComponent everywhere.
struct Sketch {
  std::array<uint32_t, kSketchSize> components;
  bool empty() const { return components[0] == kEmptyComponent; }
  friend bool operator==(const Sketch&, const Sketch&) = default;
};

// Order and repetition of the hashes do not matter; each is folded to 32 bits, high half xor low half.
Sketch MakeSketch(std::span<const uint64_t> shingle_hashes, uint64_t seed = 0);

// The same from elements folded before.
Sketch SketchElements(std::span<const uint32_t> elements, uint64_t seed = 0);

// Share of equal components: an unbiased estimate of the Jaccard similarity. 0 where either sketch is empty.
double EstimatedSimilarity(const Sketch& a, const Sketch& b);

// The sketch of the union.
Sketch Merge(const Sketch& a, const Sketch& b);

}  // namespace unspin
