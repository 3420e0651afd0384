#include "unspin/json/json_parser.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace unspin {
namespace {

TEST(JsonParserTest, IntegersBeyondSixtyFourBitsAreNumbers) {
  JsonParser parser;
  simdjson::dom::element root;
  ASSERT_EQ(parser.Parse(R"({"n": 123456789012345678901234567890, "t": "x"})").get(root), simdjson::SUCCESS);
  EXPECT_EQ(JsonTextField(root, "t"), "x");
  EXPECT_TRUE(JsonField(root, "n")->is_double());
}

TEST(JsonParserTest, TheLastOfTwoFieldsCounts) {
  JsonParser parser;
  simdjson::dom::element root;
  ASSERT_EQ(parser.Parse("\xef\xbb\xbf{\"a\": \"x\", \"a\": \"y\", \"b\": 1}").get(root), simdjson::SUCCESS);
  EXPECT_EQ(JsonTextField(root, "a"), "y");
  EXPECT_EQ(JsonTextField(root, "b"), "");
  EXPECT_FALSE(JsonField(root, "c"));
}

TEST(JsonParserTest, NumbersThatAreNoneBecomeNull) {
  EXPECT_EQ(WithNullForNonNumbers(R"({"a": NaN, "b": [-Infinity, Infinity, 1]})"),
            R"({"a": null, "b": [null, null, 1]})");
  EXPECT_EQ(WithNullForNonNumbers(R"({"a": "NaN", "b": 1, "c": "\"NaN"})"), std::nullopt);
  EXPECT_EQ(WithNullForNonNumbers("{\"a\": \"open NaN"), std::nullopt);
  EXPECT_EQ(WithNullForNonNumbers(""), std::nullopt);
}

TEST(JsonParserTest, LoneSurrogatesAreReplaced) {
  EXPECT_EQ(WithoutLoneSurrogates(R"({"a": "x\ud83d", "b": "\uDE00\ud83d\ude00\ud83d\u0041"})"),
            R"({"a": "x\ufffd", "b": "\ufffd\ud83d\ude00\ufffd\u0041"})");
  EXPECT_EQ(WithoutLoneSurrogates(R"({"a": "\ud83d\ude00", "b": "\\ud83d", "c": "\\\\ud83d"})"), std::nullopt);
  for (const char* cut : {"", "\\", "\"\\u", "\"\\ud8", "\"\\ud83d\\ude"}) {
    const auto replaced = WithoutLoneSurrogates(cut);
    EXPECT_EQ(replaced.value_or(cut).size(), std::string_view(cut).size()) << cut;
  }
  JsonParser parser;
  simdjson::dom::element root;
  ASSERT_EQ(parser.Parse(R"({"n": 123456789012345678901234567890, "t": "x\ud83d y"})").get(root), simdjson::SUCCESS);
  EXPECT_EQ(JsonTextField(root, "t"), "x\ufffd y");
  EXPECT_NE(parser.Parse(R"({"t": "\ud8", "u": "\ud83d"})").get(root), simdjson::SUCCESS) << "no escape";
}

}  // namespace
}  // namespace unspin
