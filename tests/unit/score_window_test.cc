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

constexpr uint32_t kWindow = ScoreWindow::kArticles, kArticles = 5 * kWindow / 2;

// The longest list has one article in `share`. Some lists are long and light, as those of common words are.
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

// Parameter: one article in so many is in the longest list. Many postings for each block and few take different paths.
class ScoreWindowTest : public ::testing::TestWithParam<uint32_t> {};

TEST_P(ScoreWindowTest, PopsEachScoreThatReachesTheThresholdOfItsBlockOnce) {
  std::mt19937 random(23);
  ScoreWindow window;  // reused, as for the segments of an archive
  std::array<float, kNormCodes> thresholds;
  for (size_t code = 0; code < thresholds.size(); ++code) thresholds[code] = 0.01f + static_cast<float>(code) / 9;
  for (int round = 0; round < 3; ++round) {
    const std::vector<List> lists = MakeLists(random, GetParam());
    const std::vector<float> expected = ScoresOf(lists);
    uint32_t below = 0, above = 0;
    window.Reset();
    for (const List& list : lists) {
      window.AddList(list.articles.size() + 8, list.weight, [&](std::span<uint32_t> room) {
        std::copy(list.articles.begin(), list.articles.end(), room.begin());
        return list.articles.size();
      });
    }
    for (uint32_t begin = 0; begin < kArticles; begin += kWindow) {
      const uint32_t end = std::min(begin + kWindow, kArticles);
      std::vector<NormCode> codes((end - begin + kScoreBlock - 1) / kScoreBlock);
      for (NormCode& code : codes) code = static_cast<NormCode>(random());
      window.Accumulate(begin);
      for (const uint32_t article : {begin, begin + (end - begin) / 2, end - 1}) {
        EXPECT_EQ(window.Pop(article), expected[article]) << article;
        EXPECT_EQ(window.Pop(article), 0) << article;
      }
      std::map<uint32_t, float> popped;
      for (size_t block = 0; block < codes.size();) {
        const size_t before = block;
        for (const auto& [offset, score] : window.PopAbove(codes, thresholds, block))
          EXPECT_TRUE(popped.emplace(begin + offset, score).second) << offset;
        ASSERT_GT(block, before);
      }
      for (uint32_t article = begin; article < end; ++article) {
        const bool was_popped = article == begin || article == begin + (end - begin) / 2 || article == end - 1;
        const bool reaches = expected[article] >= thresholds[codes[(article - begin) / kScoreBlock]];
        ASSERT_EQ(popped.count(article), reaches && !was_popped) << article;
        if (popped.contains(article)) {
          ASSERT_EQ(popped[article], expected[article]);
        }
        below += expected[article] > 0 && !reaches;
        above += reaches;
        ASSERT_EQ(window.Pop(article), 0) << "a score was left behind";
      }
    }
    EXPECT_GT(below, 0u);
    EXPECT_GT(above, 0u);
  }
}

INSTANTIATE_TEST_SUITE_P(Shares, ScoreWindowTest, ::testing::Values(2, 3000));

}  // namespace
}  // namespace unspin
