// Locality-sensitive hashing of sketches by bands: which articles share a band with the suspect?
//
// A band is two neighbouring components of the sketch (banding: Leskovec, Rajaraman and Ullman, Mining of Massive
// Datasets, section 3.4). Of two sketches with Jaccard similarity J at least one of 64 bands is equal with probability
// 1 - (1 - J²)^64: 0.93 at J = 0.2, 0.15 at J = 0.05. Such short bands collide often by chance; that is cheap here,
// because collisions are scored and not trusted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "unspin/index/index_layout.h"
#include "unspin/index/interpolation_search.h"
#include "unspin/sketch/sketch.h"

namespace unspin {

inline constexpr uint32_t kBandComponents = 2;
inline constexpr uint32_t kBands = kSketchSize / kBandComponents;

// The hash of the components of a band. REQUIRES: band < kBands.
uint32_t BandKey(uint32_t band, const Sketch& sketch);

// Rows of one band whose key is the suspect's.
struct Bucket {
  uint32_t begin = 0, size = 0;
};

// The band table of a segment: a view of IndexArrays::band_keys and band_articles, of `rows` rows in each band.
class LshBands {
 public:
  LshBands() = default;
  LshBands(std::string_view keys, std::string_view articles, uint32_t rows)
      : keys_(keys), articles_(articles), rows_(rows) {}

  uint32_t rows() const { return rows_; }
  // REQUIRES: band < kBands, row < rows().
  uint32_t KeyAt(uint32_t band, size_t row) const;
  uint32_t ArticleAt(uint32_t band, size_t row) const;

  // The bucket of the suspect in each of the first buckets.size() bands; empty for an empty sketch. A bucket of more
  // than `cap` rows is counted up to cap + 1. REQUIRES: buckets.size() <= kBands.
  void FindBuckets(const Sketch& sketch, uint32_t cap, std::span<Bucket> buckets) const;

  // The articles in these buckets, ascending, each once. `articles` is their number in the segment: rows that name
  // others are damaged and passed over.
  void FindCollisions(std::span<const Bucket> buckets, uint32_t articles, std::vector<uint32_t>& collisions) const;

 private:
  InterpolationSearch<uint32_t> KeysOf(size_t band) const;

  std::string_view keys_, articles_;
  uint32_t rows_ = 0;
};

}  // namespace unspin
