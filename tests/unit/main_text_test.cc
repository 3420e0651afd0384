// The article of a web page is found, without the boilerplate around it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "support/page_stories.h"
#include "support/read_page.h"
#include "unspin/page/main_text.h"

namespace unspin {
namespace {

using testing::kComments;
using testing::kNewsPage;
using testing::kTramStory;
using testing::kWeirHeadline;
using testing::kWeirStory;
using testing::PageArticle;
using testing::PageText;
using testing::Paragraphs;
using testing::ReadPage;
using testing::Repeated;
using testing::SitePage;
using testing::TextOf;

TEST(MainTextTest, TheArticleOfANewsPageIsFoundWithoutItsSurroundings) {
  EXPECT_EQ(PageText(kNewsPage),
            "The council voted on Tuesday to build a caf\xc3\xa9-lined bridge, ending a debate that has run for ten "
            "years & more.\n\n"
            "\xe2\x80\x9cWe\xe2\x80\x99re glad,\xe2\x80\x9d said the mayor, who had asked for the vote. Caf\xc3\xa9 "
            "owners \xf0\x9f\x98\x80 cheered.\n\n"
            "“Nothing lasts, but bridges come close, the engineer added.\n\n"
            "“She smiled.”\n\n"
            "\xc2\xa9 2024 The Daily. All rights reserved.");
}

TEST(MainTextTest, NoticesOutsideOfTheTextAreKeptApart) {
  EXPECT_EQ(PageArticle(kNewsPage).notices, (std::vector<std::string>{"By Ann Writer", "Copyright The Daily Ltd."}));
}

TEST(MainTextTest, BlocksAndBreaksSeparateParagraphs) {
  EXPECT_EQ(PageText("<p>one<p>two<ul><li>three<li>four</ul><div>five<br>six<br/><br>seven</div>"),
            "one\n\ntwo\n\nthree\n\nfour\n\nfive\nsix\n\nseven");
  EXPECT_EQ(PageText("<table><tr><td>a<td>b<tr><td>c</table>"), "a\n\nb\n\nc");
  EXPECT_EQ(PageText("<p>in<b>li</b>ne <i> spaces </i> collapse</p><p>&nbsp;</p><p>\xe2\x80\x8b</p><p>next</p>"),
            "inline spaces collapse\n\nnext");
}

TEST(MainTextTest, QuotationsOfThePageGetMarks) {
  const std::string story = Repeated("The bridge is open again. ", 9) + "It is.";
  const std::string end = Repeated("The river has gone down. ", 9) + "It is.";
  const auto text_of = [&](const std::string& rest) {
    const std::string text = PageText("<article><p>" + story + "</p>" + rest + "<p>" + end + "</p></article>");
    return text.substr(story.size() + 2, text.size() - story.size() - end.size() - 4);
  };
  EXPECT_EQ(text_of("<blockquote><p>We came.</p><p>We saw.</p></blockquote><p>He left.</p>"),
            "“We came.\n\n“We saw.”\n\nHe left.");
  EXPECT_EQ(text_of("<blockquote>“We came,” he said.</blockquote>"), "“We came,” he said.");
  EXPECT_EQ(text_of("<blockquote class=\"twitter-tweet\"><p>We came.</p>&mdash; Jane (@j)</blockquote>"),
            "“We came.\n\n“— Jane (@j)”");
  EXPECT_EQ(text_of("<p>He said <q>we came</q>.</p><p>And <q>“we saw”</q></p>"), "He said “we came”.\n\nAnd “we saw”");
  EXPECT_EQ(text_of("<p>He said <q>we came</q></p><p>He left.</p>"), "He said “we came”\n\nHe left.");
}

TEST(MainTextTest, ABlockquoteOfTheWholeTextIsNoQuotation) {
  EXPECT_EQ(PageText("<blockquote><p>We came.</p><p>We saw.</p></blockquote>"), "We came.\n\nWe saw.");
}

TEST(MainTextTest, InsertedMarksMapToThePage) {
  const std::string page = "<article><p>" + Repeated("The bridge is open again. ", 9) +
                           "</p><blockquote>We came.</blockquote><p>He <q>left it</q> all. " +
                           Repeated("The bridge is open again. ", 9);
  const Article article = PageArticle(page);
  for (const std::string word : {"came", "left it", "all"}) {
    const size_t at = article.text.find(word);
    ASSERT_NE(at, std::string::npos);
    const OffsetStep* last = nullptr;
    for (const OffsetStep& step : article.steps) last = step.text <= at ? &step : last;
    ASSERT_NE(last, nullptr);
    EXPECT_EQ(page.substr(last->record + (at - last->text), word.size()), word);
  }
}

TEST(MainTextTest, AFormAroundThePageHidesNothing) {
  const std::string text = "The page is one form, as some servers make it, and its text is inside.";
  EXPECT_EQ(PageText("<body><form><div><p>" + text + "</p></div></form></body>"), text);
}

TEST(MainTextTest, WithoutAnArticleAllVisibleTextIsTaken) {
  EXPECT_EQ(PageText("<nav>Home</nav><div>Short</div>"), "Short");
  EXPECT_EQ(PageText("<nav><ul><li><a href=/>Home</a><li><a href=/n>News</a></ul></nav><footer>Contact</footer>"),
            "Home\n\nNews\n\nContact");
}

TEST(MainTextTest, APageWithoutVisibleTextIsABadRecord) {
  for (const char* page : {"<html></html>", "<script>text</script>", "<p>&nbsp; </p>", "<!-- text -->"}) {
    EXPECT_TRUE(std::holds_alternative<BadRecord>(ReadPage(page))) << page;
  }
}

TEST(MainTextTest, TheDeclaredArticleBodyDecides) {
  const std::string story =
      "The first sentence of the story has several words in it. The second one has some more of them, too.";
  const std::string other =
      "A much longer text that is not the story, with commas, and clauses, and more words than the story, which goes "
      "on, and on.";
  const std::string blocks = "<div><div><p>" + story + "</p></div><div><p>" + other + "</p></div></div>";
  EXPECT_NE(PageText(blocks).find(other), std::string::npos);
  const std::string data =
      R"(<script type="application/ld+json">{"@graph":[{"headline":"H","datePublished":"2021-01-01",)"
      R"("articleBody":")" +
      story + "\"}]}</script>";
  const Article article = PageArticle(data + blocks);
  EXPECT_EQ(article.text, story);
  EXPECT_EQ(article.title, "H");
  EXPECT_EQ(article.published, "2021-01-01");
}

TEST(MainTextTest, ADeclaredSummaryDoesNotReplaceTheArticle) {
  const std::string summary = "The summary of the story is a sentence of a few words.";
  const std::string story =
      Repeated("<p>The story itself goes on for long, with commas, clauses and more words than its summary.</p>", 9);
  const std::string text = PageText(R"(<script type="application/ld+json">{"articleBody":")" + summary +
                                    R"("}</script><div><p>)" + summary + "</p></div><div>" + story + "</div>");
  EXPECT_NE(text.find("The story itself"), std::string::npos);
}

