#include "unspin/language/word_tags.h"

#include <array>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "unspin/base/word_hash.h"

namespace unspin {
namespace {

enum class Colour : uint32_t { kRed, kGreen, kBlue };

constexpr std::array<std::string_view, 2> kRedWords = {"rose", "brick"};
constexpr std::array<std::string_view, 2> kGreenWords = {"grass", "rose"};

TEST(WordTagsTest, AWordHasTheTagsOfAllItsLists) {
  const WordTags<Colour> tags({{Colour::kRed, kRedWords}, {Colour::kGreen, kGreenWords}});
  const auto has = [&](std::string_view word, TagSet<Colour> colours) {
    return tags.Find(HashWord(word)).HasAny(colours);
  };
  EXPECT_TRUE(has("rose", Colour::kRed));
  EXPECT_TRUE(has("rose", Colour::kGreen));
  EXPECT_TRUE(has("brick", {Colour::kRed, Colour::kBlue}));
  EXPECT_FALSE(has("brick", Colour::kGreen));
  EXPECT_FALSE(has("rose", Colour::kBlue));
  EXPECT_FALSE(has("sky", {Colour::kRed, Colour::kGreen, Colour::kBlue}));
}

TEST(WordTagsTest, TheFilterPassesEveryListedWordAndFewOthers) {
  const WordTags<Colour> tags({{Colour::kRed, kRedWords}, {Colour::kGreen, kGreenWords}});
  for (const std::string_view word : {"rose", "brick", "grass"}) EXPECT_TRUE(tags.MayContain(HashWord(word))) << word;
  int passed = 0;
  for (int i = 0; i < 1000; ++i) passed += tags.MayContain(HashWord("word" + std::to_string(i)));
  EXPECT_LT(passed, 10);
}

TEST(WordTagsTest, NoListsHoldNothing) { EXPECT_FALSE(WordTags<Colour>().MayContain(HashWord("rose"))); }

}  // namespace
}  // namespace unspin
