#include "unspin/dedup/stars.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace unspin {
namespace {

std::vector<uint32_t> Representatives(const std::vector<SimilarPair>& pairs, const std::vector<uint32_t>& rank,
                                      const std::vector<uint32_t>& exact_of) {
  std::vector<uint32_t> representatives;
  for (const Membership& membership : ClusterIntoStars(pairs, rank, exact_of))
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
  const std::vector<Membership> memberships = ClusterIntoStars(pairs, rank, exact_of);
  EXPECT_EQ(memberships[3].representative, 0u);
  EXPECT_EQ(memberships[3].similarity, 0.9f);
  const DedupSummary summary = Summarize(memberships, exact_of);
  EXPECT_EQ(summary.articles, 4u);
  EXPECT_EQ(summary.clusters, 2u);
  EXPECT_EQ(summary.duplicates, 2u);
  EXPECT_EQ(summary.exact, 1u);
}

}  // namespace
}  // namespace unspin
