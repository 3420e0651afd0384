#include "unspin/language/phrases.h"

#include <gtest/gtest.h>

#include "unspin/base/word_hash.h"

namespace unspin {
namespace {

enum class Cue : uint8_t { kPoll, kPaper };

TEST(PhrasesTest, APhraseIsFoundByItsLongestWord) {
  const Phrases<Cue> phrases({{Cue::kPoll, "margin of error, landline"}, {Cue::kPaper, "sign up for"}});
  const auto found = phrases.Find(HashWord("margin"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].cue, Cue::kPoll);
  EXPECT_EQ(found[0].anchor, 0u);
  EXPECT_EQ(found[0].words, (std::vector<uint64_t>{HashWord("margin"), HashWord("of"), HashWord("error")}));
  EXPECT_TRUE(phrases.MayContain(HashWord("landline")));
  EXPECT_TRUE(phrases.Find(HashWord("of")).empty());
}

TEST(PhrasesTest, NoPhraseIsFoundByAFrequentWordThatHasAnother) {
  constexpr std::string_view kFrequent[] = {"about", "have"};
  const Phrases<Cue> phrases({{Cue::kPoll, "have a tip, about"}}, WordSet(kFrequent));
  EXPECT_TRUE(phrases.Find(HashWord("have")).empty());
  EXPECT_EQ(phrases.Find(HashWord("tip")).size(), 1u);
  EXPECT_EQ(phrases.Find(HashWord("about")).size(), 1u);
}

TEST(PhrasesTest, PhrasesHaveNumbersOfTheirOwn) {
  const Phrases<Cue> phrases({{Cue::kPoll, "landline"}, {Cue::kPaper, "landline phone, inbox"}});
  ASSERT_EQ(phrases.Find(HashWord("landline")).size(), 2u);
  EXPECT_NE(phrases.Find(HashWord("landline"))[0].number, phrases.Find(HashWord("landline"))[1].number);
}

}  // namespace
}  // namespace unspin
