#include "unspin/standing/built_in_standing_text.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "unspin/language/language.h"
#include "unspin/language/languages.h"
#include "unspin/shingle/shingle.h"
#include "unspin/text/hash_words.h"

namespace unspin {
namespace {

constexpr uint64_t kOther = uint64_t{0xabcd} << 48;  // a run that no table here holds

// Run `i` of the table.
uint64_t Known(uint64_t i) { return (i + 1) << 40; }

std::vector<uint64_t> KnownRuns(size_t count) {
  std::vector<uint64_t> runs;
  for (size_t i = 0; i < count; ++i) runs.push_back(Known(i));
  return runs;
}

// "1" for each run that is marked, where `runs` has "k" for a run of the table.
std::string Marked(std::string_view pattern) {
  const std::string bytes = MakeRunTable(KnownRuns(pattern.size()), "");
  std::vector<uint64_t> runs;
  for (size_t i = 0; i < pattern.size(); ++i) runs.push_back(pattern[i] == 'k' ? Known(i) : kOther + (i << 20));
  std::vector<bool> standing(runs.size());
  BuiltInStandingText(RunTable::Open(bytes).value()).Mark(runs, standing);
  std::string marks;
  for (const bool mark : standing) marks += mark ? '1' : '0';
  return marks;
}

double MarkedShare(std::string_view text) {
  std::vector<uint64_t> words;
  WordHasher(English()).Append(text, words);
  const std::vector<uint64_t> runs = HashShingles(words, 5);
  std::vector<bool> standing(runs.size());
  BuiltInStandingText(English()).Mark(runs, standing);
  double marked = 0;
  for (const bool mark : standing) marked += mark;
  return marked / static_cast<double>(runs.size());
}

TEST(BuiltInStandingTextTest, MarksStretchesOfFourRuns) {
  EXPECT_EQ(Marked("..kkkk.."), "00111100");
  EXPECT_EQ(Marked("kkkkk"), "11111");
}

TEST(BuiltInStandingTextTest, LeavesShorterStretchesAlone) {
  EXPECT_EQ(Marked("..kkk..."), "00000000");
  EXPECT_EQ(Marked("k"), "0");
  EXPECT_EQ(Marked(""), "");
}

TEST(BuiltInStandingTextTest, MarksGapsOfThreeRuns) { EXPECT_EQ(Marked(".kk...kk."), "011111110"); }

TEST(BuiltInStandingTextTest, LongerGapEndsAStretch) {
  EXPECT_EQ(Marked("kkkk....kk"), "1111000000");
  EXPECT_EQ(Marked("kk....kkkk"), "0000001111");
}

TEST(BuiltInStandingTextTest, KeepsMarksOfOthers) {
  std::vector<bool> standing = {true, false};
  BuiltInStandingText(RunTable()).Mark(std::vector<uint64_t>{1, 2}, standing);
  EXPECT_EQ(standing, (std::vector<bool>{true, false}));
}

TEST(BuiltInStandingTextTest, LanguageWithoutATableMarksNothing) {
  const BuiltInStandingText none{Language()};
  EXPECT_EQ(none.table().size(), 0u);
}

TEST(BuiltInStandingTextTest, EnglishTableIsSound) {
  EXPECT_FALSE(English().standing_runs.empty());
  const BuiltInStandingText english(English());
  EXPECT_GT(english.table().size(), 10000u);
  EXPECT_NE(english.table().Provenance().find("outlets"), std::string_view::npos);
}

TEST(BuiltInStandingTextTest, KnowsTheWordsOfFormsAndNotes) {
  EXPECT_GT(
      MarkedShare("This site is protected by reCAPTCHA and the Google Privacy Policy and Terms of Service apply."), .9);
  EXPECT_GT(MarkedShare("Your email address will not be published. Required fields are marked."), .9);
}

TEST(BuiltInStandingTextTest, DoesNotMarkNarration) {
  EXPECT_EQ(
      MarkedShare("The ferry left the harbour an hour late, because two of its crew had gone ashore for bread and "
                  "came back with a goat, which the captain refused to carry without a ticket of its own."),
      0);
}

}  // namespace
}  // namespace unspin
