#include "unspin/dedup/stars.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace unspin {
namespace {

std::vector<uint32_t> Representatives(const std::vector<SimilarPair>& pairs, const std::vector<uint32_t>& rank,
                                      const std::vector<uint32_t>& exact_of) {
  std::vector<uint32_t> representatives;
  for (const Membership& membership : ClusterIntoStars(pairs, rank.size(), rank, exact_of))
    representatives.push_back(membership.representative);
  return representatives;
}

TEST(StarsTest, ThePreferredArticleOfANeighbourhoodRepresentsIt) {
  const std::vector<SimilarPair> pairs = {{0, 1, 0.9f}, {1, 2, 0.8f}};
  EXPECT_EQ(Representatives(pairs, {1, 0, 2}, {0, 1, 2}), (std::vector<uint32_t>{1, 1, 1}));
}

TEST(StarsTest, AreNoChains) {
  const std::vector<SimilarPair> pairs = {{0, 1, 0.9f}, {1, 2, 0.8f}};
  EXPECT_EQ(Representatives(pairs, {0, 1, 2}, {0, 1, 2}), (std::vector<uint32_t>{0, 0, 2}));
}

TEST(StarsTest, EqualArticlesShareAMembership) {
  const std::vector<SimilarPair> pairs = {{0, 2, 0.9f}};
  const std::vector<uint32_t> rank = {0, 1, 2, 3}, exact_of = {0, 1, 2, 2};
  const std::vector<Membership> memberships = ClusterIntoStars(pairs, 4, rank, exact_of);
  EXPECT_EQ(memberships[3].representative, 0u);
  EXPECT_EQ(memberships[3].similarity, 0.9f);
  const DedupSummary summary = Summarize(memberships, 4, exact_of);
  EXPECT_EQ(summary.articles, 4u);
  EXPECT_EQ(summary.clusters, 2u);
  EXPECT_EQ(summary.duplicates, 2u);
  EXPECT_EQ(summary.exact, 1u);
}

// Articles 0 to 2 are of the corpus, 3 and 4 of the archive.
constexpr uint32_t kOwn = 3;
const std::vector<uint32_t> kRank = {2, 3, 4, 1, 0};

TEST(StarsTest, TheMostSimilarArchivedArticleRepresents) {
  const std::vector<SimilarPair> pairs = {{0, 1, 0.99f}, {0, 3, 0.9f}, {0, 4, 0.8f}};
  const std::vector<Membership> memberships =
      ClusterIntoStars(pairs, kOwn, kRank, std::vector<uint32_t>{0, 1, 2, 3, 4});
  EXPECT_EQ(memberships[0].representative, 3u);
  EXPECT_EQ(memberships[0].similarity, 0.9f);
  EXPECT_EQ(memberships[1].representative, 1u);  // 0 represents nobody, although 1 is similar to it
}

TEST(StarsTest, AmongEquallySimilarArchivedArticlesTheFirstByRankRepresents) {
  for (const std::vector<SimilarPair>& pairs :
       {std::vector<SimilarPair>{{0, 3, 0.9f}, {0, 4, 0.9f}}, std::vector<SimilarPair>{{0, 4, 0.9f}, {0, 3, 0.9f}}})
    EXPECT_EQ(ClusterIntoStars(pairs, kOwn, kRank, std::vector<uint32_t>{0, 1, 2, 3, 4})[0].representative, 4u);
}

TEST(StarsTest, ArchivedArticlesDoNotCount) {
  const std::vector<SimilarPair> pairs = {{0, 3, 0.9f}, {1, 3, 0.8f}};
  const std::vector<uint32_t> exact_of = {0, 1, 4, 3, 4};
  const std::vector<Membership> memberships = ClusterIntoStars(pairs, kOwn, kRank, exact_of);
  EXPECT_EQ(memberships[2].representative, 4u);
  EXPECT_EQ(memberships[2].similarity, 1);
  const DedupSummary summary = Summarize(memberships, kOwn, exact_of);
  EXPECT_EQ(summary.articles, 3u);
  EXPECT_EQ(summary.clusters, 2u);
  EXPECT_EQ(summary.duplicates, 3u);
  EXPECT_EQ(summary.archived, 3u);
  EXPECT_EQ(summary.exact, 1u);
}

}  // namespace
}  // namespace unspin
