// A field that holds HTML becomes text; a text about HTML stays.
#include "unspin/page/markup_text.h"

#include <gtest/gtest.h>

#include <string>

#include "unspin/records/clean_text.h"

namespace unspin {
namespace {

Article Cleaned(const std::string& text, TextIs is = TextIs::kFoundByItself) {
  Article article;
  article.text = text;
  CleanText(is, article);
  return article;
}

TEST(MarkupTextTest, TagsAreNoWordsAndBlocksAreParagraphs) {
  EXPECT_EQ(Cleaned("<p>One <em>two</em>\nthree.</p>\n<p class=\"x\">Four&rsquo;s<br>five.</p>").text,
            "One two three.\n\nFour\u2019s\nfive.");
  EXPECT_EQ(Cleaned("<!-- wp:paragraph --><p>One.</p><!-- /wp:paragraph --><script>var x;</script>").text, "One.");
  EXPECT_EQ(
      Cleaned("The <em>Herald</em> said on <a href=\"https://x.example/?a=1&amp;b=2\">Monday</a> that\n\nit.").text,
      "The Herald said on Monday that\n\nit.");
  EXPECT_EQ(Cleaned("One.<br/><br/>Two.").text, "One.\n\nTwo.");
}

TEST(MarkupTextTest, MarkupWhoseSignsAreReferencesIsMarkup) {
  EXPECT_EQ(Cleaned("&lt;p&gt;One &amp;amp; two.&lt;/p&gt;&lt;p&gt;Three.&lt;/p&gt;").text, "One & two.\n\nThree.");
}

TEST(MarkupTextTest, ReferencesStandForTheirCharacters) {
  EXPECT_EQ(Cleaned("The mayor&rsquo;s caf&#233; &mdash; R&amp;D.").text, "The mayor\u2019s caf\u00e9 \u2014 R&D.");
  EXPECT_EQ(Cleaned("Johnson &amp; Sons").text, "Johnson & Sons");
}

TEST(MarkupTextTest, LettersWithAccentsNeedNoSemicolon) {
  EXPECT_EQ(Cleaned("Le caf&eacute &agrave l'&eacutecole, L'&EacuteCOLE, fa&ccedilade").text,
            "Le caf\u00e9 \u00e0 l'\u00e9cole, L'\u00c9COLE, fa\u00e7ade");
  for (const std::string text : {"AT&T, R&D, law&ethics, sun&moon", "x.example/?a=1&copy=2&aring=3&auml2=4",
                                 "a &lt b and c &gt d", "Write &eacute for it.", "2&times3", "Q&A&thorn"}) {
    EXPECT_EQ(Cleaned(text).text, text);
    EXPECT_TRUE(Cleaned(text).steps.empty());
  }
}

TEST(MarkupTextTest, TagsThatAreWordsOfSentencesStay) {
  for (const std::string text :
       {"A paragraph is opened with <p> and closed with </p>; a link is written <a href=\"x\">here</a>, and <br> ends "
        "it.",
        "He typed <script>alert(1)</script> into the field, and <h1>Hello</h1>, to see what came.",
        "Lines end with <br>, or with <br>."}) {
    EXPECT_EQ(Cleaned(text).text, text);
    EXPECT_TRUE(Cleaned(text).steps.empty());
  }
  EXPECT_EQ(Cleaned("The mayor said<br>so.<br>It was late.").text, "The mayor said\nso.\nIt was late.");
  EXPECT_EQ(Cleaned("The old bridge fell. <p>It was late.</p> <p>Nobody came.</p>").text,
            "The old bridge fell. \n\nIt was late.\n\nNobody came.");
}

TEST(MarkupTextTest, TextsAboutHtmlAndSignsStay) {
  for (const std::string text :
       {"Use <b> for bold and <i> for italics.", "Write \"<p>one</p>\" and \"<p>two</p>\" for paragraphs.",
        "AT&T and R&D", "a < b and b > c, so a < c", "x <- y; if (a<b && c>d) return", "Write &amp; for an ampersand.",
        "See x.example/?a=1&copy=2&reg=3", "He <3 her", "Mail <ann@x.example>", "<a.b@c.example> wrote:"}) {
    EXPECT_EQ(Cleaned(text).text, text);
    EXPECT_TRUE(Cleaned(text).steps.empty());
  }
}

TEST(MarkupTextTest, WhatTheTextIsCanBeSaid) {
  EXPECT_EQ(Cleaned("<p>One.</p><p>Two.</p>", TextIs::kPlain).text, "<p>One.</p><p>Two.</p>");
  EXPECT_EQ(Cleaned("Use <b> for bold", TextIs::kHtml).text, "Use  for bold");
}

TEST(MarkupTextTest, StepsLeadBackToTheField) {
  const std::string field = "<p>One&rsquo;s</p><p>two</p>";
  const Article article = Cleaned(field);
  const size_t two = article.text.find("two");
  uint32_t record = 0;
  for (const OffsetStep& step : article.steps) {
    if (step.text <= two) record = step.record + static_cast<uint32_t>(two - step.text);
  }
  EXPECT_EQ(field.substr(record, 3), "two");
}

TEST(MarkupTextTest, ManyOpenTagsTakeLinearTime) {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "<p <b ";
  EXPECT_EQ(IsHtmlText(text), false);
}

}  // namespace
}  // namespace unspin
