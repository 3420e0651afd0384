#include "unspin/standing/run_lists.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "unspin/base/hash.h"
#include "unspin/base/strings.h"

namespace unspin {
namespace {

using ::testing::IsEmpty;

struct MadeRuns {
  std::vector<uint64_t> runs;
  ArticleOrigin origin;
};

// Run number `n`, which is listed.
uint64_t RunNumber(uint64_t n) { return kEndOfIndexed + Mix64(n) % (kEndOfSampled - kEndOfIndexed); }

// Articles that share some of 300 runs; some have none, some have one twice.
std::vector<MadeRuns> MakeRuns(size_t count) {
  std::mt19937_64 random(count);
  std::vector<MadeRuns> articles(count);
  for (size_t i = 0; i < count; ++i) {
    for (uint64_t n = random() % 20; n > 0; --n) articles[i].runs.push_back(RunNumber(random() % 300));
    if (!articles[i].runs.empty()) articles[i].runs.push_back(articles[i].runs.front());
    articles[i].origin = {static_cast<uint32_t>(random() % 5), static_cast<int32_t>(random() % 9000)};
  }
  return articles;
}

std::string Build(std::span<const MadeRuns> articles) {
  RunListsBuilder builder;
  for (const MadeRuns& made : articles) builder.Add(made.runs, made.origin);
  return Concatenated(builder.Build());
}

std::vector<uint32_t> HoldersOf(const RunLists& lists, uint64_t run) {
  std::vector<uint32_t> holders;
  EXPECT_TRUE(lists.VisitHolders(run, [&](uint32_t article) {
    holders.push_back(article);
    return true;
  }));
  return holders;
}

TEST(RunListsTest, ListsTheHoldersOfEveryRun) {
  for (const size_t count : {0u, 1u, 2u, 3u, 64u, 65u, 1000u}) {
    const std::vector<MadeRuns> articles = MakeRuns(count);
    const std::string bytes = Build(articles);
    const auto lists = RunLists::Open(bytes);
    ASSERT_TRUE(lists.ok()) << lists.status();
    ASSERT_EQ(lists->size(), count);
    std::map<uint64_t, std::set<uint32_t>> expected;
    for (uint32_t i = 0; i < count; ++i) {
      EXPECT_EQ(lists->OriginOf(i), articles[i].origin);
      for (const uint64_t run : articles[i].runs) expected[run].insert(i);
    }
    for (uint64_t n = 0; n < 400; ++n) {
      const std::set<uint32_t>& holders = expected[RunNumber(n)];
      EXPECT_THAT(HoldersOf(*lists, RunNumber(n)), ::testing::ElementsAreArray(holders)) << count;
    }
  }
}

TEST(RunListsTest, StopsWhereTheVisitorHasEnough) {
  const std::string bytes = Build(std::vector<MadeRuns>(9, {{RunNumber(1)}, {}}));
  const auto lists = RunLists::Open(bytes);
  ASSERT_TRUE(lists.ok());
  uint32_t visited = 0;
  EXPECT_FALSE(lists->VisitHolders(RunNumber(1), [&](uint32_t) { return ++visited < 3; }));
  EXPECT_EQ(visited, 3u);
}

// Byte by byte.
TEST(RunListsTest, MergedListsEqualTheListsOfAllRemainingArticles) {
  for (const size_t count : {1u, 30u, 700u}) {
    const std::vector<MadeRuns> articles = MakeRuns(count);
    const std::vector<size_t> begins = {0, count / 3, count / 3, count / 2, count};  // one part is empty
    for (const bool with_deleted : {false, true}) {
      std::vector<std::string> bytes;
      std::vector<std::vector<uint32_t>> deleted;
      std::vector<MadeRuns> remaining;
      for (size_t part = 0; part + 1 < begins.size(); ++part) {
        bytes.push_back(Build(std::span(articles).subspan(begins[part], begins[part + 1] - begins[part])));
        deleted.emplace_back();
        for (size_t i = begins[part]; i < begins[part + 1]; ++i) {
          if (with_deleted && (i % 7 == 1 || i == begins[part])) {
            deleted.back().push_back(static_cast<uint32_t>(i - begins[part]));
          } else {
            remaining.push_back(articles[i]);
          }
        }
      }
      std::vector<RunLists> lists;
      std::vector<DocIdMap::Source> sources;
      for (size_t part = 0; part < bytes.size(); ++part) {
        lists.push_back(*RunLists::Open(bytes[part]));
        sources.push_back({lists.back().size(), deleted[part]});
      }
      std::vector<const RunLists*> parts;
      for (const RunLists& part : lists) parts.push_back(&part);
      std::string merged;
      MergeRunLists(parts, DocIdMap(sources), [&](std::string_view some) { merged.append(some); });
      EXPECT_TRUE(merged == Build(remaining)) << count << (with_deleted ? " with deleted articles" : "");
    }
  }
}

// Under the address sanitizer a read out of bounds fails; here, an article out of bounds.
TEST(RunListsTest, ReadsDamagedBytesInBounds) {
  const std::string intact = Build(MakeRuns(50));
  std::mt19937_64 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string bytes = intact;
    for (int change = 0; change < 4; ++change) bytes[random() % bytes.size()] = static_cast<char>(random());
    if (round % 3 == 0) bytes.resize(random() % bytes.size());
    const auto lists = RunLists::Open(bytes);
    if (!lists.ok()) continue;
    for (uint64_t n = 0; n < 20; ++n) {
      for (const uint32_t article : HoldersOf(*lists, RunNumber(n))) EXPECT_LT(article, lists->size());
    }
    if (lists->size() == 0) continue;
    const RunLists* const parts[] = {&*lists};
    MergeRunLists(parts, DocIdMap(std::vector<DocIdMap::Source>{{lists->size(), {}}}), [](std::string_view) {});
  }
}

TEST(RunListsTest, RefusesALengthThatDoesNotFit) {
  const std::string intact = Build(MakeRuns(50));
  for (const size_t length : {size_t{0}, size_t{3}, intact.size() - 1, intact.size() - 4})
    EXPECT_FALSE(RunLists::Open(std::string_view(intact).substr(0, length)).ok()) << length;
  EXPECT_FALSE(RunLists::Open(intact + "1234").ok());
}

TEST(RunListsTest, ListsThreeRunsInThirtyTwo) {
  std::vector<uint64_t> runs(100'000);
  for (size_t i = 0; i < runs.size(); ++i) runs[i] = Mix64(i);
  EXPECT_NEAR(static_cast<double>(ListedRuns(runs).size()) / static_cast<double>(runs.size()), 3.0 / 32, 0.01);
  EXPECT_THAT(ListedRuns({}), IsEmpty());
}

TEST(RunListsTest, ASiteIsItsNameOrItsHost) {
  const auto site = [](std::string_view name, std::string_view url) { return ArticleOrigin::Of(name, url, "").site; };
  EXPECT_EQ(site("Courier", "https://a.example/1"), site("Courier", "https://b.example/2"));
  EXPECT_EQ(site("", "https://www.Courier.example/1"), site("", "http://courier.example:80/2?q"));
  EXPECT_NE(site("", "https://courier.example/1"), site("", "https://herald.example/1"));
  EXPECT_EQ(site("", ""), ArticleOrigin::kUnknownSite);
}

TEST(RunListsTest, ADayIsReadFromADateOfAnyForm) {
  const auto day = [](std::string_view published) { return ArticleOrigin::Of("", "", published).day; };
  EXPECT_EQ(day("1970-01-02"), 1);
  EXPECT_EQ(day("2016-09-20T23:59:59+02:00"), 17064);
  EXPECT_EQ(day("20160920"), 17064);
  EXPECT_EQ(day("9/20/2016"), 17064);
  for (const char* const unknown : {"", "9/10/2016", "2016", "2016-13-01", "2016-02-30", "0000-01-01", "yesterday"})
    EXPECT_EQ(day(unknown), ArticleOrigin::kUnknownDay) << unknown;
}

}  // namespace
}  // namespace unspin
