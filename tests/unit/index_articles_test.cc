#include "unspin/engine/index_articles.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "support/archive_files.h"
#include "support/made_articles.h"
#include "support/test_folder.h"
#include "unspin/engine/engine.h"

namespace unspin {
namespace {

using testing::MakeArticle;
using testing::Message;
using testing::OpenArchive;
using testing::OpenWriter;
using testing::ReadFile;
using testing::TestFolder;

// Returns the made articles [begin, end) one after the other.
std::function<std::optional<Article>()> MadeArticles(uint64_t begin, uint64_t end) {
  return [begin, end]() mutable -> std::optional<Article> {
    if (begin == end) return std::nullopt;
    return MakeArticle(begin++).article;
  };
}

std::map<std::string, std::string> Files(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    files[entry.path().filename()] = ReadFile(entry.path());
  }
  return files;
}

TEST(IndexArticlesTest, CountsNewArticlesNewVersionsAndUnchangedOnes) {
  const TestFolder folder;
  const Engine engine;
  const auto first = IndexArticles(engine, folder.Path("a"), MadeArticles(0, 20));
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(*first, (IndexedArticles{20, 0, 0}));
  bool given = false;
  const auto second = IndexArticles(engine, folder.Path("a"), [&]() -> std::optional<Article> {
    if (given) return std::nullopt;
    given = true;
    Article other = MakeArticle(3).article;
    other.text += " One more sentence.";
    return other;
  });
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(*second, (IndexedArticles{0, 1, 0}));
  EXPECT_EQ(*IndexArticles(engine, folder.Path("a"), MadeArticles(5, 25)), (IndexedArticles{5, 0, 15}));
  EXPECT_EQ(OpenArchive(folder.Path("a"))->Statistics().articles, 26u);
}

TEST(IndexArticlesTest, MakesTheSameFilesWithAnyNumberOfThreads) {
  const TestFolder folder;
  const Engine engine;
  constexpr uint64_t kSmallSegment = 20'000;  // bytes of text: several segments
  for (const unsigned threads : {1u, 2u, 5u}) {
    const IndexArticlesOptions options{threads, kSmallSegment, false};
    ASSERT_TRUE(IndexArticles(engine, folder.Path(std::to_string(threads)), MadeArticles(0, 200), options).ok());
  }
  const auto one = Files(folder.Path("1"));
  EXPECT_GT(one.size(), 3u);
  EXPECT_EQ(one, Files(folder.Path("2")));
  EXPECT_EQ(one, Files(folder.Path("5")));
}

TEST(IndexArticlesTest, MakesAnArchiveInWhichTheEngineFindsTheOriginal) {
  const TestFolder folder;
  const Engine engine;
  ASSERT_TRUE(IndexArticles(engine, folder.Path("a"), MadeArticles(0, 50)).ok());
  const auto archive = OpenArchive(folder.Path("a"));
  Workspace workspace(engine);
  Article suspect = MakeArticle(17).article;
  const std::string original = suspect.id;
  suspect.id = suspect.path = "suspect";
  suspect.record.reset();
  const auto report = engine.Check(suspect, *archive, {}, workspace);
  ASSERT_TRUE(report.ok()) << report.status();
  ASSERT_FALSE(report->findings.empty());
  EXPECT_EQ(report->findings.front().original.id, original);
}

TEST(IndexArticlesTest, FailsWhereAnotherWriterHoldsTheLock) {
  const TestFolder folder;
  const auto writer = OpenWriter(folder.Path("a"));
  const auto counts = IndexArticles(Engine(), folder.Path("a"), MadeArticles(0, 1));
  ASSERT_FALSE(counts.ok());
  EXPECT_THAT(Message(counts.status()), ::testing::HasSubstr("lock"));
}

}  // namespace
}  // namespace unspin
