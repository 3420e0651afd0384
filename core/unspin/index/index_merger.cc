#include "unspin/index/index_merger.h"

#include <algorithm>
#include <cassert>
#include <compare>
#include <utility>

#include "unspin/base/bytes.h"
#include "unspin/base/merge_by_key_range.h"
#include "unspin/index/index_layout.h"

namespace unspin {

IndexMerger::IndexMerger(std::vector<const IndexReader*> indexes, const DocIdMap& numbers)
    : indexes_(std::move(indexes)), numbers_(numbers) {}

uint32_t IndexMerger::CountSketched() const {
  uint32_t sketched = 0;
  for (size_t part = 0; part < indexes_.size(); ++part) {
    sketched += indexes_[part]->bands().rows();
    for (const uint32_t article : numbers_.source(part).deleted) sketched -= !indexes_[part]->SketchOf(article).empty();
  }
  return sketched;
}

std::string IndexMerger::Header(const AnchorSize& size) const {
  assert(size.anchors <= IndexHeader::kMaxAnchors);
  return IndexHeader{numbers_.size(), CountSketched(), size.anchors, size.list_bytes}.Encode();
}

void IndexMerger::MergeSketches(const Sink& sketches) const {
  constexpr size_t kChunk = size_t{1} << 20;  // bytes
  const auto append = [&](std::string_view bytes) {
    for (; !bytes.empty(); bytes.remove_prefix(std::min(kChunk, bytes.size()))) sketches(bytes.substr(0, kChunk));
  };
  for (size_t part = 0; part < indexes_.size(); ++part) {
    const std::string_view all = indexes_[part]->sketch_bytes();
    size_t begin = 0;
    for (const uint32_t article : numbers_.source(part).deleted) {
      append(all.substr(begin, article * sizeof(Sketch) - begin));
      begin = (article + size_t{1}) * sizeof(Sketch);
    }
    append(all.substr(begin));
  }
}

void IndexMerger::MergeBands(const Sink& keys, const Sink& articles) const {
  std::vector<size_t> sizes;
  for (const IndexReader* index : indexes_) sizes.push_back(index->bands().rows());
  struct Row {
    uint32_t key = 0, part = 0, article = 0;
    auto operator<=>(const Row&) const = default;
  };
  std::string key_bytes, article_bytes;
  const auto write = [&](const std::vector<Row>& rows) {
    key_bytes.clear();
    article_bytes.clear();
    for (const Row& row : rows) {
      if (!numbers_.Contains(row.part, row.article)) continue;
      AppendNumber(key_bytes, row.key);
      AppendNumber(article_bytes, numbers_.NewId(row.part, row.article));
    }
    keys(key_bytes);
    articles(article_bytes);
  };
  for (uint32_t band = 0; band < kBands; ++band) {
    const auto key_at = [&](size_t part, size_t row) { return indexes_[part]->bands().KeyAt(band, row); };
    const auto lead = [](uint32_t key) { return uint64_t{key} << 32; };
    MergeByKeyRange<Row>(
        sizes, [&](size_t part, size_t row) { return lead(key_at(part, row)); },
        [&](size_t part, size_t row) {
          return Row{key_at(part, row), static_cast<uint32_t>(part), indexes_[part]->bands().ArticleAt(band, row)};
        },
        [&](const Row& row) { return lead(row.key); }, write);
  }
}

// The remaining articles of a list, by their new numbers.
void IndexMerger::AppendArticles(size_t part, size_t position, std::vector<uint32_t>& articles) const {
  const size_t begin = articles.size();
  const PostingLists& postings = indexes_[part]->postings();
  postings.VisitArticles(postings.At(position), [&](std::span<const uint32_t> some) {
    articles.insert(articles.end(), some.begin(), some.end());
  });
  const auto added = articles.begin() + static_cast<std::ptrdiff_t>(begin);
  if (numbers_.source(part).deleted.empty()) {
    const uint32_t first = numbers_.NewId(part, 0);
    std::for_each(added, articles.end(), [first](uint32_t& article) { article += first; });
    return;
  }
  articles.erase(
      std::remove_if(added, articles.end(), [&](uint32_t article) { return !numbers_.Contains(part, article); }),
      articles.end());
  std::for_each(added, articles.end(), [&](uint32_t& article) { article = numbers_.NewId(part, article); });
}

IndexMerger::AnchorSize IndexMerger::MergeAnchors(const Sink& hashes, const Sink& begins, const Sink& lists) const {
  std::vector<size_t> sizes;
  for (const IndexReader* index : indexes_) sizes.push_back(index->postings().size());
  struct Row {
    uint64_t hash = 0;
    uint32_t part = 0, position = 0;
    auto operator<=>(const Row&) const = default;
  };
  AnchorSize merged;
  std::string hash_bytes, begin_bytes, list_bytes;
  std::vector<uint32_t> articles;
  const auto write = [&](const std::vector<Row>& rows) {
    hash_bytes.clear();
    begin_bytes.clear();
    list_bytes.clear();
    for (size_t i = 0; i < rows.size();) {
      const uint64_t hash = rows[i].hash;
      articles.clear();
      for (; i < rows.size() && rows[i].hash == hash; ++i) AppendArticles(rows[i].part, rows[i].position, articles);
      if (articles.empty()) continue;
      AppendNumber(hash_bytes, hash);
      AppendNumber(begin_bytes, merged.list_bytes + list_bytes.size());
      AppendPostingList(articles, list_bytes);
    }
    merged.anchors += hash_bytes.size() / sizeof(uint64_t);
    merged.list_bytes += list_bytes.size();
    hashes(hash_bytes);
    begins(begin_bytes);
    lists(list_bytes);
  };
  const auto hash_at = [&](size_t part, size_t position) { return indexes_[part]->postings().AnchorAt(position); };
  MergeByKeyRange<Row>(
      sizes, hash_at,
      [&](size_t part, size_t position) {
        return Row{hash_at(part, position), static_cast<uint32_t>(part), static_cast<uint32_t>(position)};
      },
      [](const Row& row) { return row.hash; }, write);
  begin_bytes.clear();
  AppendNumber(begin_bytes, merged.list_bytes);
  begins(begin_bytes);
  return merged;
}

std::string IndexMerger::AnchorCounts() const {
  std::string counts;
  for (size_t part = 0; part < indexes_.size(); ++part) {
    const std::vector<uint32_t> part_counts = indexes_[part]->AnchorCounts();
    for (uint32_t article = 0; article < part_counts.size(); ++article) {
      if (numbers_.Contains(part, article)) AppendNumber(counts, part_counts[article]);
    }
  }
  return counts;
}

}  // namespace unspin
