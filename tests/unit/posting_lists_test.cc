#include "unspin/index/posting_lists.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/made_articles.h"
#include "unspin/base/strings.h"
#include "unspin/index/index_builder.h"
#include "unspin/index/index_reader.h"

namespace unspin {
namespace {

TEST(PostingListsTest, FindsAnchorsWhoseHashesAreNotUniform) {
  Anchors anchors;
  for (uint64_t i = 0; i < 3000; ++i) anchors.push_back({i, 1.0f});
  for (uint64_t i = 0; i < 3000; ++i) anchors.push_back({~uint64_t{0} - 2999 + i, 1.0f});
  IndexBuilder builder;
  for (int i = 0; i < 4; ++i) builder.Add(testing::EmptySketch(), anchors);
  const std::string bytes = Concatenated(builder.Build());
  const auto index = IndexReader::Open(bytes);
  for (const Anchor& anchor : anchors) ASSERT_EQ(index->postings().Find(anchor.hash).articles, 4u) << anchor.hash;
  for (const uint64_t absent : {uint64_t{3000}, uint64_t{1} << 63, ~uint64_t{0} - 3000}) {
    EXPECT_EQ(index->postings().Find(absent).articles, 0u);
  }
}

TEST(PostingListsTest, VisitsTheArticlesOfEveryAnchor) {
  std::vector<std::vector<uint32_t>> articles_of(50);
  IndexBuilder builder;
  for (uint32_t article = 0; article < 3000; ++article) {
    Anchors anchors;
    for (uint64_t anchor = 0; anchor < articles_of.size(); ++anchor) {
      if (article % (anchor + 1) != 0) continue;
      anchors.push_back({anchor << 57 | anchor, 1.0f});
      articles_of[anchor].push_back(article);
    }
    builder.Add(testing::EmptySketch(), anchors);
  }
  const std::string bytes = Concatenated(builder.Build());
  const auto index = IndexReader::Open(bytes);
  ASSERT_EQ(index->postings().size(), articles_of.size());
  for (uint64_t anchor = 0; anchor < articles_of.size(); ++anchor) {
    const PostingList list = index->postings().Find(anchor << 57 | anchor);
    EXPECT_EQ(list.articles, articles_of[anchor].size());
    std::vector<uint32_t> visited;
    index->postings().VisitArticles(list, [&](std::span<const uint32_t> articles) {
      visited.insert(visited.end(), articles.begin(), articles.end());
    });
    EXPECT_EQ(visited, articles_of[anchor]);
  }
}

}  // namespace
}  // namespace unspin
