#include "unspin/index/merge_indexes.h"

#include <algorithm>
#include <utility>

#include "unspin/base/bytes.h"
#include "unspin/base/merge_by_key_range.h"
#include "unspin/base/varint.h"

namespace unspin {

IndexMerger::IndexMerger(std::vector<const IndexReader*> indexes, const DocIdMap& numbers)
    : indexes_(std::move(indexes)), numbers_(numbers) {}

uint32_t IndexMerger::Sketched() const {
  uint32_t sketched = 0;
  for (size_t part = 0; part < indexes_.size(); ++part) {
    sketched += indexes_[part]->sketched_;
    for (const uint32_t article : numbers_.source(part).deleted) sketched -= !indexes_[part]->SketchOf(article).empty();
  }
  return sketched;
}

std::string IndexMerger::Header(const AnchorSize& size) const {
  return IndexHeader{numbers_.size(), Sketched(), size.anchors, size.list_bytes}.Bytes();
}

void IndexMerger::MergeSketches(const Sink& sketches) const {
  constexpr size_t kPiece = size_t{1} << 20;
  const auto append = [&](std::string_view bytes) {
    for (; !bytes.empty(); bytes.remove_prefix(std::min(kPiece, bytes.size()))) sketches(bytes.substr(0, kPiece));
  };
  for (size_t part = 0; part < indexes_.size(); ++part) {
    const std::string_view all = indexes_[part]->sketches_;
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
  for (const IndexReader* index : indexes_) sizes.push_back(index->sketched_);
  struct Row {
    uint32_t key = 0, part = 0, article = 0;
    auto operator<=>(const Row&) const = default;
  };
  std::string key_bytes, article_bytes;
  for (uint32_t band = 0; band < kBands; ++band) {
    const auto key_at = [&](size_t part, size_t place) { return indexes_[part]->BandKeyAt(band, place); };
    MergeByKeyRange<Row>(
        sizes, [&](size_t part, size_t place) { return uint64_t{key_at(part, place)} << 32; },
        [&](size_t part, size_t place) {
          return Row{key_at(part, place), static_cast<uint32_t>(part), indexes_[part]->BandArticleAt(band, place)};
        },
        [](const Row& row) { return uint64_t{row.key} << 32; },
        [&](const std::vector<Row>& rows) {
          key_bytes.clear();
          article_bytes.clear();
          for (const Row& row : rows) {
            if (!numbers_.Contains(row.part, row.article)) continue;
            AppendNumber(key_bytes, row.key);
            AppendNumber(article_bytes, numbers_.NewId(row.part, row.article));
          }
          keys(key_bytes);
          articles(article_bytes);
        });
  }
}

// The articles that are left of the anchor's, by their new numbers.
void IndexMerger::AppendArticles(size_t part, size_t place, std::vector<uint32_t>& articles) const {
  const size_t begin = articles.size();
  indexes_[part]->AppendArticles(place, articles);
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
  for (const IndexReader* index : indexes_) sizes.push_back(index->anchors_);
  struct Row {
    uint64_t hash = 0;
    uint32_t part = 0, place = 0;
    auto operator<=>(const Row&) const = default;
  };
  AnchorSize merged;
  std::string hash_bytes, begin_bytes, list_bytes;
  std::vector<uint32_t> articles;
  MergeByKeyRange<Row>(
      sizes, [&](size_t part, size_t place) { return indexes_[part]->AnchorAt(place); },
      [&](size_t part, size_t place) {
        return Row{indexes_[part]->AnchorAt(place), static_cast<uint32_t>(part), static_cast<uint32_t>(place)};
      },
      [](const Row& row) { return row.hash; },
      [&](const std::vector<Row>& rows) {
        hash_bytes.clear();
        begin_bytes.clear();
        list_bytes.clear();
        for (size_t i = 0; i < rows.size();) {
          const uint64_t hash = rows[i].hash;
          articles.clear();
          for (; i < rows.size() && rows[i].hash == hash; ++i) AppendArticles(rows[i].part, rows[i].place, articles);
          if (articles.empty()) continue;
          AppendNumber(hash_bytes, hash);
          AppendNumber(begin_bytes, merged.list_bytes + list_bytes.size());
          AppendVarint(list_bytes, articles.size());
          uint32_t previous = 0;
          for (const uint32_t article : articles) {
            AppendVarint(list_bytes, article - previous);
            previous = article;
          }
        }
        merged.anchors += hash_bytes.size() / sizeof(uint64_t);
        merged.list_bytes += list_bytes.size();
        hashes(hash_bytes);
        begins(begin_bytes);
        lists(list_bytes);
      });
  begin_bytes.clear();
  AppendNumber(begin_bytes, merged.list_bytes);
  begins(begin_bytes);
  return merged;
}

std::string IndexMerger::AnchorCounts() const {
  std::string counts;
  for (size_t part = 0; part < indexes_.size(); ++part) {
    const std::vector<uint32_t> of_part = indexes_[part]->AnchorCounts();
    for (uint32_t article = 0; article < of_part.size(); ++article) {
      if (numbers_.Contains(part, article)) AppendNumber(counts, of_part[article]);
    }
  }
  return counts;
}

}  // namespace unspin
