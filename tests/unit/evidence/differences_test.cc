#include "evidence/differences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace unspin::evidence {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(DifferencesTest, EqualBytesHaveNone) {
  for (const Compared compared : {Compared::kAsJson, Compared::kAsJsonLines, Compared::kAsLines, Compared::kAsBytes})
    EXPECT_THAT(DifferencesOf("{", "{", compared), IsEmpty());
}

TEST(DifferencesTest, ANumberInJsonIsNamedByItsPathWithBothValues) {
  EXPECT_THAT(DifferencesOf(R"({"findings":[{"probability":0.5,"id":"a"}]})",
                            R"({"findings":[{"probability":0.991,"id":"a"}]})", Compared::kAsJson),
              ElementsAre("findings[0].probability: the pack has 0.5, made again 0.991"));
}

TEST(DifferencesTest, NumbersAreShownAsTheyAreWritten) {
  EXPECT_THAT(DifferencesOf(R"({"a":[1, {"p" : 0.999334}], "b":1.50,"c":1e3})",
                            R"({"a":[1,{"p":0.9993339}],"b":2.00,"c":1000.5})", Compared::kAsJson),
              ElementsAre("a[1].p: the pack has 0.999334, made again 0.9993339",
                          "b: the pack has 1.50, made again 2.00", "c: the pack has 1e3, made again 1000.5"));
  EXPECT_THAT(DifferencesOf("[\"],[\",[ ], 0.10]", "[\"],[\",[],0.20]", Compared::kAsJson),
              ElementsAre("[2]: the pack has 0.10, made again 0.20"));
}

TEST(DifferencesTest, ADeepValueIsCompared) {
  const std::string open(100, '['), close(100, ']');
  EXPECT_THAT(DifferencesOf(open + "1" + close, open + "2" + close, Compared::kAsJson),
              ElementsAre(HasSubstr("the pack has 1, made again 2")));
}

TEST(DifferencesTest, AFieldThatOnlyOneHasIsNamed) {
  EXPECT_THAT(DifferencesOf(R"({"a":1,"b":{"c":2}})", R"({"a":1,"d":3})", Compared::kAsJson),
              ElementsAre("d: the pack has nothing, made again 3", "b: the pack has {\"c\":2}, made again nothing"));
}

TEST(DifferencesTest, ListsOfOtherLengthsAreNamed) {
  EXPECT_THAT(DifferencesOf("[1,2,3]", "[1,4]", Compared::kAsJson),
              ElementsAre("the whole: the pack has 3 of them, made again 2", "[1]: the pack has 2, made again 4"));
}

TEST(DifferencesTest, JsonOfOtherSpellingIsNoEqual) {
  EXPECT_THAT(DifferencesOf("{\"a\": 1}", "{\"a\":1}", Compared::kAsJson),
              ElementsAre(HasSubstr("written differently")));
}

TEST(DifferencesTest, WhatIsNoJsonIsNamed) {
  EXPECT_THAT(DifferencesOf("{\"a\":", "{\"a\":1}", Compared::kAsJson), ElementsAre("no valid JSON"));
}

TEST(DifferencesTest, AFieldThatIsThereTwiceIsNoEqual) {
  EXPECT_THAT(DifferencesOf(R"({"a":2,"a":1})", R"({"a":1})", Compared::kAsJson), SizeIs(1));
}

TEST(DifferencesTest, LinesAreNamedByNumber) {
  EXPECT_THAT(DifferencesOf("one\ntwo\n", "one\n2\n", Compared::kAsLines),
              ElementsAre("line 2: the pack has \"two\", made again \"2\""));
  EXPECT_THAT(DifferencesOf("one\n", "one\ntwo\n", Compared::kAsLines),
              ElementsAre("line 2: the pack has no such line, made again \"two\""));
  EXPECT_THAT(DifferencesOf("one", "one\n", Compared::kAsLines), ElementsAre(HasSubstr("written differently")));
}

TEST(DifferencesTest, ManyDifferencesAreCutOff) {
  std::string given, made;
  for (int i = 0; i < 100; ++i) {
    given += "a\n";
    made += "b\n";
  }
  const auto found = DifferencesOf(given, made, Compared::kAsLines);
  ASSERT_THAT(found, SizeIs(kMaxDifferences + 1));
  EXPECT_EQ(found.back(), "and more that differs");
}

TEST(DifferencesTest, AMessageHasNoControls) {
  EXPECT_EQ(Shortened("a\nb\x1b[31m\"c\\"), "a\\nb\\u001b[31m\"c\\");
  EXPECT_LT(Shortened(std::string(10'000, 'x')).size(), 200U);
}

}  // namespace
}  // namespace unspin::evidence
