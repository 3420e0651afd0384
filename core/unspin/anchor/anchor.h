// What an article is found by: what rewriting leaves alone, that is names, numbers, dates and rare words, weighed by
// how rare they are; and a sample of its runs of words, by which an excerpt finds the whole.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace unspin {

struct Anchor {
  uint64_t hash = 0;
  float weight = 0;     // idf of the word
  bool is_run = false;  // stands for a run of words, not for a word: weighs nothing by itself
  friend bool operator==(const Anchor&, const Anchor&) = default;
};

using Anchors = std::vector<Anchor>;  // distinct hashes, ascending

// Into ascending order. Hashes are spread evenly: by their first byte they nearly are in order.
inline void SortByHash(Anchors& anchors) {
  std::array<uint32_t, 257> begins{};
  for (const Anchor& anchor : anchors) ++begins[(anchor.hash >> 56) + 1];
  for (size_t i = 1; i < begins.size(); ++i) begins[i] += begins[i - 1];
  Anchors sorted(anchors.size());
  for (const Anchor& anchor : anchors) sorted[begins[anchor.hash >> 56]++] = anchor;
  const auto less = [](const Anchor& a, const Anchor& b) { return a.hash < b.hash; };
  for (size_t begin = 0, part = 0; part < 256; begin = begins[part++]) {
    if (begins[part] - begin > 1) std::sort(sorted.begin() + begin, sorted.begin() + begins[part], less);
  }
  anchors = std::move(sorted);
}

}  // namespace unspin
