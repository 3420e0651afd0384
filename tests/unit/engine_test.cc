#include "unspin/engine/engine.h"
#include "unspin/engine/archive_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "support/sample_articles.h"
#include "support/test_folder.h"
#include "unspin/base/sha256.h"
#include "unspin/engine/archive.h"
#include "unspin/engine/fill_finding.h"
#include "unspin/engine/pipeline.h"

namespace unspin {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::ReadSample;
using testing::SampleArticle;
using testing::SampleStories;
using ::testing::SizeIs;
using testing::TestFolder;

Article Made(std::string id, std::string text) {
  Article article;
  article.id = std::move(id);
  article.text = std::move(text);
  return article;
}

std::string Quote(const std::string& text, ByteSpan span) { return text.substr(span.begin, span.size()); }

class EngineTest : public ::testing::Test {
 protected:
  Report Compare(const Article& original, const Article& suspect, const CheckOptions& options = {}) {
    return engine_.Compare(original, suspect, options, workspace_);
  }
  Report Compare(std::string original, std::string suspect) {
    return Compare(Made("o", std::move(original)), Made("s", std::move(suspect)));
  }
  void AddTo(const std::string& folder, const std::vector<Article>& articles) {
    auto writer = ArchiveWriter::Open(folder);
    ASSERT_TRUE(writer.ok()) << writer.status();
    for (const Article& article : articles) {
      ASSERT_TRUE((*writer)->Add(article, engine_.Fingerprints(article, workspace_)).ok());
    }
    ASSERT_TRUE((*writer)->Finish().ok());
  }
  Report Check(const Article& suspect, const Archive& archive, const CheckOptions& options = {}) {
    auto report = engine_.Check(suspect, archive, options, workspace_);
    EXPECT_TRUE(report.ok()) << report.status();
    return *std::move(report);
  }

