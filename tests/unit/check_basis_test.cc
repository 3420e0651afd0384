#include "unspin/engine/check_basis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "support/check_archives.h"
#include "support/sample_articles.h"

namespace unspin {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::MadeWords;
using testing::ReadSample;
using testing::Rendered;
using testing::SampleArticle;
using testing::SampleStories;
using ::testing::SizeIs;

class CheckBasisTest : public testing::CheckArchiveTest {};

std::vector<Article> SampleOriginals() {
  std::vector<Article> articles;
  for (const std::string& story : SampleStories()) articles.push_back(SampleArticle(story, "original.txt"));
  return articles;
}

std::vector<std::string> IdsOf(const CheckBasis& basis) {
  std::vector<std::string> ids;
  for (const BasisOriginal& original : basis.originals) ids.push_back(original.stored.article.id);
  return ids;
}

// An article of its own words with text between them that many share.
Article Story(const std::string& id, const std::string& site, const std::string& published) {
  Article article;
  article.id = id;
  article.site = site;
  article.published = published;
  article.text = MadeWords(id + " begins", 300) + MadeWords("shared", 200) + MadeWords(id + " ends", 300);
  return article;
}

TEST_F(CheckBasisTest, EverySampleComesOutTheSame) {
  Write("archive", SampleOriginals());
  size_t findings = 0;
  for (const std::string& story : SampleStories()) {
    for (const char* const file :
         {"copy.txt", "edited.txt", "spun.txt", "rewritten.txt", "excerpt.txt", "independent.txt"})
      findings += Check("archive", SampleArticle(story, file)).report.findings.size();
  }
  EXPECT_GT(findings, 3 * SampleStories().size());
}

TEST_F(CheckBasisTest, HoldsTheOriginalsOfTheFindingsAndNoOthers) {
  std::vector<Article> articles = SampleOriginals();
  // On the same events, without shared wording: judged, and not listed.
  for (const std::string& story : SampleStories()) articles.push_back(SampleArticle(story, "independent.txt"));
  Write("archive", articles);
  size_t judged = 0, kept = 0;
  for (const std::string& story : SampleStories()) {
    CheckOptions options;
    const Article suspect = SampleArticle(story, "rewritten.txt");
    const Checked checked = Check("archive", suspect, options);
    std::vector<std::string> listed;
    for (const Finding& finding : checked.report.findings) listed.push_back(finding.original.id);
    if (!listed.empty()) {
      EXPECT_THAT(IdsOf(checked.basis), ::testing::UnorderedElementsAreArray(listed));
    }
    options.all = true;
    judged += Check("archive", suspect, options).report.findings.size();
    kept += checked.basis.originals.size();
  }
  EXPECT_LT(kept, judged);
}

TEST_F(CheckBasisTest, OfASuspectWithoutFindingsHoldsTheClosestArticles) {
  Write("archive", SampleOriginals());
  bool was_close = false;
  for (const std::string& story : SampleStories()) {
    const Checked checked = Check("archive", SampleArticle(story, "independent.txt"));
    if (!checked.report.findings.empty()) continue;
    EXPECT_LE(checked.basis.originals.size(), 2u);
    was_close |= !checked.basis.originals.empty();
  }
  EXPECT_TRUE(was_close);
}

TEST_F(CheckBasisTest, StandingTextOfTheArchiveIsKnownWithoutIt) {
  std::vector<Article> articles = {Story("original", "Courier", "2020-05-30")};
  articles.front().text += MadeWords("shared", 200);  // an article that repeats itself
  for (int i = 0; i < 4; ++i) articles.push_back(Story("other " + std::to_string(i), "Courier", "2020-01-01"));
  Write("archive", articles);
  CheckOptions options;
  options.all = true;
  const Article suspect = Story("suspect", "Herald", "2020-06-01");
  Checked checked = Check("archive", suspect, options);
  const auto has_runs = [](const BasisOriginal& original) { return !original.standing_runs.empty(); };
  ASSERT_TRUE(std::any_of(checked.basis.originals.begin(), checked.basis.originals.end(), has_runs));
  for (const BasisOriginal& original : checked.basis.originals) {
    const std::vector<uint64_t>& runs = original.standing_runs;
    EXPECT_EQ(std::adjacent_find(runs.begin(), runs.end(), std::greater_equal<>()), runs.end())
        << "ascending, each once";
  }
  for (BasisOriginal& original : checked.basis.originals) original.standing_runs.clear();
  EXPECT_NE(Rendered(Again(suspect, checked.basis, options)), Rendered(checked.report));
}

TEST_F(CheckBasisTest, StandingRunsHaveTheWordsOfTheSuspect) {
  std::vector<Article> articles = {Story("original", "Courier", "2020-05-30")};
  for (int i = 0; i < 4; ++i) articles.push_back(Story("other " + std::to_string(i), "Courier", "2020-01-01"));
  Write("archive", articles);
  CheckOptions options;
  options.all = true;
  const Article suspect = Story("suspect", "Herald", "2020-06-01");
  const Checked checked = Check("archive", suspect, options);
  const WordsOfRuns words = engine_.WordsOfStandingRuns(suspect, checked.basis, workspace_);
  for (const BasisOriginal& original : checked.basis.originals) {
    for (const uint64_t run : original.standing_runs) {
      ASSERT_TRUE(words.contains(run));
      EXPECT_NE(suspect.text.find(words.at(run)), std::string::npos) << words.at(run);
    }
  }
}

// An agency's story, a shorter article that took from it, and a suspect that took all of it.
class ExplainedTest : public CheckBasisTest {
 protected:
  void SetUp() override {
    const std::string story = SampleStories().front();
    agency_ = SampleArticle(story, "original.txt");
    agency_.published = "2020-01-01";
    third_ = SampleArticle(story, "excerpt.txt");
    third_.published = "2020-01-02";
    suspect_ = SampleArticle(story, "edited.txt");
    suspect_.published = "2020-01-05";
    Write("archive", {agency_, third_});
    options_.all = true;
  }

