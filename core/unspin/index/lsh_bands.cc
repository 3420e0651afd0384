#include "unspin/index/lsh_bands.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "unspin/base/hash.h"

namespace unspin {

uint32_t BandKey(uint32_t band, const Sketch& sketch) {
  assert(band < kBands);
  const uint64_t pair = uint64_t{sketch.components[2 * band]} << 32 | sketch.components[2 * band + 1];
  return static_cast<uint32_t>(Mix64(pair ^ Mix64(band)) >> 32);
}

uint32_t LshBands::KeyAt(uint32_t band, size_t row) const {
  assert(band < kBands && row < rows_);
  return LoadElement<uint32_t>(keys_, size_t{band} * rows_ + row);
}

uint32_t LshBands::ArticleAt(uint32_t band, size_t row) const {
  assert(band < kBands && row < rows_);
  return LoadElement<uint32_t>(articles_, size_t{band} * rows_ + row);
}

InterpolationSearch<uint32_t> LshBands::KeysOf(size_t band) const {
  const size_t bytes = size_t{rows_} * sizeof(uint32_t);
  return {keys_.substr(band * bytes, bytes), rows_};
}

void LshBands::FindBuckets(const Sketch& sketch, uint32_t cap, std::span<Bucket> buckets) const {
  assert(buckets.size() <= kBands);
  std::fill(buckets.begin(), buckets.end(), Bucket{});
  if (sketch.empty() || rows_ == 0) return;
  std::array<uint32_t, kBands> keys;
  std::array<size_t, kBands> positions;
  for (uint32_t band = 0; band < buckets.size(); ++band) keys[band] = BandKey(band, sketch);
  FindLowerBounds<uint32_t>(
      std::span(keys).first(buckets.size()), [this](size_t band) { return KeysOf(band); },
      std::span(positions).first(buckets.size()));
  for (uint32_t band = 0; band < buckets.size(); ++band) {
    const InterpolationSearch<uint32_t> band_keys = KeysOf(band);
    const size_t begin = positions[band];
    const size_t max_size = std::min<size_t>(rows_ - begin, size_t{cap} + 1);
    size_t size = 0;
    while (size < max_size && band_keys[begin + size] == keys[band]) ++size;
    buckets[band] = {static_cast<uint32_t>(begin), static_cast<uint32_t>(size)};
    if (size > 0) PrefetchByte(articles_, (size_t{band} * rows_ + begin) * sizeof(uint32_t));
  }
}

void LshBands::FindCollisions(std::span<const Bucket> buckets, uint32_t articles,
                              std::vector<uint32_t>& collisions) const {
  collisions.clear();
  for (uint32_t band = 0; band < buckets.size(); ++band) {
    for (uint32_t i = 0; i < buckets[band].size; ++i) {
      const uint32_t article = ArticleAt(band, size_t{buckets[band].begin} + i);
      if (article < articles) collisions.push_back(article);
    }
  }
  std::sort(collisions.begin(), collisions.end());
  collisions.erase(std::unique(collisions.begin(), collisions.end()), collisions.end());
}

}  // namespace unspin
