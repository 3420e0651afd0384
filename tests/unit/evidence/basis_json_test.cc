#include "evidence/basis_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "support/check_archives.h"
#include "support/sample_articles.h"
#include "unspin/base/sha256.h"

namespace unspin::evidence {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::Rendered;
using testing::SampleArticle;
using testing::SampleStories;

BasisOriginal Original(const std::string& id, const std::string& text) {
  BasisOriginal original;
  original.stored.article.id = id;
  original.stored.article.text = text;
  original.stored.version = 2;
  original.stored.sha256 = Sha256Hex(text);
  return original;
}

CheckBasis FullBasis() {
  CheckBasis basis;
  basis.archive = ArchiveIdentity{"0123456789abcdef", 62593, false};
  basis.originals = {Original("a", "Text of a."), Original("\xff", "broken \xfe")};
  basis.originals.front().standing_runs = {1, 0x1fffffffffffffff};
  basis.originals.back().is_suspects_file = true;
  basis.replacements = {{"first", "initial"}, {"last one", "ultimate"}};
  return basis;
}

void ExpectEqual(const CheckBasis& a, const CheckBasis& b) {
  EXPECT_EQ(a.archive.has_value(), b.archive.has_value());
  if (a.archive && b.archive) {
    EXPECT_EQ(a.archive->fingerprint, b.archive->fingerprint);
    EXPECT_EQ(a.archive->articles, b.archive->articles);
    EXPECT_EQ(a.archive->standing_text, b.archive->standing_text);
  }
  EXPECT_EQ(a.originals, b.originals);
  EXPECT_EQ(a.replacements, b.replacements);
}

TEST(BasisJsonTest, NothingIsLost) {
  const auto read = ParseBasis(RenderBasis(FullBasis(), true));
  ASSERT_TRUE(read.ok()) << read.status();
  ExpectEqual(*read, FullBasis());
  const auto empty = ParseBasis(RenderBasis({}, true));
  ASSERT_TRUE(empty.ok()) << empty.status();
  ExpectEqual(*empty, {});
}

TEST(BasisJsonTest, WithoutTextsTheirHashesStay) {
  const CheckBasis basis = FullBasis();
  const std::string json = RenderBasis(basis, false);
  EXPECT_THAT(json, Not(HasSubstr("Text of a.")));
  auto read = ParseBasis(json);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_FALSE(SetText("Another text.", read->originals[0].stored).ok());
  for (size_t i = 0; i < basis.originals.size(); ++i)
    EXPECT_TRUE(SetText(basis.originals[i].stored.article.text, read->originals[i].stored).ok());
  ExpectEqual(*read, basis);
}

TEST(BasisJsonTest, WordsOfStandingRunsAreForPeople) {
  const CheckBasis basis = FullBasis();
  const std::string json = RenderBasis(basis, true, {{1, "all rights reserved by us"}});
  EXPECT_THAT(json, HasSubstr(R"({"run":"0000000000000001","words":"all rights reserved by us"})"));
  ExpectEqual(*ParseBasis(json), basis);
}

TEST(BasisJsonTest, WhatMakesNoSenseIsAnError) {
  const std::string json = RenderBasis(FullBasis(), true);
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string changed = json;
    const size_t at = changed.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return changed.replace(at, from.size(), to);
  };
  for (const std::string& changed :
       {with("\"unspin_basis\":1", "\"unspin_basis\":2"), with("\"articles\":62593", "\"articles\":-1"),
        with("Text of a.", "Text of b."), with("\"version\":2", "\"version\":4294967296"),
        with("0000000000000001", "000000000000000g"), with("0000000000000001", "2000000000000001"),
        with("\"sha256\":\"", "\"sha256\":\"00"), with("\"first\"", "\"zebra\""),
        with("\"standing_text\":false", "\"standing_text\":0"),
        with("\"is_suspects_file\":true", "\"is_suspects_file\":1"), std::string("{}"), std::string("[]")})
    EXPECT_FALSE(ParseBasis(changed).ok()) << changed;
}

class ReplayedBasisTest : public testing::CheckArchiveTest {};

TEST_F(ReplayedBasisTest, GivesTheReportAfterItWasWritten) {
  std::vector<Article> articles;
  for (const std::string& story : SampleStories()) articles.push_back(SampleArticle(story, "original.txt"));
  Write("archive", articles);
  for (const std::string& story : SampleStories()) {
    const Article suspect = SampleArticle(story, "edited.txt");
    const Checked checked = Check("archive", suspect);
    const auto read = ParseBasis(RenderBasis(checked.basis, true));
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(Rendered(Again(suspect, *read)), Rendered(checked.report));
  }
}

// Each byte of a written basis is changed; whatever is still read gives a report.
TEST_F(ReplayedBasisTest, NoChangedByteIsFatal) {
  Article original = SampleArticle(SampleStories().front(), "original.txt");
  original.text.resize(400);
  original.steps = {{0, 10, 10, 10}, {100, 150, 150, 150}};
  Write("archive", {original});
  Teach("archive", {{"the", "this", 1, SubstitutionSource::kContext}});
  Article suspect = original;
  suspect.id = "suspect";
  suspect.text += " This is more of it.";
  CheckBasis basis = Check("archive", suspect).basis;
  ASSERT_EQ(basis.originals.size(), 1u);
  basis.originals.front().standing_runs = {1, 2, 3};
  size_t read_again = 0;
  for (const bool with_texts : {true, false}) {
    const std::string json = RenderBasis(basis, with_texts);
    for (size_t at = 0; at < json.size(); ++at) {
      std::string changed = json;
      changed[at] = static_cast<char>(changed[at] ^ (1 << at % 8));
      const auto read = ParseBasis(changed);
      if (!read.ok()) continue;
      ++read_again;
      EXPECT_FALSE(Rendered(Again(suspect, *read)).empty());
    }
  }
  EXPECT_GT(read_again, 0u);
}

}  // namespace
}  // namespace unspin::evidence
