// The posting lists of a segment: which articles hold an anchor?
//
// A list is the number of its articles as a varint, then the articles, ascending, each as the varint gap (d-gap) from
// the one before; the first gap is from 0.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/anchor/anchor.h"
#include "unspin/index/index_layout.h"
#include "unspin/index/score_window.h"
#include "unspin/kernels/decode_gaps.h"

namespace unspin {

// One list: its gaps are bytes [begin, end) of IndexArrays::lists. Valid for the PostingLists that returned it.
struct PostingList {
  uint64_t begin = 0, end = 0;
  uint32_t articles = 0;  // how many hold the anchor
};

struct WeightedList {
  PostingList list;
  float weight = 0;
};

// Appends a list. REQUIRES: ascending articles.
void AppendPostingList(std::span<const uint32_t> articles, std::string& lists);

// A view of IndexArrays::anchor_hashes, list_begins and lists. Whatever the bytes are, nothing outside of them is read.
class PostingLists {
 public:
  PostingLists() = default;
  // `anchors` lists over articles [0, articles). REQUIRES: arrays of the lengths that ArrayLengths says.
  PostingLists(const IndexArrays<std::string_view>& arrays, uint64_t anchors, uint32_t articles);

  size_t size() const { return anchors_; }
  // REQUIRES of both: position < size().
  uint64_t AnchorAt(size_t position) const { return LoadElement<uint64_t>(hashes_, position); }
  PostingList At(size_t position) const;

  // The lists of many anchors; empty ones for anchors that no article holds. REQUIRES: lists.size() == anchors.size().
  void Find(std::span<const Anchor> anchors, std::span<PostingList> lists) const;
  PostingList Find(uint64_t anchor) const;

  // Calls visit(std::span<const uint32_t> articles) for some articles at a time. A damaged list ends early.
  template <typename Visit>
  void VisitArticles(const PostingList& list, const Visit& visit) const {
    GapList gaps{lists_.data() + list.begin, lists_.data() + list.end};
    std::array<uint32_t, kGapsRoom> articles;
    while (gaps.at != gaps.end) {
      const size_t count = DecodeGaps(gaps, articles_, articles);
      visit(std::span<const uint32_t>(articles.data(), count));
    }
  }

  // Decodes the lists into the window, in this order; those of weight zero are left out.
  void DecodeInto(std::span<const WeightedList> lists, ScoreWindow& window) const;

  // How many anchors each article has, counted by reading every list.
  std::vector<uint32_t> CountAnchors() const;

 private:
  void PrefetchList(const PostingList& list) const;

  std::string_view hashes_, begins_, lists_;
  uint64_t anchors_ = 0;
  uint32_t articles_ = 0;
};

}  // namespace unspin
