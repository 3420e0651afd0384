#include "unspin/engine/archive_standing_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "support/archive_files.h"
#include "support/test_folder.h"
#include "unspin/base/hash.h"
#include "unspin/engine/engine.h"
#include "unspin/engine/pipeline.h"
#include "unspin/engine/standing_runs.h"
#include "unspin/language/languages.h"
#include "unspin/shingle/shingle.h"
#include "unspin/text/hash_words.h"

namespace unspin {
namespace {

using testing::kOneSegment;
using testing::OpenArchive;
using testing::OpenWriter;
using testing::TestFolder;

constexpr size_t kShared = 200;  // words of the text that articles share

// Words that no other seed gives.
std::string Words(const std::string& seed, size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i) {
    std::string word = "w";
    for (uint64_t hash = Hash64(seed + std::to_string(i)); word.size() < 9; hash /= 26)
      word += static_cast<char>('a' + hash % 26);
    text += word + ' ';
  }
  return text;
}

// An article of its own words with the shared text between them.
Article Story(const std::string& id, const std::string& site, const std::string& published,
              const std::string& shared = Words("shared", kShared), size_t own_words = 1500) {
  Article article;
  article.id = id;
  article.site = site;
  article.published = published;
  article.text = Words(id + " begins", own_words / 2) + shared + Words(id + " ends", own_words / 2);
  return article;
}

class ArchiveStandingTextTest : public ::testing::Test {
 protected:
  void Write(const std::string& name, const std::vector<Article>& articles, uint64_t segment_bytes = kOneSegment) {
    const auto writer = OpenWriter(folder_.Path(name), segment_bytes);
    for (const Article& article : articles)
      ASSERT_TRUE(writer->Add(article, engine_.Fingerprints(article, workspace_)).ok());
    ASSERT_TRUE(writer->Finish().ok());
  }

  std::vector<uint64_t> RunsOf(const std::string& text) {
    std::vector<uint64_t> words;
    hasher_.Append(text, words);
    return HashShingles(words, 5);
  }

  // How many runs of the suspect are standing text between it and the article `id`.
  size_t CountStanding(const std::string& name, const Article& suspect, const std::string& id) {
    const auto archive = OpenArchive(folder_.Path(name));
    const std::vector<uint64_t> runs = RunsOf(suspect.text);
    ArchiveStandingText standing_text(archive->reader(), suspect, engine_.SketchText(suspect.text, workspace_), runs);
    for (uint32_t segment = 0; segment < archive->Statistics().segments.size(); ++segment) {
      for (uint32_t article = 0;; ++article) {
        const auto stored = archive->reader().Fetch({segment, article});
        if (!stored.ok()) break;
        if (stored->article.id != id) continue;
        std::vector<bool> standing(runs.size(), false);
        const std::vector<uint64_t> shared = standing_text.SharedWith({segment, article}, RunsOf(stored->article.text));
        EXPECT_TRUE(std::adjacent_find(shared.begin(), shared.end(), std::greater_equal<>()) == shared.end());
        StandingRuns(shared).Mark(runs, standing);
        return static_cast<size_t>(std::count(standing.begin(), standing.end(), true));
      }
    }
    ADD_FAILURE() << id << " is not in the archive";
    return 0;
  }
  size_t CountStanding(const std::vector<Article>& articles, const Article& suspect, const std::string& id) {
    const std::string name = "a" + std::to_string(++archives_);
    Write(name, articles);
    return CountStanding(name, suspect, id);
  }

