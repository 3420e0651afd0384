// Markup, references and mojibake together, each where it is and nowhere else.
#include "unspin/records/clean_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "support/input_files.h"
#include "unspin/article/mapped_text.h"
#include "unspin/inputs/json_article.h"

namespace unspin {
namespace {

using testing::InputFiles;
using testing::ReadAll;

Article Cleaned(const std::string& text) {
  Article article;
  article.text = text;
  CleanText(TextIs::kFoundByItself, article);
  return article;
}

TEST(CleanTextTest, PlainTextCostsNothingAndStays) {
  const std::string text = "Plain words, AT&T, a < b, café’s – “quoted”? Yes.";
  EXPECT_FALSE(MayNeedCleaning(TextIs::kFoundByItself, text));
  EXPECT_EQ(Cleaned(text).text, text);
  EXPECT_TRUE(Cleaned(text).steps.empty());
}

TEST(CleanTextTest, MojibakeInsideOfMarkupIsUndoneAndStepsLeadToTheField) {
  const std::string field =
      "<p>He didn\u00e2\u20ac\u2122t &amp; won\u00e2\u20ac\u2122t.</p><p>They can\u00e2\u20ac\u2122t end.</p>";
  const Article article = Cleaned(field);
  EXPECT_EQ(article.text, "He didn\u2019t & won\u2019t.\n\nThey can\u2019t end.");
  for (const std::string word : {"didn", "won", "They", "end"}) {
    const size_t at = article.text.find(word);
    size_t in_field = 0;
    for (const OffsetStep& step : article.steps) {
      if (step.text <= at) in_field = step.record + (at - step.text);
    }
    EXPECT_EQ(field.substr(in_field, word.size()), word);
  }
  for (const OffsetStep& step : article.steps) {
    const OffsetStep counted = CountUnits(field, OffsetStep{}, step.record);
    EXPECT_EQ(counted.codepoint, step.codepoint) << step.text;
    EXPECT_EQ(counted.utf16, step.utf16) << step.text;
  }
}

TEST(CleanTextTest, RecordsOfJsonAndTheirTextsAloneAreCleanedAlike) {
  InputFiles files;
  const std::string path =
      files.Write("a.jsonl",
                  "{\"id\": \"1\", \"text\": \"<p>One&rsquo;s <b>own</b></p><p>two.</p>\"}\n{\"id\": \"2\", \"text\": "
                  "\"<p> </p><p></p>\"}\n");
  const auto records = ReadAll({path});
  EXPECT_EQ(std::get<Article>(records[0]).text, "One\u2019s own\n\ntwo.");
  const std::string line = "{\"id\": \"1\", \"text\": \"<p>One&rsquo;s <b>own</b></p><p>two.</p>\"}";
  const std::string padded = line + std::string(RawRecord::kPadding, ' ');
  JsonArticleParser parser("a.jsonl", {});
  RawRecord raw;
  raw.bytes = std::string_view(padded).substr(0, line.size());
  EXPECT_EQ(std::get<ArticleText>(*parser.ParseText(raw)).text, std::get<Article>(records[0]).text);
  EXPECT_NE(std::get<BadRecord>(records[1]).message.find("is empty"), std::string::npos);
}

}  // namespace
}  // namespace unspin
