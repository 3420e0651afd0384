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

}  // namespace
}  // namespace unspin