  const TestFolder folder_;
  const Engine engine_;
  Workspace workspace_{engine_};
  WordHasher hasher_{English()};
  int archives_ = 0;
};

const Article kSuspect = Story("suspect", "Herald", "2020-06-01");
const Article kOriginal = Story("original", "Courier", "2020-05-30");

std::vector<Article> WithOriginal(std::vector<Article> others) {
  others.push_back(kOriginal);
  return others;
}

// Nearly all of it; and little of what is around it.
constexpr size_t kMost = kShared * 3 / 4, kMax = kShared + 20;

TEST_F(ArchiveStandingTextTest, WhatManyArticlesOfOneSiteHoldIs) {
  std::vector<Article> others;
  for (int i = 0; i < 4; ++i) others.push_back(Story("x" + std::to_string(i), "Courier", "2020-05-30"));
  const size_t standing = CountStanding(WithOriginal(others), kSuspect, "original");
  EXPECT_GE(standing, kMost);
  EXPECT_LE(standing, kMax);
}

TEST_F(ArchiveStandingTextTest, RunThatTheOriginalHasTwiceIsListedOnce) {
  std::vector<Article> articles;
  for (int i = 0; i < 4; ++i) articles.push_back(Story("x" + std::to_string(i), "Courier", "2020-05-30"));
  const std::string shared = Words("shared", kShared);
  articles.push_back(Story("twice", "Courier", "2020-05-30", shared + shared));
  EXPECT_GE(CountStanding(articles, kSuspect, "twice"), kMost);
}

TEST_F(ArchiveStandingTextTest, WhatStoriesOfSeveralSitesHoldAtOtherTimesIs) {
  const std::vector<Article> others = {Story("x", "Globe", "2018-01-01"), Story("y", "Star", "2019-01-01"),
                                       Story("z", "Post", "2020-01-01")};
  EXPECT_GE(CountStanding(WithOriginal(others), kSuspect, "original"), kMost);
}

TEST_F(ArchiveStandingTextTest, APlainFolderNeedsNoSitesOrDates) {
  Article original = kOriginal, suspect = kSuspect;
  original.site = suspect.site = original.published = suspect.published = "";
  const std::vector<Article> articles = {original, Story("x", "", ""), Story("y", "", ""), Story("z", "", "")};
  EXPECT_GE(CountStanding(articles, suspect, "original"), kMost);
  EXPECT_EQ(CountStanding({original, Story("x", "", ""), Story("y", "", "")}, suspect, "original"), 0u);
}

TEST_F(ArchiveStandingTextTest, WhatOnlyTheTwoHoldIsNot) {
  EXPECT_EQ(CountStanding({kOriginal}, kSuspect, "original"), 0u);
  EXPECT_EQ(CountStanding({kOriginal, kSuspect}, kSuspect, "original"), 0u) << "the suspect's own record";
}

// A paragraph of an agency.
TEST_F(ArchiveStandingTextTest, WhatManySitesPrintInTheSameDaysIsNot) {
  std::vector<Article> others;
  for (int i = 0; i < 6; ++i)
    others.push_back(Story("x" + std::to_string(i), "Site " + std::to_string(i), "2020-05-31"));
  EXPECT_EQ(CountStanding(WithOriginal(others), kSuspect, "original"), 0u);
}

// A story that many sites carry, whenever they do.
TEST_F(ArchiveStandingTextTest, WhatOnlyCopiesOfTheOriginalHoldIsNot) {
  std::vector<Article> others;
  for (int i = 0; i < 6; ++i) {
    Article copy = kOriginal;
    copy.id = "copy" + std::to_string(i);
    copy.site = "Site " + std::to_string(i);
    copy.published = "201" + std::to_string(i) + "-01-01";
    copy.text += Words(copy.id, 30);
    others.push_back(copy);
  }
  EXPECT_EQ(CountStanding(WithOriginal(others), kSuspect, "original"), 0u);
}

TEST_F(ArchiveStandingTextTest, CopiesOfOneOtherStoryCountOnce) {
  std::vector<Article> others;
  for (int i = 0; i < 6; ++i) {
    Article copy = Story("other", "Site " + std::to_string(i), "2018-01-01");
    copy.id += std::to_string(i);
    copy.text += Words(copy.id, 10);
    others.push_back(copy);
  }
  EXPECT_EQ(CountStanding(WithOriginal(others), kSuspect, "original"), 0u);
}

// Single phrases are common; that they follow each other is not.
TEST_F(ArchiveStandingTextTest, PhrasesThatDifferentArticlesHoldAreNot) {
  std::vector<Article> others;
  for (size_t i = 0; i + 8 <= kShared; i += 8) {
    for (const char* const site : {"Globe", "Star", "Post", "Globe", "Globe", "Globe"}) {
      const std::string words = Words("shared", kShared);
      const std::string id = "x" + std::to_string(others.size());
      others.push_back(Story(id, site, "2018-01-01", words.substr(i * 10, 80)));  // a word has 9 letters and a space
    }
  }
  EXPECT_EQ(CountStanding(WithOriginal(others), kSuspect, "original"), 0u);
}

// In one segment, in many, in another order, merged, and beside articles that were removed.
TEST_F(ArchiveStandingTextTest, DependsOnTheArticlesOnly) {
  std::vector<Article> articles = WithOriginal({Story("a", "Courier", "2020-05-30"), Story("b", "Globe", "2018-01-01"),
                                                Story("c", "Star", "2019-01-01"), Story("d", "Courier", "2016-01-01"),
                                                Story("e", "Courier", "2017-01-01"), Story("f", "Post", "2020-05-30")});
  for (int i = 0; i < 20; ++i) articles.push_back(Story("n" + std::to_string(i), "Post", "2020-01-01", ""));
  Write("one", articles);
  const size_t expected = CountStanding("one", kSuspect, "original");
  EXPECT_GE(expected, kMost);

  Write("many", articles, 5 * kOriginal.text.size());
  EXPECT_GE(OpenArchive(folder_.Path("many"))->Statistics().segments.size(), 5u);
  EXPECT_EQ(CountStanding("many", kSuspect, "original"), expected);

  std::reverse(articles.begin(), articles.end());
  Write("reversed", articles, 3 * kOriginal.text.size());
  EXPECT_EQ(CountStanding("reversed", kSuspect, "original"), expected);

  const auto merge = [&](const std::string& name) {
    ASSERT_TRUE(OpenWriter(folder_.Path(name))->Merge(kOneSegment, [](uint64_t) {}).ok());
    ASSERT_EQ(OpenArchive(folder_.Path(name))->Statistics().segments.size(), 1u);
  };
  merge("reversed");
  EXPECT_EQ(CountStanding("reversed", kSuspect, "original"), expected);

  // With all but two of the holders removed it is no standing text, before merging and after.
  {
    const auto writer = OpenWriter(folder_.Path("many"));
    for (const char* const id : {"a", "b", "c", "d"}) EXPECT_TRUE(*writer->Remove(id));
    ASSERT_TRUE(writer->Finish().ok());
  }
  EXPECT_EQ(CountStanding("many", kSuspect, "original"), 0u);
  merge("many");
  EXPECT_EQ(CountStanding("many", kSuspect, "original"), 0u);
  EXPECT_TRUE(OpenArchive(folder_.Path("many"))->Verify().empty());
}

}  // namespace
}  // namespace unspin