TEST(MainTextTest, NamesOfAnAncestorLoseNothing) {
  for (const char* name :
       {"tag-cookies", "newsletter", "category-social has-sidebar", "article-with-comments", "promo"}) {
    const std::string content = "<div class=\"" + std::string(name) + "\"><article>" + kWeirHeadline +
                                Paragraphs(kWeirStory) + "</article></div>";
    EXPECT_EQ(PageText(SitePage(content)), TextOf(kWeirStory)) << name;
  }
}

TEST(MainTextTest, ABodyThatWaitsForAScriptIsRead) {
  const std::string story = Paragraphs(kWeirStory);
  const std::pair<std::string, std::string> bodies[] = {
      {"<div aria-hidden=true>" + story + "</div>", "hidden-text"},
      {"<div style=\"display: none\">" + story + "</div>", "hidden-text"},
      {"<noscript><div>" + story + "</div></noscript>", "noscript"},
      {"<template>" + story + "</template>", "template"},
      {"<div>" + story + "</div>", "main-text"},
  };
  for (const auto& [body, chosen] : bodies) {
    const Article article = PageArticle(SitePage("<article>" + kWeirHeadline + body + "</article>"));
    EXPECT_EQ(article.text, TextOf(kWeirStory)) << chosen;
    EXPECT_EQ(article.reading.chosen, chosen);
  }
}

