#include "unspin/spins/spin_dictionary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "support/sample_articles.h"
#include "support/test_folder.h"
#include "unspin/base/strings.h"
#include "unspin/engine/archive.h"
#include "unspin/engine/archive_writer.h"
#include "unspin/engine/pipeline.h"
#include "unspin/io/file.h"
#include "unspin/io/write_file.h"

namespace unspin {
namespace {

Substitution Made(std::string original, std::string suspect, uint32_t count = 1,
                  SubstitutionSource evidence = SubstitutionSource::kContext) {
  return {std::move(original), std::move(suspect), count, evidence};
}

Report Spun(const std::string& suspect, std::vector<Substitution> substitutions) {
  Report report;
  report.suspect.sha256 = "suspect " + suspect;
  Finding& finding = report.findings.emplace_back();
  finding.original.sha256 = "original " + suspect;
  finding.verdict = Verdict::kSpun;
  finding.log10_likelihood_ratio = 3;
  finding.substitutions = std::move(substitutions);
  return report;
}

TEST(SpinDictionaryTest, WhatTwoPairsShowIsKnown) {
  SpinDictionary dictionary;
  EXPECT_TRUE(dictionary.Learn(Spun("a", {Made("nuclear weapons", "nuclear guns", 2), Made("last", "ultimate")})));
  EXPECT_TRUE(dictionary.Entries().empty());
  EXPECT_TRUE(dictionary.Learn(Spun("b", {Made("last", "ultimate", 3)})));
  EXPECT_THAT(dictionary.Entries(), ::testing::ElementsAre(SpinEntry{"last", "ultimate", 4, 2}));
  EXPECT_EQ(dictionary.Entries(1).size(), 2u);
}

TEST(SpinDictionaryTest, LearningTheSamePairAgainChangesNothing) {
  SpinDictionary dictionary;
  EXPECT_TRUE(dictionary.Learn(Spun("a", {Made("last", "ultimate")})));
  const SpinDictionary before = dictionary;
  EXPECT_FALSE(dictionary.Learn(Spun("a", {Made("last", "ultimate")})));
  EXPECT_TRUE(dictionary == before);
}

TEST(SpinDictionaryTest, OnlyConfirmedFindingsTeach) {
  for (const Verdict verdict : {Verdict::kCopy, Verdict::kRewritten, Verdict::kExcerpt, Verdict::kIndependent,
                                Verdict::kUnrelated, Verdict::kInsufficient}) {
    Report report = Spun("a", {Made("last", "ultimate")});
    report.findings[0].verdict = verdict;
    EXPECT_FALSE(SpinDictionary().Learn(report)) << Name(verdict);
  }
  Report weak = Spun("a", {Made("last", "ultimate")});
  weak.findings[0].log10_likelihood_ratio = SpinDictionary::kSureEvidence - 0.1;
  EXPECT_FALSE(SpinDictionary().Learn(weak));
  Report backwards = Spun("a", {Made("last", "ultimate")});
  backwards.findings[0].direction = Direction::kToOriginal;
  EXPECT_FALSE(SpinDictionary().Learn(backwards)) << "the archive's article is the copy";
  EXPECT_FALSE(SpinDictionary().Learn(Report{}));
}

TEST(SpinDictionaryTest, NumbersInflectionsAndLongPhrasesAreNoHabits) {
  SpinDictionary dictionary;
  for (const char* suspect : {"a", "b"}) {
    dictionary.Learn(
        Spun(suspect, {Made("two", "2", 1, SubstitutionSource::kNumber),
                       Made("goes", "went", 1, SubstitutionSource::kStem), Made("one two three four five", "none")}));
  }
  EXPECT_TRUE(dictionary.Entries().empty());
}

TEST(SpinDictionaryTest, ComesBackFromItsFileWithItsFormsKnown) {
  testing::TestFolder folder;
  SpinDictionary dictionary;
  dictionary.Learn(Spun("a", {Made("last month", "ultimate month"), Made("bill", "invoice")}));
  dictionary.Learn(Spun("b", {Made("last month", "ultimate month"), Made("bill", "invoice")}));
  ASSERT_TRUE(dictionary.Save(folder.Path("SPINS")).ok());
  const auto loaded = SpinDictionary::Load(folder.Path("SPINS"));
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_TRUE(*loaded == dictionary);
  EXPECT_TRUE(loaded->forms().Contains("bill", "invoice"));
  EXPECT_FALSE(loaded->forms().Contains("invoice", "bill")) << "direction counts";
  bool changed = false;
  EXPECT_EQ(loaded->Unspin({"it", "was", "ultimate", "month"}, changed), "it was last month");
  EXPECT_TRUE(changed);
  EXPECT_EQ(loaded->Unspin({"it", "was", "month"}, changed), "it was month");
  EXPECT_FALSE(changed);
}

TEST(SpinDictionaryTest, AbsentIsEmptyAndDamageIsNamed) {
  testing::TestFolder folder;
  const auto absent = SpinDictionary::Load(folder.Path("SPINS"));
  ASSERT_TRUE(absent.ok()) << absent.status();
  EXPECT_TRUE(absent->empty());
  SpinDictionary dictionary;
  dictionary.Learn(Spun("a", {Made("bill", "invoice")}));
  ASSERT_TRUE(dictionary.Save(folder.Path("SPINS")).ok());
  std::string bytes(MapFile(folder.Path("SPINS"))->bytes());
  for (size_t at = 0; at < bytes.size(); ++at) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x20);
    ASSERT_TRUE(WriteFileAtomically(folder.Path("SPINS"), damaged).ok());
    const auto loaded = SpinDictionary::Load(folder.Path("SPINS"));
    ASSERT_FALSE(loaded.ok()) << at;
    EXPECT_NE(StdView(loaded.status().message()).find("SPINS"), std::string_view::npos);
  }
}

