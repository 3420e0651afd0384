#include "unspin/json/json_string.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace unspin {
namespace {

TEST(JsonStringTest, AnotherParserReadsTheText) {
  std::string text = "caf\xc3\xa9 \xf0\x9f\x8e\x89 ";
  for (char c = 0; c < 127; ++c) text.push_back(c);
  EXPECT_EQ(nlohmann::json::parse(JsonString(text)).get<std::string>(), text);
  EXPECT_EQ(JsonString(""), "\"\"");
}

TEST(JsonStringTest, TheStringStaysOnOneLine) { EXPECT_EQ(JsonString("a\n\r\x01\"\\"), R"("a\n\u000d\u0001\"\\")"); }

}  // namespace
}  // namespace unspin
