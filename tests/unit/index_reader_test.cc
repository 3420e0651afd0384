#include "unspin/index/index_reader.h"

#include <gtest/gtest.h>

#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "support/made_articles.h"
#include "unspin/base/strings.h"
#include "unspin/index/candidate_search.h"
#include "unspin/index/index_builder.h"

namespace unspin {
namespace {

using testing::MadeArticle;
using testing::MakeArticles;

std::string BuildIndex(const std::vector<MadeArticle>& articles) {
  IndexBuilder builder;
  for (const MadeArticle& made : articles) builder.Add(made.sketch, made.anchors);
  return Concatenated(builder.Build());
}

TEST(IndexReaderTest, ReadsWhatTheBuilderWrote) {
  const std::vector<MadeArticle> articles = MakeArticles(300);
  const std::string bytes = BuildIndex(articles);
  const auto index = IndexReader::Open(bytes);
  ASSERT_TRUE(index.ok()) << index.status();
  ASSERT_EQ(index->size(), articles.size());
  const std::vector<uint32_t> counts = index->AnchorCounts();
  for (uint32_t i = 0; i < articles.size(); ++i) {
    EXPECT_EQ(index->SketchOf(i), articles[i].sketch);
    EXPECT_EQ(counts[i], articles[i].anchors.size());
  }
}

TEST(IndexReaderTest, EqualInputGivesEqualBytes) {
  EXPECT_EQ(BuildIndex(MakeArticles(500)), BuildIndex(MakeArticles(500)));
}

TEST(IndexReaderTest, RefusesEveryTruncation) {
  const std::string good = BuildIndex(MakeArticles(3));
  for (size_t size = 0; size < good.size(); ++size) {
    const std::vector<char> bytes(good.begin(), good.begin() + static_cast<ptrdiff_t>(size));
    EXPECT_TRUE(absl::IsDataLoss(IndexReader::Open({bytes.data(), bytes.size()}).status())) << size;
  }
}

// Checksums prove only who wrote last: whatever the bytes are, nothing outside of them is read.
TEST(IndexReaderTest, StaysInBoundsForAnyBytes) {
  const std::vector<MadeArticle> articles = MakeArticles(3);
  const std::string good = BuildIndex(articles);
  std::mt19937_64 random(7);
  SearchScratch scratch;
  int opened = 0;
  for (size_t i = 0; i < good.size(); ++i) {
    std::vector<char> bytes(good.begin(), good.end());
    bytes[i] = static_cast<char>(random());
    bytes[random() % bytes.size()] = '\xff';
    const auto index = IndexReader::Open({bytes.data(), bytes.size()});
    if (!index.ok()) continue;
    ++opened;
    const CandidateSearch search(std::vector<SearchedSegment>{{&*index, {}}});
    for (const MadeArticle& suspect : articles) {
      for (const Candidate& candidate : search.Find(suspect.sketch, suspect.anchors, {}, scratch)) {
        ASSERT_LT(candidate.address.article, index->size());
      }
    }
  }
  EXPECT_GT(opened, 0);
}

TEST(IndexReaderTest, RefusesCountsThatItsBytesCannotHold) {
  for (const size_t offset : {0, 4, 8, 12, 16, 20, 24, 28}) {
    std::string bytes = BuildIndex(MakeArticles(3));
    std::memset(bytes.data() + offset, 0xff, 4);
    EXPECT_TRUE(absl::IsDataLoss(IndexReader::Open(bytes).status())) << offset;
  }
}

TEST(IndexReaderTest, RefusesAnchorCountsOfAnotherLength) {
  const std::string bytes = BuildIndex(MakeArticles(3));
  EXPECT_TRUE(IndexReader::Open(bytes, std::string(12, '\1')).ok());
  EXPECT_TRUE(absl::IsDataLoss(IndexReader::Open(bytes, std::string(11, '\1')).status()));
}

}  // namespace
}  // namespace unspin
