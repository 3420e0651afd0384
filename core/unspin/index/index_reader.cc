#include "unspin/index/index_reader.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <mutex>

#include "absl/status/status.h"
#include "unspin/index/interpolation_search.h"

namespace unspin {

struct IndexReader::LazyNorms {
  std::once_flag computed;
  LengthNorms norms;
};

absl::StatusOr<IndexReader> IndexReader::Open(std::string_view bytes, std::optional<std::string_view> anchor_counts) {
  const absl::StatusOr<IndexHeader> header = IndexHeader::Decode(bytes);
  if (!header.ok()) return header.status();
  std::string_view rest = bytes.substr(IndexHeader::kSize);
  IndexArrays<uint64_t> lengths = ArrayLengths(*header);
  IndexArrays<std::string_view> arrays;
  for (size_t i = 0; i < lengths.InFileOrder().size(); ++i) {
    const uint64_t length = *lengths.InFileOrder()[i];
    if (length > rest.size()) return absl::DataLossError("index: its length does not fit its header");
    *arrays.InFileOrder()[i] = rest.substr(0, length);
    rest.remove_prefix(length);
  }
  if (!rest.empty()) return absl::DataLossError("index: its length does not fit its header");
  if (anchor_counts && anchor_counts->size() != uint64_t{header->articles} * sizeof(uint32_t))
    return absl::DataLossError("index: there is not one count of anchors for each article");
  IndexReader reader;
  reader.articles_ = header->articles;
  reader.sketches_ = arrays.sketches;
  reader.bands_ = LshBands(arrays.band_keys, arrays.band_articles, header->sketched);
  reader.postings_ = PostingLists(arrays, header->anchors, header->articles);
  reader.anchor_counts_ = anchor_counts;
  reader.norms_ = std::make_shared<LazyNorms>();
  return reader;
}

Sketch IndexReader::SketchOf(uint32_t article) const {
  assert(article < articles_);
  return LoadElement<Sketch>(sketches_, article);
}

void IndexReader::PrefetchSketch(uint32_t article) const {
  assert(article < articles_);
  constexpr size_t kLine = 64;  // bytes of a cache line
  for (size_t line = 0; line < sizeof(Sketch); line += kLine) PrefetchByte(sketches_, article * sizeof(Sketch) + line);
}

std::vector<uint32_t> IndexReader::AnchorCounts() const {
  if (!anchor_counts_) return postings_.CountAnchors();
  std::vector<uint32_t> counts(articles_);
  std::copy_n(anchor_counts_->data(), anchor_counts_->size(), reinterpret_cast<char*>(counts.data()));
  return counts;
}

const LengthNorms& IndexReader::norms() const {
  std::call_once(norms_->computed, [this] { norms_->norms = LengthNorms::FromAnchorCounts(AnchorCounts()); });
  return norms_->norms;
}

}  // namespace unspin
