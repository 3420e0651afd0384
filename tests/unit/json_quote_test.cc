// A quoted string is valid JSON that means the text.
#include "unspin/ingest/json_quote.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace unspin {
namespace {

TEST(JsonQuoteTest, AnotherParserReadsTheTextBack) {
  std::string text = "\"C:\\folder\" é € 😀";
  for (char c = 0; c < 0x20; ++c) text += c;
  text += '\x7f';
  std::string json = "x";
  AppendJsonString(text, json);
  EXPECT_EQ(json[0], 'x');
  EXPECT_EQ(nlohmann::json::parse(json.substr(1)).get<std::string>(), text);
}

}  // namespace
}  // namespace unspin