  const Engine engine_;
  Workspace workspace_{engine_};
  const std::string story_ = ReadSample("rail-strike", "original.txt");
};

TEST_F(EngineTest, ComparingMakesOneFindingForAnyVerdict) {
  for (const std::string& suspect :
       {std::string(), std::string("word"), story_, ReadSample("vent-field", "original.txt")}) {
    const Report report = Compare(story_, suspect);
    ASSERT_THAT(report.findings, SizeIs(1));
    EXPECT_EQ(report.summary.verdict, report.findings[0].verdict);
    EXPECT_EQ(report.summary.probability, report.findings[0].probability);
    EXPECT_EQ(report.version, kVersion);
    EXPECT_EQ(report.model, engine_.ModelName());
    EXPECT_FALSE(report.error);
  }
}

TEST_F(EngineTest, ACardIdentifiesItsArticle) {
  Article suspect = SampleArticle("rail-strike", "spun.txt");
  suspect.title = "A title";
  suspect.url = "https://example.org/1";
  suspect.site = "example.org";
  suspect.published = "2024-03-02";
  suspect.fetched = "2024-03-03";
  suspect.path = "news.jsonl";
  suspect.record = 17;
  suspect.kept = {{"label", "3"}};
  Article original = SampleArticle("rail-strike", "original.txt");
  original.published = "2024-03-01";
  const Report report = Compare(original, suspect);
  EXPECT_EQ(report.suspect.id, suspect.id);
  EXPECT_EQ(report.suspect.title, "A title");
  EXPECT_EQ(report.suspect.url, "https://example.org/1");
  EXPECT_EQ(report.suspect.site, "example.org");
  EXPECT_EQ(report.suspect.published, "2024-03-02");
  EXPECT_EQ(report.suspect.fetched, "2024-03-03");
  EXPECT_EQ(report.suspect.path, "news.jsonl");
  EXPECT_EQ(report.suspect.record, 17u);
  EXPECT_EQ(report.suspect.bytes, suspect.text.size());
  EXPECT_GT(report.suspect.words, 300u);
  EXPECT_EQ(report.suspect.sha256, Sha256Hex(suspect.text));
  EXPECT_EQ(report.suspect.text, suspect.text);
  EXPECT_EQ(report.kept, suspect.kept);
  EXPECT_EQ(report.findings[0].original.sha256, Sha256Hex(original.text));
  EXPECT_EQ(report.findings[0].direction, Direction::kFromOriginal);
}

TEST_F(EngineTest, WithoutDetailsTextsAreLeftOutAndNumbersAreTheSame) {
  CheckOptions brief;
  brief.details = false;
  const Article original = SampleArticle("rail-strike", "original.txt"),
                suspect = SampleArticle("rail-strike", "spun.txt");
  const Finding with = Compare(original, suspect).findings[0];
  const Report report = Compare(original, suspect, brief);
  const Finding& without = report.findings[0];
  EXPECT_EQ(with.verdict, without.verdict);
  EXPECT_EQ(with.log10_likelihood_ratio, without.log10_likelihood_ratio);
  EXPECT_EQ(with.rewrite, without.rewrite);
  EXPECT_FALSE(with.passages.empty());
  EXPECT_FALSE(with.substitutions.empty());
  EXPECT_THAT(without.passages, IsEmpty());
  EXPECT_THAT(without.substitutions, IsEmpty());
  EXPECT_EQ(report.suspect.text, "");
  EXPECT_EQ(without.original.text, "");
}

TEST_F(EngineTest, PassagesAndOperationsQuoteTheTexts) {
  for (const std::string& story : SampleStories()) {
    const std::string original = ReadSample(story, "original.txt");
    for (const char* file : {"spun.txt", "edited.txt", "rewritten.txt", "excerpt.txt"}) {
      const std::string suspect = ReadSample(story, file);
      const Report report = Compare(original, suspect);
      const Finding& finding = report.findings[0];
      uint32_t reach = 0;
      for (const ReportPassage& passage : finding.passages) {
        EXPECT_GE(passage.suspect.begin, reach);
        EXPECT_LE(passage.suspect.end, suspect.size());
        EXPECT_LE(passage.original.end, original.size());
        reach = passage.suspect.end;
        uint32_t at = passage.suspect.begin;
        for (const WordOperation& operation : passage.operations) {
          EXPECT_EQ(operation.original.empty(), operation.change == WordChange::kInserted);
          EXPECT_EQ(operation.suspect.empty(), operation.change == WordChange::kDeleted);
          if (!operation.original.empty()) {
            EXPECT_GE(operation.original.begin, passage.original.begin);
            EXPECT_LE(operation.original.end, passage.original.end);
          }
          if (operation.suspect.empty()) continue;
          EXPECT_GE(operation.suspect.begin, at) << "operations stand in the order of the suspect";
          EXPECT_LE(operation.suspect.end, passage.suspect.end);
          at = operation.suspect.end;
        }
      }
    }
  }
}

TEST_F(EngineTest, ASubstitutionIsCountedAndNamesItsSource) {
  std::string original = story_, suspect = story_;
  const std::string_view added =
      "\n\nThe depot bought a lathe in May. Its rival bought a kiln in June and bought another kiln in July.";
  original += added;
  suspect += added;
  for (size_t at = suspect.find("bought"); at != std::string::npos; at = suspect.find("bought"))
    suspect.replace(at, 6, "zeppelined");
  const Report report = Compare(original, suspect);
  ASSERT_FALSE(report.findings[0].substitutions.empty());
  const Substitution& first = report.findings[0].substitutions.front();
  EXPECT_EQ(first.original, "bought");
  EXPECT_EQ(first.suspect, "zeppelined");
  EXPECT_EQ(first.count, 4u) << "three here and one in the story";
  EXPECT_EQ(first.source, SubstitutionSource::kContext);
  for (size_t i = 1; i < report.findings[0].substitutions.size(); ++i) {
    EXPECT_LE(report.findings[0].substitutions[i].count, first.count);
  }
}

TEST_F(EngineTest, TheCardListsMaskedSpans) {
  const Report report = Compare(story_, story_);
  ASSERT_FALSE(report.suspect.masked.empty());
  std::vector<std::string> masked;
  for (const ByteSpan span : report.suspect.masked) masked.push_back(Quote(story_, span));
  EXPECT_THAT(masked, ::testing::Contains("By Ludo Ferrand"));
  EXPECT_THAT(masked, ::testing::Contains("The rest they did themselves"));
}

TEST_F(EngineTest, HiddenAndLookAlikeLettersRaiseAlertsAndHideNoCopy) {
  std::string suspect;
  size_t hidden = 0, look_alikes = 0;
  for (size_t at = 0; at < story_.size(); ++at) {
    const bool inside = at > 0 && std::isalpha(static_cast<unsigned char>(story_[at - 1])) && at + 1 < story_.size() &&
                        std::isalpha(static_cast<unsigned char>(story_[at + 1]));
    if (story_[at] == 'a' && inside && at % 3 == 0) {
      suspect += "\xd0\xb0";  // a Cyrillic a
      ++look_alikes;
    } else if (story_[at] == 'e' && inside && at % 3 == 0) {
      suspect += "e\xe2\x80\x8b";  // a zero-width space
      ++hidden;
    } else {
      suspect += story_[at];
    }
  }
  ASSERT_GT(hidden, 20u);
  ASSERT_GT(look_alikes, 20u);
  const Report report = Compare(story_, suspect);
  EXPECT_EQ(report.summary.verdict, Verdict::kCopy);
  EXPECT_LT(report.findings[0].rewrite, 0.01);
  ASSERT_THAT(report.alerts, SizeIs(2));
  for (const Alert& alert : report.alerts) {
    EXPECT_TRUE(alert.kind == "hidden-characters" || alert.kind == "look-alike-letters") << alert.kind;
    EXPECT_EQ(alert.count, alert.spans.size());
    EXPECT_GT(alert.count, 20u);
    for (const ByteSpan span : alert.spans) EXPECT_LE(span.end, suspect.size());
  }
}

// A page that was laundered by hand: every fifth long word carries a trick, and each alert stands on its word.
TEST_F(EngineTest, EveryTrickWithCharactersIsReportedAtItsPosition) {
  const std::vector<std::pair<std::string, std::string>> tricks = {
      {"hidden-characters", "\xc2\xad"},           // soft hyphen
      {"hidden-characters", "\xf3\xa0\x81\xa1"},   // tag letter
      {"hidden-characters", "\xe2\x80\x8d"},       // zero-width joiner
      {"bidirectional-controls", "\xe2\x80\xae"},  // right-to-left override
  };
  std::string suspect;
  std::map<std::string, std::vector<ByteSpan>> wanted;
  size_t letters = 0, words = 0;
  for (const char c : testing::ReadSample("vent-field", "spun.txt")) {
    letters = std::isalpha(static_cast<unsigned char>(c)) ? letters + 1 : 0;
    if (letters == 4 && ++words % 5 == 0) {
      const auto begin = static_cast<uint32_t>(suspect.size());
      const size_t trick = words / 5 % (tricks.size() + 1);
      if (trick < tricks.size()) {
        suspect += tricks[trick].second;
        wanted[tricks[trick].first].push_back({begin, static_cast<uint32_t>(suspect.size())});
      } else if (std::islower(static_cast<unsigned char>(c))) {
        suspect += "\xef\xbd";  // full-width: U+FF41 and on
        suspect += static_cast<char>(0x81 + (c - 'a'));
        wanted["look-alike-letters"].push_back({begin, static_cast<uint32_t>(suspect.size())});
        continue;
      }
    }
    suspect += c;
  }
  const std::string original = testing::ReadSample("vent-field", "original.txt");
  const Report plain = Compare(original, testing::ReadSample("vent-field", "spun.txt"));
  const Report report = Compare(original, suspect);
  EXPECT_EQ(report.findings[0].rewrite, plain.findings[0].rewrite);
  EXPECT_EQ(report.findings[0].facts.size(), plain.findings[0].facts.size());
  ASSERT_EQ(report.alerts.size(), wanted.size());
  for (const Alert& alert : report.alerts) {
    const std::vector<ByteSpan>& places = wanted[alert.kind];
    ASSERT_EQ(alert.count, places.size()) << alert.kind;
    ASSERT_EQ(alert.spans.size(), places.size()) << alert.kind;
    for (size_t i = 0; i < places.size(); ++i) {
      EXPECT_LE(alert.spans[i].begin, places[i].begin) << alert.kind;
      EXPECT_GE(alert.spans[i].end, places[i].end) << alert.kind;
      EXPECT_LE(alert.spans[i].size(), 24u) << alert.kind;
    }
  }
}

// Whatever else the suspect resembles would be explained by its own record.
TEST_F(EngineTest, TheSuspectsOwnRecordIsSetAside) {
  const TestFolder folder;
  Article suspect = SampleArticle("rail-strike", "edited.txt");
  suspect.id = "herald-17";
  AddTo(folder.Path("a"), {Made("courier-5", story_), suspect});
  const auto archive = Archive::Open(folder.Path("a"));
  ASSERT_TRUE(archive.ok());
  const Report report = Check(suspect, **archive);
  EXPECT_THAT(report.set_aside, ElementsAre("herald-17"));
  ASSERT_THAT(report.findings, SizeIs(1));
  EXPECT_EQ(report.findings[0].original.id, "courier-5");
  EXPECT_EQ(report.summary.verdict, Compare(Made("courier-5", story_), suspect).summary.verdict);
}

TEST_F(EngineTest, AFailedRecordGivesTheError) {
  const Report report = Engine().Failed("id-7", "no text");
  EXPECT_EQ(report.suspect.id, "id-7");
  EXPECT_EQ(report.summary.verdict, Verdict::kInsufficient);
  EXPECT_EQ(report.error, "no text");
  EXPECT_THAT(report.findings, IsEmpty());
}

TEST_F(EngineTest, AlignFindsThePassageOfAForeignArticle) {
  const std::string part = story_.substr(story_.find("The settlement gives"), 700);
  const std::string suspect = ReadSample("vent-field", "original.txt") + "\n\n" + part;
  const auto original = engine_.Prepare(Made("o", story_.substr(0, story_.rfind("\n\n"))), workspace_);
  const auto prepared = engine_.Prepare(Made("s", suspect), workspace_);
  const std::vector<PassagePair> pairs = engine_.Align(*original, *prepared, workspace_);
  ASSERT_THAT(pairs, SizeIs(1));
  EXPECT_EQ(pairs[0].first.begin, suspect.size() - part.size());
  EXPECT_EQ(Quote(story_, pairs[0].second).substr(0, 60), part.substr(0, 60));
}

class EngineArchiveTest : public EngineTest {
 protected:
  void SetUp() override {
    std::vector<Article> originals;
    for (const std::string& story : SampleStories()) originals.push_back(SampleArticle(story, "original.txt"));
    AddTo(folder_.Path("archive"), originals);
    auto archive = Archive::Open(folder_.Path("archive"));
    ASSERT_TRUE(archive.ok()) << archive.status();
    archive_ = *std::move(archive);
  }
  TestFolder folder_;
  std::unique_ptr<const Archive> archive_;
};

TEST_F(EngineArchiveTest, AnIndexedArticleIsFoundUnderAnotherId) {
  for (const std::string& story : SampleStories()) {
    Article suspect = SampleArticle(story, "original.txt");
    suspect.id = "copy.txt";
    const Report report = Check(suspect, *archive_);
    EXPECT_THAT(report.set_aside, IsEmpty());
    ASSERT_FALSE(report.findings.empty()) << story;
    EXPECT_EQ(report.findings[0].original.id, story + "/original.txt");
    EXPECT_EQ(report.findings[0].original.version, 1u);
    EXPECT_EQ(report.summary.verdict, Verdict::kCopy);
    EXPECT_EQ(report.summary.coverage, 1);
    EXPECT_EQ(report.summary.rewrite, 0);
    EXPECT_EQ(report.archive->articles, SampleStories().size());
  }
}

TEST_F(EngineArchiveTest, UnknownTextYieldsNoFinding) {
  for (const std::string& text :
       {std::string(), std::string("word"), std::string("\xff\xfe"), std::string(3000, 'x')}) {
    const Report report = Check(Made("s", text), *archive_);
    EXPECT_THAT(report.findings, IsEmpty());
    EXPECT_EQ(report.summary.verdict, Verdict::kInsufficient);
    EXPECT_EQ(report.summary.originals, 0u);
  }
}

TEST_F(EngineArchiveTest, FindingsDescendAndTheLimitHolds) {
  const std::string suspect = ReadSample("rail-strike", "copy.txt") + "\n\n" +
                              ReadSample("vent-field", "original.txt") + "\n\n" +
                              ReadSample("river-floods", "original.txt").substr(0, 1500);
  const Report report = Check(Made("s", suspect), *archive_);
  ASSERT_GE(report.findings.size(), 3u);
  for (size_t i = 1; i < report.findings.size(); ++i) {
    EXPECT_GE(report.findings[i - 1].log10_likelihood_ratio, report.findings[i].log10_likelihood_ratio);
  }
  EXPECT_GE(report.summary.originals, 3u);
  EXPECT_GT(report.summary.coverage, 0.9) << "the union over all findings";
  for (const Finding& finding : report.findings) EXPECT_LE(finding.coverage.suspect, *report.summary.coverage + 1e-9);
  CheckOptions one;
  one.limit = 1;
  EXPECT_THAT(Check(Made("s", suspect), *archive_, one).findings, SizeIs(1));
}

TEST_F(EngineArchiveTest, AnExcludedOriginalLeavesItsPlaceToOthers) {
  const std::string suspect = ReadSample("rail-strike", "copy.txt") + "\n\n" + ReadSample("vent-field", "original.txt");
  CheckOptions options;
  options.candidates = 1;
  options.exclude.originals = {"rail-strike/original.txt", "an id that nobody has"};
  const Report report = Check(Made("s", suspect), *archive_, options);
  ASSERT_THAT(report.findings, SizeIs(1));
  EXPECT_EQ(report.findings[0].original.id, "vent-field/original.txt");
}

TEST_F(EngineArchiveTest, ASuspectWithoutAnyWordHasNoFinding) {
  CheckOptions options;
  options.all = true;
  options.exclude.spans = {{0, 4'000'000'000}};
  const Report report = Check(SampleArticle("rail-strike", "copy.txt"), *archive_, options);
  EXPECT_THAT(report.findings, SizeIs(0));
  EXPECT_EQ(report.summary.verdict, Verdict::kInsufficient);
}

TEST_F(EngineArchiveTest, AnExclusionDoesNotHideTheSuspectsOwnRecord) {
  TestFolder folder;
  Article own = Made("own", ReadSample("rail-strike", "copy.txt") + "\n\nAn update.");
  own.site = "example.org";
  own.record = 1;
  AddTo(folder.Path("archive"), {own});
  const auto archive = Archive::Open(folder.Path("archive"));
  ASSERT_TRUE(archive.ok());
  Article suspect = own;
  suspect.text = ReadSample("rail-strike", "copy.txt");
  CheckOptions options;
  options.exclude.spans = {{0, static_cast<uint32_t>(suspect.text.size() * 2 / 3)}};
  const Report report = Check(suspect, **archive, options);
  EXPECT_EQ(report.set_aside, std::vector<std::string>{"own"});
  EXPECT_THAT(report.findings, SizeIs(0));
}

TEST_F(EngineArchiveTest, TheOptionAllListsWeakerFindings) {
  const Article suspect = SampleArticle("rail-strike", "independent.txt");
  CheckOptions all;
  all.all = true;
  const Report strong = Check(suspect, *archive_), full = Check(suspect, *archive_, all);
  EXPECT_THAT(strong.findings, SizeIs(0));
  ASSERT_FALSE(full.findings.empty());
  EXPECT_EQ(full.findings[0].original.id, "rail-strike/original.txt");
  EXPECT_EQ(full.findings[0].verdict, Verdict::kIndependent);
}

TEST_F(EngineArchiveTest, CandidatesFarBehindTheFirstAreNotAligned) {
  CheckOptions all;
  all.all = true;
  EXPECT_THAT(Check(SampleArticle("rail-strike", "spun.txt"), *archive_, all).findings, SizeIs(1));
}

TEST_F(EngineArchiveTest, AnOriginalThatSharesASourceWithTheSuspectIsNotNamed) {
  TestFolder folder;
  const std::string agency = ReadSample("rail-strike", "original.txt");
  // Another paper took two paragraphs of the agency's story into one of its own.
  const size_t begin = agency.find("\n\n", agency.size() / 4) + 2, end = agency.find("\n\n", agency.size() / 2);
  const std::string page = ReadSample("vent-field", "original.txt");
  const size_t middle = page.find("\n\n", page.size() / 2) + 2;
  Article first = Made("agency", agency), suspect = Made("suspect", ReadSample("rail-strike", "copy.txt"));
  Article later =
      Made("paper", page.substr(0, middle) + agency.substr(begin, end - begin) + "\n\n" + page.substr(middle));
  first.published = "2024-03-01";
  later.published = suspect.published = "2024-03-02";
  AddTo(folder.Path("archive"), {first, later});
  const auto archive = Archive::Open(folder.Path("archive"));
  ASSERT_TRUE(archive.ok());
  CheckOptions all;
  all.all = true;
  const Report report = Check(suspect, **archive, all);
  ASSERT_THAT(report.findings, SizeIs(2));
  EXPECT_EQ(report.findings[0].original.id, "agency");
  EXPECT_EQ(report.findings[0].verdict, Verdict::kCopy);
  EXPECT_EQ(report.findings[1].verdict, Verdict::kCommonSource);
  EXPECT_EQ(report.findings[1].because[0].signal, "common-source");
  EXPECT_EQ(report.summary.originals, 1u);
}

TEST_F(EngineArchiveTest, AmongItemsOfOneFormOnlyTheSameItemIsNamed) {
  const auto fill = [](const std::string& town, int high, int low, int wind) {
    return "Expect grey skies over " + town + " this morning, with a low of " + std::to_string(low) +
           " degrees before dawn and a high of " + std::to_string(high) + " by the middle of the afternoon in " + town +
           ". Winds from the sea may reach " + std::to_string(wind) +
           " miles an hour on the hills.\n\nShowers are likely by the evening, and drivers are asked to allow more "
           "time "
           "for their journeys. The outlook for the rest of the week is unsettled, with sunny spells on most days and "
           "temperatures close to the average for the time of year.";
  };
  TestFolder folder;
  std::vector<Article> items;
  const std::vector<std::string> towns = {"Harwick", "Marren", "Holme", "Corvane", "Stain", "Galt", "Askham", "Ferrow"};
  for (int i = 0; i < static_cast<int>(towns.size()); ++i) {
    const std::string& town = towns[static_cast<size_t>(i)];
    items.push_back(Made(town, fill(town, 50 + 2 * i, 31 + i, 12 + 3 * i)));
  }
  AddTo(folder.Path("archive"), items);
  const auto archive = Archive::Open(folder.Path("archive"));
  ASSERT_TRUE(archive.ok());
  const Report same = Check(Made("suspect", items[3].text), **archive);
  ASSERT_THAT(same.findings, SizeIs(1));
  EXPECT_EQ(same.findings[0].original.id, "Corvane");
  EXPECT_EQ(same.findings[0].verdict, Verdict::kCopy);
  EXPECT_THAT(Check(Made("suspect", fill("Hensley", 81, 47, 9)), **archive).findings, IsEmpty());
}

TEST_F(EngineArchiveTest, VersionsOfOneStoryAreAllNamed) {
  TestFolder folder;
  const std::string story = ReadSample("rail-strike", "original.txt");
  AddTo(folder.Path("archive"),
        {Made("story", story.substr(0, story.find("\n\n", story.size() / 2))), Made("story", story)});
  const auto archive = Archive::Open(folder.Path("archive"));
  ASSERT_TRUE(archive.ok());
  const Report report = Check(Made("suspect", ReadSample("rail-strike", "copy.txt")), **archive);
  ASSERT_THAT(report.findings, SizeIs(2));
  EXPECT_EQ(report.findings[0].original.version, 2u);
  EXPECT_EQ(report.findings[1].original.version, 1u);
}

TEST_F(EngineArchiveTest, TheAnswerDoesNotDependOnThreads) {
  const Article suspect = SampleArticle("vent-field", "spun.txt");
  const Report expected = Check(suspect, *archive_);
  std::vector<Report> reports(4);
  std::vector<std::jthread> threads;
  for (Report& report : reports) {
    threads.emplace_back([&] {
      Workspace workspace(engine_);
      for (int i = 0; i < 3; ++i) report = *engine_.Check(suspect, *archive_, {}, workspace);
    });
  }
  threads.clear();
  for (const Report& report : reports) {
    ASSERT_EQ(report.findings.size(), expected.findings.size());
    for (size_t i = 0; i < report.findings.size(); ++i) {
      EXPECT_EQ(report.findings[i].original.id, expected.findings[i].original.id);
      EXPECT_EQ(report.findings[i].log10_likelihood_ratio, expected.findings[i].log10_likelihood_ratio);
      EXPECT_EQ(report.findings[i].rewrite, expected.findings[i].rewrite);
      EXPECT_EQ(report.findings[i].substitutions.size(), expected.findings[i].substitutions.size());
    }
  }
}

TEST_F(EngineArchiveTest, CheckingAndComparingAgree) {
  for (const std::string& story : SampleStories()) {
    const Article suspect = SampleArticle(story, "spun.txt");
    const Report checked = Check(suspect, *archive_);
    const Finding compared = Compare(SampleArticle(story, "original.txt"), suspect).findings[0];
    ASSERT_FALSE(checked.findings.empty()) << story;
    EXPECT_EQ(checked.findings[0].log10_likelihood_ratio, compared.log10_likelihood_ratio) << story;
    EXPECT_EQ(checked.findings[0].rewrite, compared.rewrite) << story;
    EXPECT_EQ(checked.findings[0].verdict, compared.verdict) << story;
  }
}

}  // namespace
}  // namespace unspin
