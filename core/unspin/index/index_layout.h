// The bytes of a segment's index: a header, then six arrays. Builder, reader and merger share this description.
//
// core/unspin/format/FORMAT.md has the same as a table. All numbers are little-endian.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace unspin {

struct IndexHeader {
  static constexpr size_t kArticlesOffset = 0, kSketchedOffset = 4, kBandsOffset = 8, kComponentsOffset = 12,
                          kAnchorsOffset = 16, kListBytesOffset = 24, kSize = 32;
  // Positions of anchors fit into 32 bits: index_merger.cc stores them so.
  static constexpr uint64_t kMaxAnchors = (uint64_t{1} << 32) - 1;

  uint32_t articles = 0;
  uint32_t sketched = 0;    // articles whose sketch is not empty: each has one row in every band
  uint64_t anchors = 0;     // distinct anchors, at most kMaxAnchors
  uint64_t list_bytes = 0;  // length of the posting lists

  std::string Encode() const;
  // Fails where `bytes` is too short or a number is impossible.
  static absl::StatusOr<IndexHeader> Decode(std::string_view bytes);
};

// One value for each array of the index: its bytes, its length, the file that it is written to.
template <typename Value>
struct IndexArrays {
  Value sketches;       // articles × Sketch
  Value band_keys;      // kBands × sketched × uint32, ascending inside a band
  Value band_articles;  // kBands × sketched × uint32, the article of each key; equal keys ascend by article
  Value anchor_hashes;  // anchors × uint64, ascending
  Value list_begins;    // (anchors + 1) × uint64, offsets in `lists`; the last is the length of `lists`
  Value lists;          // for each anchor a posting list (index/posting_lists.h)

  // The order of the arrays in the file.
  std::array<Value*, 6> InFileOrder() {
    return {&sketches, &band_keys, &band_articles, &anchor_hashes, &list_begins, &lists};
  }
};

// The length of each array in bytes. REQUIRES: a header that Decode returned.
IndexArrays<uint64_t> ArrayLengths(const IndexHeader& header);

// Element `index` of an array of numbers, which may begin at any address. REQUIRES: it is inside of `array`.
template <typename Number>
Number LoadElement(std::string_view array, size_t index) {
  Number number;
  assert((index + 1) * sizeof number <= array.size());
  std::memcpy(&number, array.data() + index * sizeof number, sizeof number);
  return number;
}

template <typename Value>
std::string_view BytesOf(const std::vector<Value>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(Value)};
}

}  // namespace unspin
