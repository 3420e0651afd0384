#include "unspin/index/index_merger.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "support/made_articles.h"
#include "unspin/base/strings.h"
#include "unspin/index/index_builder.h"
#include "unspin/index/index_layout.h"

namespace unspin {
namespace {

using testing::EmptySketch;
using testing::MadeArticle;
using testing::MakeArticles;

// Byte by byte.
TEST(IndexMergerTest, MergedIndexesEqualTheIndexOfAllRemainingArticles) {
  for (const size_t count : {30u, 700u}) {
    std::vector<MadeArticle> articles = MakeArticles(count);
    for (size_t i = 0; i < count; i += 5) articles[i].sketch = EmptySketch();
    const std::vector<size_t> begins = {0, count / 3, count / 3, count / 2, count};  // one part is empty
    for (const bool with_deleted : {false, true}) {
      std::vector<std::string> bytes, counts;
      std::vector<std::vector<uint32_t>> deleted;
      std::vector<MadeArticle> remaining;
      for (size_t part = 0; part + 1 < begins.size(); ++part) {
        IndexBuilder builder;
        deleted.emplace_back();
        for (size_t i = begins[part]; i < begins[part + 1]; ++i) {
          builder.Add(articles[i].sketch, articles[i].anchors);
          if (with_deleted && (i % 7 == 0 || i == begins[part] || i + 1 == count)) {
            deleted.back().push_back(static_cast<uint32_t>(i - begins[part]));
          } else {
            remaining.push_back(articles[i]);
          }
        }
        bytes.push_back(Concatenated(builder.Build()));
        counts.emplace_back(builder.AnchorCounts());
      }
      std::vector<IndexReader> readers;
      std::vector<DocIdMap::Source> sources;
      for (size_t part = 0; part < bytes.size(); ++part) {
        // Early archives hold no counts.
        readers.push_back(
            *IndexReader::Open(bytes[part], part == 0 ? std::nullopt : std::optional<std::string_view>(counts[part])));
        sources.push_back({readers.back().size(), deleted[part]});
      }
      std::vector<const IndexReader*> indexes;
      for (const IndexReader& reader : readers) indexes.push_back(&reader);
      const DocIdMap numbers(sources);
      const IndexMerger merger(indexes, numbers);
      IndexArrays<std::string> arrays;
      const auto to = [](std::string& out) { return [&out](std::string_view some) { out.append(some); }; };
      merger.MergeSketches(to(arrays.sketches));
      merger.MergeBands(to(arrays.band_keys), to(arrays.band_articles));
      const IndexMerger::AnchorSize size =
          merger.MergeAnchors(to(arrays.anchor_hashes), to(arrays.list_begins), to(arrays.lists));
      std::string merged = merger.Header(size);
      for (const std::string* array : arrays.InFileOrder()) merged += *array;
      IndexBuilder whole;
      for (const MadeArticle& made : remaining) whole.Add(made.sketch, made.anchors);
      EXPECT_TRUE(merged == Concatenated(whole.Build()));
      EXPECT_TRUE(merger.AnchorCounts() == whole.AnchorCounts());
    }
  }
}

}  // namespace
}  // namespace unspin