  Article agency_, third_, suspect_;
  CheckOptions options_;
};

TEST_F(ExplainedTest, AnArticleThatExplainsAnotherAwayIsKept) {
  const Checked checked = Check("archive", suspect_, options_);
  const auto explained = std::find_if(checked.report.findings.begin(), checked.report.findings.end(),
                                      [](const Finding& finding) { return finding.verdict == Verdict::kCommonSource; });
  ASSERT_NE(explained, checked.report.findings.end());
  EXPECT_EQ(explained->original.id, third_.id);
  EXPECT_THAT(IdsOf(checked.basis), ::testing::UnorderedElementsAre(agency_.id, third_.id));
}

TEST_F(ExplainedTest, WithoutTheExplainingArticleTheReportIsAnother) {
  Checked checked = Check("archive", suspect_, options_);
  std::erase_if(checked.basis.originals,
                [&](const BasisOriginal& original) { return original.stored.article.id == agency_.id; });
  ASSERT_THAT(checked.basis.originals, SizeIs(1));
  EXPECT_NE(Again(suspect_, checked.basis, options_).findings.front().verdict, Verdict::kCommonSource);
}

TEST_F(CheckBasisTest, OwnRecordsAreSetAsideAgain) {
  std::vector<Article> articles = SampleOriginals();
  const Article suspect = articles.front();
  Write("archive", articles);
  const Checked checked = Check("archive", suspect);
  EXPECT_THAT(checked.report.set_aside, ElementsAre(suspect.id));
  EXPECT_THAT(IdsOf(checked.basis), ::testing::Contains(suspect.id));
}

TEST_F(CheckBasisTest, OneFileUnderTwoSpellingsIsKnownAfterItIsGone) {
  const std::string text = ReadSample(SampleStories().front(), "original.txt");
  Article original, suspect;
  original.text = suspect.text = text;
  original.id = original.path = folder_.Path("article.txt");
  suspect.id = suspect.path = folder_.Path("./article.txt");
  testing::WriteFile(original.path, text);
  Write("archive", {original});
  const auto archive = testing::OpenArchive(folder_.Path("archive"));
  CheckBasis basis;
  const auto report = engine_.Check(suspect, *archive, {}, workspace_, &basis);
  ASSERT_TRUE(report.ok());
  EXPECT_THAT(report->set_aside, ElementsAre(original.id));
  ASSERT_EQ(std::remove(original.path.c_str()), 0);
  EXPECT_EQ(Rendered(Again(suspect, basis)), Rendered(*report));
}

TEST_F(CheckBasisTest, AFileOfThatNameThatComesLaterChangesNothing) {
  const std::string text = ReadSample(SampleStories().front(), "original.txt");
  Article original, suspect;
  original.text = suspect.text = text;
  original.id = original.path = folder_.Path("article.txt");
  suspect.id = suspect.path = folder_.Path("./article.txt");
  Write("archive", {original});
  const Checked checked = Check("archive", suspect);
  EXPECT_THAT(checked.report.set_aside, IsEmpty());
  testing::WriteFile(original.path, text);
  EXPECT_EQ(Rendered(Again(suspect, checked.basis)), Rendered(checked.report));
}

TEST_F(CheckBasisTest, ExcludedWordsStayExcluded) {
  Write("archive", SampleOriginals());
  for (const std::string& story : SampleStories()) {
    const Article suspect = SampleArticle(story, "edited.txt");
    CheckOptions options;
    options.exclude.spans = {{0, static_cast<uint32_t>(suspect.text.size() / 2)}};
    Check("archive", suspect, options);
  }
}

TEST_F(CheckBasisTest, ExcludedOriginalsAreNotInTheBasis) {
  Write("archive", SampleOriginals());
  const std::string story = SampleStories().front();
  CheckOptions options;
  options.exclude.originals = {story + "/original.txt"};
  const Checked checked = Check("archive", SampleArticle(story, "copy.txt"), options);
  EXPECT_THAT(IdsOf(checked.basis), ::testing::Not(::testing::Contains(story + "/original.txt")));
}

TEST_F(CheckBasisTest, OfEqualTextsTheListedOneIsEnough) {
  const std::string story = SampleStories().front();
  std::vector<Article> articles;
  for (const char* const id : {"c", "a", "b"}) {
    articles.push_back(SampleArticle(story, "original.txt"));
    articles.back().id = id;
  }
  Write("archive", articles);
  CheckOptions options;
  options.limit = 1;
  EXPECT_THAT(IdsOf(Check("archive", SampleArticle(story, "copy.txt"), options).basis), ElementsAre("a"));
}

TEST_F(CheckBasisTest, LearntReplacementsThatOccurAreKept) {
  const std::string story = SampleStories().front();
  Write("archive", SampleOriginals());
  const Article suspect = SampleArticle(story, "spun.txt");
  const std::vector<Substitution> found = Check("archive", suspect).report.findings.front().substitutions;
  std::vector<Substitution> learnt = found;
  learnt.push_back({"xylophone", "zither", 1, SubstitutionSource::kContext});
  Teach("archive", learnt);
  Checked checked = Check("archive", suspect);
  ASSERT_THAT(checked.basis.replacements, ::testing::Not(IsEmpty()));
  EXPECT_THAT(checked.basis.replacements,
              ::testing::Not(::testing::Contains(LearntReplacement{"xylophone", "zither"})));
  EXPECT_TRUE(std::is_sorted(checked.basis.replacements.begin(), checked.basis.replacements.end()));
  checked.basis.replacements.clear();
  EXPECT_NE(Rendered(Again(suspect, checked.basis)), Rendered(checked.report));
}

TEST_F(CheckBasisTest, AnArchiveThatHasNothingAlikeLeavesAnEmptyBasis) {
  Write("archive", {Story("original", "Courier", "2020-05-30")});
  Article suspect;
  suspect.id = "short";
  suspect.text = "Three short words.";
  EXPECT_THAT(Check("archive", suspect).basis.originals, IsEmpty());
}

TEST_F(CheckBasisTest, AnyBasisGivesAReport) {
  Write("archive", SampleOriginals());
  const Article suspect = SampleArticle(SampleStories().front(), "edited.txt");
  CheckBasis basis = Check("archive", suspect).basis;
  BasisOriginal strange = basis.originals.front();
  strange.standing_runs = {9, 7, 7, 0, ~uint64_t{0}};
  strange.stored.sha256 = "none";
  strange.stored.article.steps = {{900, 5, 6, 7}, {3, 1, 1, 1}};
  BasisOriginal empty, own;
  empty.stored.sha256 = "another";
  own.stored.article.id = suspect.id;
  own.stored.sha256 = Again(suspect, {}).suspect.sha256;
  own.is_suspects_file = true;
  basis.originals = {strange, empty, own, strange, empty};
  basis.replacements = {{"", ""}, {"a", ""}, {"\xff", "b  c"}};
  const Report report = Again(suspect, basis);
  EXPECT_THAT(report.set_aside, ElementsAre(suspect.id));
  EXPECT_FALSE(Rendered(report).empty());
}

}  // namespace
}  // namespace unspin
