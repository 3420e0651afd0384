#include "unspin/language/english_numerals.h"

#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace unspin {
namespace {

std::vector<std::string> Split(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::optional<NumberReading> Read(const std::string& text) {
  const std::vector<std::string> words = Split(text);
  const std::vector<std::string_view> views(words.begin(), words.end());
  return ReadEnglishNumber(views);
}

// The reading in one line: value, tokens, and letters for the flags.
std::string Describe(const std::string& text) {
  const auto reading = Read(text);
  if (!reading) return "none";
  std::ostringstream out;
  out.precision(12);
  out << reading->value << '/' << reading->tokens;
  if (reading->decade) out << 'd';
  if (reading->ordinal) out << 'o';
  if (reading->percent) out << 'p';
  return out.str();
}

TEST(EnglishNumeralsTest, ReadsDigits) {
  EXPECT_EQ(Describe("2"), "2/1");
  EXPECT_EQ(Describe("1,000"), "1000/1");
  EXPECT_EQ(Describe("1,234,567.5"), "1234567.5/1");
  EXPECT_EQ(Describe("3.14 apples"), "3.14/1");
  EXPECT_EQ(Describe("1.5m"), "1500000/1");
  EXPECT_EQ(Describe("1.5 million dollars"), "1500000/2");
  EXPECT_EQ(Describe("20 thousand"), "20000/2");
  EXPECT_EQ(Describe("5bn"), "5000000000/1");
  EXPECT_EQ(Describe("5 bn"), "5000000000/2");
  EXPECT_EQ(Describe("10k"), "10000/1");
}

TEST(EnglishNumeralsTest, ReadsWords) {
  EXPECT_EQ(Describe("two"), "2/1");
  EXPECT_EQ(Describe("zero"), "0/1");
  EXPECT_EQ(Describe("twenty one guns"), "21/2");
  EXPECT_EQ(Describe("a hundred people"), "100/2");
  EXPECT_EQ(Describe("one hundred and five"), "105/4");
  EXPECT_EQ(Describe("two hundred and fifty three thousand four hundred"), "253400/8");
  EXPECT_EQ(Describe("one million two hundred thousand and six"), "1200006/7");
  EXPECT_EQ(Describe("two thousand and five"), "2005/4");
  EXPECT_EQ(Describe("a million"), "1000000/2");
  EXPECT_EQ(Describe("two dozen eggs"), "24/2");
}

TEST(EnglishNumeralsTest, StopsWhereTheNumberEnds) {
  EXPECT_EQ(Describe("two and three"), "2/1");
  EXPECT_EQ(Describe("two million and three thousand"), "2000000/2");
  EXPECT_EQ(Describe("one hundred and then"), "100/2");
  EXPECT_EQ(Describe("five six"), "5/1");
  EXPECT_EQ(Describe("three thousand million"), "3000/2");
}

TEST(EnglishNumeralsTest, ReadsYearsAndDecades) {
  EXPECT_EQ(Describe("1990s"), "1990/1d");
  EXPECT_EQ(Describe("nineteen nineties"), "1990/2d");
  EXPECT_EQ(Describe("90s"), "90/1d");
  EXPECT_EQ(Describe("nineties"), "90/1d");
  EXPECT_EQ(Describe("eighteen hundreds"), "1800/2d");
  EXPECT_EQ(Describe("nineteen ninety five"), "1995/3");
  EXPECT_EQ(Describe("nineteen oh five"), "1905/3");
  EXPECT_EQ(Describe("twenty twelve"), "2012/2");
  EXPECT_EQ(Describe("nineteen hundred"), "1900/2");
  EXPECT_EQ(Describe("747s"), "none");
}

TEST(EnglishNumeralsTest, ReadsOrdinals) {
  EXPECT_EQ(Describe("third"), "3/1o");
  EXPECT_EQ(Describe("3rd"), "3/1o");
  EXPECT_EQ(Describe("twenty first century"), "21/2o");
  EXPECT_EQ(Describe("21st"), "21/1o");
  EXPECT_EQ(Describe("one hundred and first"), "101/4o");
  EXPECT_EQ(Describe("ten thousandth"), "10000/2o");
}

TEST(EnglishNumeralsTest, IncludesPercent) {
  EXPECT_EQ(Describe("5 percent"), "5/2p");
  EXPECT_EQ(Describe("five per cent of"), "5/3p");
  EXPECT_EQ(Describe("5 pct"), "5/2p");
  EXPECT_EQ(Describe("5%"), "5/1p");
  EXPECT_EQ(Describe("5 per day"), "5/1");
  EXPECT_EQ(NumberHash(*Read("5 per cent")), NumberHash(*Read("5")));
}

TEST(EnglishNumeralsTest, OtherWordsAreNoNumbers) {
  const std::vector<std::string> others = {
      "",   "apple",  "a",    "and",    "a dog",   "bn",       "hundreds", "covid",
      "4g", "10.5.3", "1,00", "1,2345", "percent", "per cent", "3.5th",    "1234567890123456789"};
  for (const std::string& text : others) {
    EXPECT_EQ(Describe(text), "none") << text;
  }
  EXPECT_FALSE(ReadEnglishNumber({}).has_value());
}

TEST(EnglishNumeralsTest, OneValueHasOneHash) {
  const std::vector<std::vector<std::string>> groups = {
      {"2", "two", "2.0"},
      {"1000", "1,000", "one thousand", "a thousand", "1k"},
      {"1990s", "nineteen nineties", "1990's"},
      {"1100000", "1.1 million", "1.1m", "one million one hundred thousand"},
      {"third", "3rd"},
      {"21", "twenty one"},
      {"12", "twelve", "a dozen"},
  };
  for (size_t i = 0; i < groups.size(); ++i) {
    for (size_t j = 0; j < groups.size(); ++j) {
      for (const std::string& a : groups[i]) {
        for (const std::string& b : groups[j]) {
          ASSERT_TRUE(Read(a) && Read(b)) << a << " " << b;
          EXPECT_EQ(NumberHash(*Read(a)) == NumberHash(*Read(b)), i == j) << a << " and " << b;
        }
      }
    }
  }
  EXPECT_NE(NumberHash(*Read("3")), NumberHash(*Read("3rd")));
  EXPECT_NE(NumberHash(*Read("1990")), NumberHash(*Read("1990s")));
}

TEST(EnglishNumeralsTest, NeverReadsMoreWordsThanThereAre) {
  const std::vector<std::string> vocabulary = {"a",     "one",      "and", "twenty",  "hundred",  "million",
                                               "oh",    "per",      "5",   "percent", "nineties", "third",
                                               "dozen", "nineteen", "bn",  "cent"};
  for (size_t seed = 0; seed < 60'000; ++seed) {
    std::vector<std::string_view> words;
    for (size_t rest = seed * 2'654'435'761u % 1'048'576u + 1; rest > 0; rest /= vocabulary.size()) {
      words.push_back(vocabulary[rest % vocabulary.size()]);
    }
    const auto reading = ReadEnglishNumber(words);
    if (!reading) continue;
    ASSERT_GE(reading->tokens, 1u);
    ASSERT_LE(reading->tokens, words.size());
    // Reading is a matter of the words it takes, not of what follows them.
    const auto again = ReadEnglishNumber(std::span(words).first(reading->tokens));
    ASSERT_TRUE(again.has_value());
    ASSERT_EQ(again->tokens, reading->tokens);
    ASSERT_EQ(NumberHash(*again), NumberHash(*reading));
  }
}

}  // namespace
}  // namespace unspin
