#include "unspin/language/languages.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "unspin/base/word_hash.h"
#include "unspin/language/language.h"
#include "unspin/lexicon/lexicon.h"

namespace unspin {
namespace {

TEST(LanguagesTest, EachIsFoundByItsCode) {
  std::set<std::string> codes;
  for (const Language* language : Languages()) {
    EXPECT_EQ(FindLanguage(language->code), language);
    EXPECT_TRUE(codes.insert(language->code).second) << language->code;
  }
  EXPECT_EQ(FindLanguage("en"), &English());
  EXPECT_EQ(FindLanguage("xx"), nullptr);
  EXPECT_EQ(FindLanguage(""), nullptr);
}

TEST(LanguagesTest, EachIsComplete) {
  for (const Language* language : Languages()) {
    EXPECT_STRNE(language->name, "") << language->code;
    EXPECT_NE(Lexicon(*language).Provenance(), "no tables") << language->code;
    EXPECT_GT(language->min_function_words, 0) << language->code;
    EXPECT_FALSE(language->inflections.suffixes.empty()) << language->code;
    ASSERT_NE(language->read_number, nullptr) << language->code;
    EXPECT_TRUE(language->percent_spellings.Contains(HashWord(language->percent))) << language->code;
  }
}

TEST(LanguagesTest, EachReadsFiguresAndNothing) {
  for (const Language* language : Languages()) {
    const std::string_view figure = "7";
    const std::optional<NumberReading> reading = language->read_number({&figure, 1});
    ASSERT_TRUE(reading.has_value()) << language->code;
    EXPECT_EQ(reading->value, 7) << language->code;
    EXPECT_FALSE(language->read_number({}).has_value()) << language->code;
  }
}

TEST(LanguagesTest, EnglishAbbreviationsAreWholeWords) {
  for (const char* word : {"mr", "u.s", "vs", "a.m"}) EXPECT_TRUE(English().abbreviations.Contains(HashWord(word)));
  for (const char* word : {"mrx", "m", ""}) EXPECT_FALSE(English().abbreviations.Contains(HashWord(word)));
}

}  // namespace
}  // namespace unspin
