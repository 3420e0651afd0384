#include "unspin/index/index_layout.h"

#include <cassert>

#include "absl/status/status.h"
#include "unspin/base/bytes.h"
#include "unspin/index/lsh_bands.h"
#include "unspin/sketch/sketch.h"

namespace unspin {

std::string IndexHeader::Encode() const {
  std::string out;
  AppendNumber(out, articles);
  AppendNumber(out, sketched);
  AppendNumber(out, kBands);
  AppendNumber(out, static_cast<uint32_t>(kSketchSize));
  AppendNumber(out, anchors);
  AppendNumber(out, list_bytes);
  assert(out.size() == kSize);
  return out;
}

absl::StatusOr<IndexHeader> IndexHeader::Decode(std::string_view bytes) {
  if (bytes.size() < kSize) return absl::DataLossError("index: cut off in its header");
  const auto number_at = [bytes]<typename Number>(size_t offset, Number& number) {
    std::memcpy(&number, bytes.data() + offset, sizeof number);
  };
  IndexHeader header;
  uint32_t bands = 0, components = 0;
  number_at(kArticlesOffset, header.articles);
  number_at(kSketchedOffset, header.sketched);
  number_at(kBandsOffset, bands);
  number_at(kComponentsOffset, components);
  number_at(kAnchorsOffset, header.anchors);
  number_at(kListBytesOffset, header.list_bytes);
  if (components != kSketchSize || bands != kBands || header.sketched > header.articles ||
      header.anchors > kMaxAnchors) {
    return absl::DataLossError("index: impossible counts in its header");
  }
  return header;
}

IndexArrays<uint64_t> ArrayLengths(const IndexHeader& header) {
  assert(header.sketched <= header.articles && header.anchors <= IndexHeader::kMaxAnchors);
  const uint64_t band_rows = uint64_t{kBands} * header.sketched;
  IndexArrays<uint64_t> lengths;
  lengths.sketches = header.articles * sizeof(Sketch);
  lengths.band_keys = band_rows * sizeof(uint32_t);
  lengths.band_articles = band_rows * sizeof(uint32_t);
  lengths.anchor_hashes = header.anchors * sizeof(uint64_t);
  lengths.list_begins = (header.anchors + 1) * sizeof(uint64_t);
  lengths.lists = header.list_bytes;
  return lengths;
}

}  // namespace unspin
