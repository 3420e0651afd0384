// Reference implementation of MakeSketch: the sketch as the paper defines it, with sets and loops only.
//
// Dahlgaard, Knudsen, Thorup: Fast Similarity Sketching (FOCS 2017, arXiv 1704.04370), section 2: t bins and 2t hash
// functions. In round i < t every element goes to a random bin, in round i >= t to bin i - t, with the value
// i + h_i(x); every bin keeps its smallest value; after a round that leaves no bin empty the sketch is done.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "unspin/base/hash.h"
#include "unspin/kernels/sketch_hash.h"
#include "unspin/sketch/sketch.h"

namespace unspin::reference {

inline uint64_t HashShingle(std::span<const uint64_t> words) {
  uint64_t sum = words.size();
  for (size_t i = 0; i < words.size(); ++i) {
    const size_t turn = 13 * i % 64;
    sum += turn == 0 ? words[i] : words[i] << turn | words[i] >> (64 - turn);
  }
  return Mix64(sum);
}

inline Sketch MakeSketch(const std::vector<uint64_t>& shingle_hashes, uint64_t seed = 0) {
  std::set<uint32_t> elements;
  for (const uint64_t hash : shingle_hashes) elements.insert(static_cast<uint32_t>(hash ^ hash >> 32));
  constexpr uint32_t t = kSketchSize;
  using Value = std::pair<uint32_t, uint32_t>;  // round, then the top 24 bits of the hash: i + h_i(x) in the paper
  std::map<uint32_t, Value> smallest;           // bin → value
  for (uint32_t i = 0; i < 2 * t && smallest.size() < t; ++i) {
    for (const uint32_t x : elements) {
      const uint32_t hash = MixElement(x, static_cast<uint32_t>(Mix64(seed + i)));
      const uint32_t bin = i < t ? hash % t : i - t;
      const Value value{i, hash >> 8};
      const auto [entry, is_new] = smallest.try_emplace(bin, value);
      if (!is_new) entry->second = std::min(entry->second, value);
    }
  }
  Sketch sketch;
  sketch.components.fill(kEmptyComponent);
  for (const auto& [bin, value] : smallest) {
    sketch.components[bin] = std::min((value.first << 24) | value.second, kEmptyComponent - 1);
  }
  return sketch;
}

inline double Jaccard(const std::vector<uint64_t>& a, const std::vector<uint64_t>& b) {
  const std::set<uint64_t> left(a.begin(), a.end());
  std::set<uint64_t> both = left;
  both.insert(b.begin(), b.end());
  size_t common = 0;
  for (const uint64_t x : std::set<uint64_t>(b.begin(), b.end())) common += left.count(x);
  return both.empty() ? 0 : static_cast<double>(common) / static_cast<double>(both.size());
}

}  // namespace unspin::reference