TEST(MainTextTest, ABodyThatIsOnlyDataOfAScriptIsRead) {
  std::string json;
  for (const std::string_view paragraph : kWeirStory)
    json += std::string(json.empty() ? "" : ",") + R"({"type":"text","value":")" + std::string(paragraph) + "\"}";
  const Article article =
      PageArticle(SitePage("<article>" + kWeirHeadline +
                           "</article><script id=data type=\"application/json\">{\"body\":[" + json + "]}</script>"));
  EXPECT_EQ(article.text, TextOf(kWeirStory));
  EXPECT_EQ(article.reading.chosen, "script-data");
}

TEST(MainTextTest, ABodyThatIsOnlyDeclaredIsRead) {
  std::string body;
  for (const std::string_view paragraph : kWeirStory) body += std::string(paragraph) + "\\n\\n";
  const Article article = PageArticle(
      SitePage("<article>" + kWeirHeadline + "</article>",
               R"(<script type="application/ld+json">{"@type":"NewsArticle","headline":"Tarnholt loses its weir",)"
               R"("articleBody":")" +
                   body + "\"}</script>"));
  EXPECT_NE(article.text.find(kWeirStory[0]), std::string::npos);
  EXPECT_NE(article.text.find(kWeirStory[6]), std::string::npos);
  EXPECT_EQ(article.reading.chosen, "linked-data");
}

TEST(MainTextTest, AShownBodyIsPreferredToItsDeclaredCopy) {
  std::string body;
  for (const std::string_view paragraph : kWeirStory) body += std::string(paragraph) + "\\n\\n";
  const Article article =
      PageArticle(SitePage("<article>" + kWeirHeadline + Paragraphs(kWeirStory) + "</article>",
                           R"(<script type="application/ld+json">{"articleBody":")" + body + "\"}</script>"));
  EXPECT_EQ(article.text, TextOf(kWeirStory));
  EXPECT_EQ(article.reading.chosen, "main-text");
}

TEST(MainTextTest, ParagraphsOfAPageThatStandsTwiceAreTakenOnce) {
  const std::string story = kWeirHeadline + Paragraphs(kWeirStory);
  const std::string text =
      PageText(SitePage("<main class=desktop>" + story + "</main><main class=mobile>" + story + "</main>"));
  for (const std::string_view paragraph : kWeirStory) {
    const size_t first = text.find(paragraph);
    EXPECT_NE(first, std::string::npos) << paragraph;
    EXPECT_EQ(first, text.rfind(paragraph)) << paragraph;
  }
}

TEST(MainTextTest, CommentsBelowAreLeftOut) {
  for (const char* name : {"comments", "x7"}) {
    const std::string comments =
        "<section class=" + std::string(name) + "><h2>What our readers say</h2>" + Paragraphs(kComments) + "</section>";
    const std::string text =
        PageText(SitePage("<article>" + kWeirHeadline + Paragraphs(kWeirStory) + "</article>" + comments));
    EXPECT_EQ(text, TextOf(kWeirStory)) << name;
  }
}

TEST(MainTextTest, TheNextArticleIsLeftOut) {
  EXPECT_EQ(PageText(SitePage("<div><article class=s>" + kWeirHeadline + Paragraphs(kWeirStory) +
                              "</article><article class=s><h1>Trams reach the hospital</h1>" + Paragraphs(kTramStory) +
                              "</article></div>")),
            TextOf(kWeirStory));
}

TEST(MainTextTest, WordsThatWereLeftAsideAreCountedByWhatTheyAre) {
  std::string comments;
  for (int i = 0; i < 12; ++i) {
    comments += "<div class=comment><b>Reader " + std::to_string(i) + "</b>";
    for (const std::string_view comment : kComments)
      comments += "<p>" + std::to_string(i) + ": " + std::string(comment) + "</p>";
    comments += "</div>";
  }
  const Article article = PageArticle(SitePage("<article>" + kWeirHeadline + Paragraphs(kWeirStory) +
                                               "</article><section class=comments>" + comments + "</section>"));
  EXPECT_EQ(article.text, TextOf(kWeirStory));
  EXPECT_EQ(article.reading.rest, "comments");
  EXPECT_GT(article.reading.page_words, 4 * article.reading.words);
}

TEST(MainTextTest, WhereNothingIsLeftAsideThereIsNoRest) {
  const Article article = PageArticle("<article>" + kWeirHeadline + Paragraphs(kWeirStory) + "</article>");
  EXPECT_EQ(article.reading.words, article.reading.page_words);
  EXPECT_EQ(article.reading.rest, "");
}

}  // namespace
}  // namespace unspin
