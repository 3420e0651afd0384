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

// A page with a menu, a teaser and a story of some paragraphs.
std::string PageOfStory(int paragraphs) {
  std::string page =
      "\n<!-- saved -->\n<!DOCTYPE html><html><head><title>Bridge opens</title><meta property=article:published_time "
      "content=2026-03-04T08:00:00Z><script>document.write(\"<p>\")</script></head><body><nav><ul><li><a "
      "href=/>Home</a>"
      "</ul></nav><article><h1>Bridge opens</h1>";
  for (int i = 0; i < paragraphs; ++i) {
    page += "<p>On day " + std::to_string(i) +
            " the engineers of the town walked across the new bridge, counted its lamps &amp; wrote <b>what</b> they "
            "had seen into a report that the council will read in the coming week.</p>";
  }
  return page +
         "</article><aside class=related><h2>Most read</h2><div class=teaser><h3><a href=/o>Ferry sinks</a></h3><p>The "
         "ferry sank behind the quay, where nobody had looked for it since the war.</p></div></aside></body></html>";
}

TEST(CleanTextTest, OfAWholePageTheArticleIsTakenAndStepsLeadToTheField) {
  const std::string page = PageOfStory(8);
  for (const TextIs is : {TextIs::kFoundByItself, TextIs::kHtml}) {
    Article article;
    article.text = page;
    article.title = "Own title";
    EXPECT_TRUE(MayNeedCleaning(is, page));
    CleanText(is, article);
    EXPECT_TRUE(article.text.starts_with("On day 0 the engineers")) << article.text;
    EXPECT_EQ(article.text.find("ferry"), std::string::npos);
    EXPECT_EQ(article.reading.chosen, "main-text");
    EXPECT_LT(article.reading.words, article.reading.page_words);
    EXPECT_EQ(article.title, "Own title");
    EXPECT_EQ(article.published, "2026-03-04T08:00:00Z");
    const size_t at = article.text.find("day 7");
    ASSERT_NE(at, std::string::npos);
    size_t in_field = 0;
    for (const OffsetStep& step : article.steps) {
      if (step.text <= at) in_field = step.record + (at - step.text);
    }
    EXPECT_EQ(page.substr(in_field, 5), "day 7");
  }
}

TEST(CleanTextTest, FragmentsArePlainMarkupAndPlainTextStays) {
  const Article fragment = Cleaned("<div><p>One.</p><aside><p>Two.</p></aside></div>");
  EXPECT_EQ(fragment.text, "One.\n\nTwo.");
  EXPECT_TRUE(fragment.reading.chosen.empty());
  Article plain;
  plain.text = PageOfStory(3);
  CleanText(TextIs::kPlain, plain);
  EXPECT_EQ(plain.text, PageOfStory(3));
  const std::string about = "<!DOCTYPE html> is the line that a page begins with, before <html> and <head>.";
  EXPECT_EQ(Cleaned(about).text, about);
}

TEST(CleanTextTest, MarkupThatThePageOfATextShowsIsNotReadAgain) {
  const Article article = Cleaned(
      "<html><body><article><p>Write &lt;p&gt;One&lt;/p&gt;&lt;p&gt;two&lt;/p&gt; to get two paragraphs.</p></article>"
      "</body></html>");
  EXPECT_EQ(article.text, "Write <p>One</p><p>two</p> to get two paragraphs.");
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

TEST(CleanTextTest, ReferencesInATitleStandForTheirCharacters) {
  Article article;
  article.title = "Fish &amp; chips";
  CleanTitle(TextIs::kFoundByItself, false, article);
  EXPECT_EQ(article.title, "Fish & chips");
  article.title = "<b>Fish</b> <i>and</i> chips";
  CleanTitle(TextIs::kFoundByItself, true, article);
  EXPECT_EQ(article.title, "Fish and chips");
}

TEST(CleanTextTest, ATitleThatIsPlainOrHasNoWordsInItsMarkupStays) {
  Article article;
  article.title = "Fish &amp; chips";
  CleanTitle(TextIs::kPlain, true, article);
  EXPECT_EQ(article.title, "Fish &amp; chips");
  article.title = "<br>";
  CleanTitle(TextIs::kFoundByItself, true, article);
  EXPECT_EQ(article.title, "<br>");
}

}  // namespace
}  // namespace unspin
