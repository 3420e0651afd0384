#include "unspin/index/range_scores.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

namespace unspin {
namespace {

struct List {
  float weight;
  std::vector<uint32_t> articles;
};

constexpr uint32_t kRange = RangeScores::kRange, kArticles = 5 * kRange / 2;

// Some lists long and light, as those of common words are.
std::vector<List> MakeLists(std::mt19937& random) {
  std::vector<List> lists;
  for (const uint32_t share : {2u, 3u, 5u, 40u, 100u, 100u, 1000u, 3000u, 10000u}) {
    List& list = lists.emplace_back();
    list.weight = static_cast<float>(share % 97 + 1) / 7;
    for (uint32_t article = 0; article < kArticles; ++article) {
      if (random() % share == 0) list.articles.push_back(article);
    }
  }
  std::shuffle(lists.begin(), lists.end(), random);
  return lists;
}

std::vector<float> ScoresOf(const std::vector<List>& lists) {
  std::vector<float> scores(kArticles, 0);
  for (const List& list : lists) {
    for (const uint32_t article : list.articles) scores[article] += list.weight;
  }
  return scores;
}

TEST(RangeScoresTest, WhatReachesTheBarAndWhatIsWantedHasItsScore) {
  std::mt19937 random(23);
  RangeScores scores;  // one for all, as for the segments of an archive
  for (const float least : {0.0f, 3.0f, 12.0f, 1000.0f}) {
    const std::vector<List> lists = MakeLists(random);
    const std::vector<float> expected = ScoresOf(lists);
    uint32_t left_out = 0;
    scores.Start();
    for (const List& list : lists) {
      scores.Add(list.articles.size() + 8, list.weight, [&](std::span<uint32_t> room) {
        std::copy(list.articles.begin(), list.articles.end(), room.begin());
        return list.articles.size();
      });
    }
    for (uint32_t begin = 0; begin < kArticles; begin += kRange) {
      const uint32_t end = std::min(begin + kRange, kArticles);
      const std::vector<uint32_t> wanted = {begin, begin + (end - begin) / 2, end - 1};
      scores.Gather(begin, least, wanted);
      for (uint32_t article = begin; article < end; ++article) {
        const float score = scores.Take(article);
        const bool needed = expected[article] >= least || std::count(wanted.begin(), wanted.end(), article) > 0;
        if (!needed && score == 0) {
          left_out += expected[article] > 0;
          continue;
        }
        ASSERT_EQ(score, expected[article]) << least << ": " << article;
      }
      const ScoreBlocks left = scores.Blocks(nullptr, nullptr, (end - begin + kScoreBlock - 1) / kScoreBlock);
      std::fill_n(left.touched, left.blocks, uint8_t{0});
    }
    EXPECT_EQ(left_out > 0, least > 0) << "those that cannot reach the bar are not looked at";
  }
}

}  // namespace
}  // namespace unspin