TEST(SpinDictionaryTest, SuspectsOfOneSpinnerChooseAlike) {
  const std::vector<Substitution> one = {Made("said", "mentioned"), Made("bill", "invoice"), Made("last", "ultimate"),
                                         Made("ship", "send")};
  const std::vector<Substitution> same = {Made("said", "mentioned"), Made("bill", "invoice"), Made("ship", "vessel"),
                                          Made("town", "metropolis")};
  const std::vector<Substitution> other = {Made("said", "stated"), Made("bill", "account"), Made("last", "final")};
  const SpinnerLikeness alike = CompareSpinners(one, same), unlike = CompareSpinners(one, other);
  EXPECT_EQ(alike.common, 3u);
  EXPECT_EQ(alike.equal, 2u);
  EXPECT_EQ(unlike.equal, 0u);
  EXPECT_GT(alike.likeness, unlike.likeness);
  EXPECT_EQ(alike.shared.size(), 2u);
}

// The whole way: a check teaches the archive, and the next one names what it learnt.
TEST(SpinDictionaryTest, AnArchiveLearnsFromOneSuspectForTheNext) {
  testing::TestFolder folder;
  const Engine engine;
  Workspace workspace(engine);
  Article original;
  original.id = "original";
  original.text = testing::ReadSample("rail-strike", "original.txt");
  {
    auto writer = ArchiveWriter::Open(folder.Path("archive"));
    ASSERT_TRUE(writer.ok());
    ASSERT_TRUE((*writer)->Add(original, engine.Fingerprints(original, workspace)).ok());
    ASSERT_TRUE((*writer)->Finish().ok());
  }
  Article suspect;
  suspect.id = "suspect";
  suspect.text = testing::ReadSample("rail-strike", "spun.txt");
  const auto check = [&](const Archive& archive) {
    const auto report = engine.Check(suspect, archive, CheckOptions{}, workspace);
    EXPECT_TRUE(report.ok()) << report.status();
    return *report;
  };
  const auto count = [](const Report& report) {
    size_t known = 0;
    for (const Substitution& substitution : report.findings.at(0).substitutions)
      known += substitution.source == SubstitutionSource::kSpinDictionary;
    return known;
  };
  const auto before = Archive::Open(folder.Path("archive"));
  ASSERT_TRUE(before.ok());
  const Report first = check(**before);
  EXPECT_EQ(count(first), 0u);
  SpinDictionary learnt = (*before)->spins();
  ASSERT_TRUE(learnt.Learn(first));
  Report again = first;
  again.suspect.sha256 = "another page with the same replacements";
  ASSERT_TRUE(learnt.Learn(again));
  auto writer = ArchiveWriter::Open(folder.Path("archive"));
  ASSERT_TRUE(writer.ok());
  ASSERT_TRUE((*writer)->SaveSpins((*before)->spins(), learnt).ok());
  EXPECT_FALSE((*writer)->SaveSpins((*before)->spins(), learnt).ok()) << "somebody has learnt meanwhile";

  const auto after = Archive::Open(folder.Path("archive"));
  ASSERT_TRUE(after.ok()) << after.status();
  const Report second = check(**after);
  EXPECT_GT(count(second), 3u);
  EXPECT_EQ(second.summary.verdict, Verdict::kSpun);
  EXPECT_LE(second.findings[0].rewrite, first.findings[0].rewrite);
}

}  // namespace
}  // namespace unspin
