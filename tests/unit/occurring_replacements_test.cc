#include "unspin/engine/occurring_replacements.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/english.h"

namespace unspin {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<LearntReplacement> Occurring(std::vector<LearntReplacement> learnt, const std::string& suspect,
                                         const std::vector<std::string>& originals) {
  std::vector<TokenizedArticle> texts;
  for (const std::string& original : originals) texts.push_back(Tokenize(original));
  std::vector<const TokenizedArticle*> pointers;
  for (const TokenizedArticle& text : texts) pointers.push_back(&text);
  return OccurringReplacements(std::move(learnt), Tokenize(suspect), pointers);
}

TEST(OccurringReplacementsTest, BothPhrasesMustStandOnTheirSides) {
  const LearntReplacement kept = {"last", "ultimate"};
  EXPECT_THAT(Occurring({kept}, "The Ultimate word.", {"The last word."}), ElementsAre(kept));
  EXPECT_THAT(Occurring({kept}, "The last word.", {"The ultimate word."}), IsEmpty());
  EXPECT_THAT(Occurring({kept}, "The ultimate word.", {"The first word."}), IsEmpty());
}

TEST(OccurringReplacementsTest, APhraseIsOfWholeWordsInARow) {
  EXPECT_THAT(Occurring({{"art", "craft"}}, "A craft.", {"A part of it, artful."}), IsEmpty());
  EXPECT_THAT(Occurring({{"good deal", "craft"}}, "A craft.", {"A good, great deal."}), IsEmpty());
  EXPECT_THAT(Occurring({{"good deal", "craft"}}, "A craft.", {"A good (deal)!"}), ::testing::SizeIs(1));
}

TEST(OccurringReplacementsTest, NoPhraseGoesFromOneOriginalIntoTheNext) {
  EXPECT_THAT(Occurring({{"last first", "craft"}}, "A craft.", {"The last", "first of all"}), IsEmpty());
}

TEST(OccurringReplacementsTest, EachIsThereOnceInOrder) {
  EXPECT_THAT(Occurring({{"last", "ultimate"}, {"first", "initial"}, {"last", "ultimate"}}, "Initial and ultimate.",
                        {"The last", "The first"}),
              ElementsAre(LearntReplacement{"first", "initial"}, LearntReplacement{"last", "ultimate"}));
}

}  // namespace
}  // namespace unspin
