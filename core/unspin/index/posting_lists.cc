#include "unspin/index/posting_lists.h"

#include <algorithm>
#include <cassert>

#include "unspin/base/varint.h"
#include "unspin/index/interpolation_search.h"

namespace unspin {

void AppendPostingList(std::span<const uint32_t> articles, std::string& lists) {
  assert(std::is_sorted(articles.begin(), articles.end()));
  AppendVarint(lists, articles.size());
  uint32_t previous = 0;
  for (const uint32_t article : articles) {
    AppendVarint(lists, article - previous);
    previous = article;
  }
}

PostingLists::PostingLists(const IndexArrays<std::string_view>& arrays, uint64_t anchors, uint32_t articles)
    : hashes_(arrays.anchor_hashes),
      begins_(arrays.list_begins),
      lists_(arrays.lists),
      anchors_(anchors),
      articles_(articles) {
  assert(hashes_.size() == anchors * sizeof(uint64_t) && begins_.size() == (anchors + 1) * sizeof(uint64_t));
}

PostingList PostingLists::At(size_t position) const {
  assert(position < anchors_);
  const auto begin = LoadElement<uint64_t>(begins_, position);
  const auto end = LoadElement<uint64_t>(begins_, position + 1);
  if (begin > end || end > lists_.size()) return {};
  uint64_t count;
  const char* const gaps = ReadVarint(lists_.data() + begin, lists_.data() + end, count);
  if (gaps == nullptr || count > articles_) return {};
  return {static_cast<uint64_t>(gaps - lists_.data()), end, static_cast<uint32_t>(count)};
}

PostingList PostingLists::Find(uint64_t anchor) const {
  const Anchor anchors[] = {{anchor}};
  PostingList list;
  Find(anchors, {&list, 1});
  return list;
}

void PostingLists::Find(std::span<const Anchor> anchors, std::span<PostingList> lists) const {
  assert(lists.size() == anchors.size());
  std::fill(lists.begin(), lists.end(), PostingList{});
  if (anchors_ == 0) return;
  const InterpolationSearch<uint64_t> hashes(hashes_, anchors_);
  std::vector<uint64_t> keys(anchors.size());
  std::transform(anchors.begin(), anchors.end(), keys.begin(), [](const Anchor& anchor) { return anchor.hash; });
  std::vector<size_t> positions(anchors.size());
  FindLowerBounds<uint64_t>(keys, [&](size_t) { return hashes; }, positions);
  // An anchor that is absent has the position anchors_ from here on. Prefetches: first where each list begins, then the
  // list itself.
  for (size_t i = 0; i < keys.size(); ++i) {
    if (positions[i] < anchors_ && hashes[positions[i]] != keys[i]) positions[i] = anchors_;
    if (positions[i] < anchors_) PrefetchByte(begins_, positions[i] * sizeof(uint64_t));
  }
  for (const size_t position : positions) {
    if (position < anchors_) PrefetchByte(lists_, LoadElement<uint64_t>(begins_, position));
  }
  for (size_t i = 0; i < positions.size(); ++i) {
    if (positions[i] < anchors_) lists[i] = At(positions[i]);
  }
}

void PostingLists::PrefetchList(const PostingList& list) const {
  constexpr uint64_t kLine = 64, kMaxLines = 16;  // the processor's own prefetcher follows longer lists
  const uint64_t end = std::min(list.end, list.begin + kMaxLines * kLine);
  for (uint64_t offset = list.begin; offset < end; offset += kLine) PrefetchByte(lists_, offset);
}

void PostingLists::DecodeInto(std::span<const WeightedList> lists, ScoreWindow& window) const {
  constexpr size_t kAhead = 4;  // lists
  window.Reset();
  for (size_t i = 0; i < lists.size(); ++i) {
    if (i + kAhead < lists.size()) PrefetchList(lists[i + kAhead].list);
    const auto& [list, weight] = lists[i];
    if (weight <= 0) continue;
    window.AddList(list.articles + kGapsRoom, weight, [&](std::span<uint32_t> room) {
      GapList gaps{lists_.data() + list.begin, lists_.data() + list.end};
      size_t size = 0;
      // A damaged list may hold more articles than it says.
      while (gaps.at != gaps.end && size + kGapsRoom <= room.size())
        size += DecodeGaps(gaps, articles_, room.subspan(size));
      return std::min<size_t>(size, list.articles);
    });
  }
}

std::vector<uint32_t> PostingLists::CountAnchors() const {
  std::vector<uint32_t> counts(articles_, 0);
  for (uint64_t i = 0; i < anchors_; ++i) {
    VisitArticles(At(i), [&](std::span<const uint32_t> articles) {
      for (const uint32_t article : articles) ++counts[article];
    });
  }
  return counts;
}

}  // namespace unspin
