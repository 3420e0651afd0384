#include "unspin/index/score_window.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <random>
#include <span>
#include <vector>

namespace unspin {
namespace {

struct List {
  float weight;
  std::vector<uint32_t> articles;
};

constexpr uint32_t kRange = ScoreWindow::kRange, kArticles = 5 * kRange / 2;

// The longest holds one article in `share`. Some are long and light, as those of common words are.
std::vector<List> MakeLists(std::mt19937& random, uint32_t share) {
  std::vector<List> lists;
  for (const uint32_t times : {1u, 2u, 3u, 20u, 50u, 50u, 500u}) {
    List& list = lists.emplace_back();
    list.weight = static_cast<float>(times % 97 + 1) / 7;
    for (uint32_t article = 0; article < kArticles; ++article) {
      if (random() % (share * times) == 0) list.articles.push_back(article);
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

// Many articles for each block and few: they are gone through in other ways.
class ScoreWindowTest : public ::testing::TestWithParam<uint32_t> {};

TEST_P(ScoreWindowTest, WhatReachesTheBarOfItsBlockIsTakenOnceWithItsScore) {
  std::mt19937 random(23);
  ScoreWindow scores;  // one for all, as for the segments of an archive
  std::array<float, 256> least;
  for (size_t code = 0; code < least.size(); ++code) least[code] = 0.01f + static_cast<float>(code) / 9;
  for (int times = 0; times < 3; ++times) {
    const std::vector<List> lists = MakeLists(random, GetParam());
    const std::vector<float> expected = ScoresOf(lists);
    uint32_t left_out = 0, taken = 0;
    scores.Start();
    for (const List& list : lists) {
      scores.Add(list.articles.size() + 8, list.weight, [&](std::span<uint32_t> room) {
        std::copy(list.articles.begin(), list.articles.end(), room.begin());
        return list.articles.size();
      });
    }
    for (uint32_t begin = 0; begin < kArticles; begin += kRange) {
      const uint32_t end = std::min(begin + kRange, kArticles);
      std::vector<uint8_t> codes((end - begin + kScoreBlock - 1) / kScoreBlock);
      for (uint8_t& code : codes) code = static_cast<uint8_t>(random());
      scores.Gather(begin);
      for (const uint32_t article : {begin, begin + (end - begin) / 2, end - 1}) {
        EXPECT_EQ(scores.Take(article), expected[article]) << article;
        EXPECT_EQ(scores.Take(article), 0) << article;
      }
      std::map<uint32_t, float> rest;
      for (size_t block = 0; block < codes.size();) {
        const size_t before = block;
        for (const auto& [place, score] : scores.TakeRest(codes, least, block))
          EXPECT_TRUE(rest.emplace(begin + place, score).second) << place;
        ASSERT_GT(block, before);
      }
      for (uint32_t article = begin; article < end; ++article) {
        const bool was_taken = article == begin || article == begin + (end - begin) / 2 || article == end - 1;
        const bool reaches = expected[article] >= least[codes[(article - begin) / kScoreBlock]];
        ASSERT_EQ(rest.count(article), reaches && !was_taken) << article;
        if (rest.contains(article)) {
          ASSERT_EQ(rest[article], expected[article]);
        }
        left_out += expected[article] > 0 && !reaches;
        taken += reaches;
        ASSERT_EQ(scores.Take(article), 0) << "nothing is left behind";
      }
    }
    EXPECT_GT(left_out, 0u);
    EXPECT_GT(taken, 0u);
  }
}

INSTANTIATE_TEST_SUITE_P(Shares, ScoreWindowTest, ::testing::Values(2, 3000));

}  // namespace
}  // namespace unspin
