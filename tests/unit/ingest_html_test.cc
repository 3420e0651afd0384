// Web pages: the article is found, and every byte of it is traced back to the page.
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <variant>
#include <vector>

#include "unspin/ingest/charset.h"
#include "unspin/ingest/html.h"
#include "unspin/ingest/mapped_text.h"
#include "unspin/ingest/reader.h"

namespace unspin {
namespace {

std::variant<Article, BadRecord> Read(const std::string& bytes) {
  ReaderOptions options;
  options.format = InputFormat::kHtml;
  return ArticleFromBytes(bytes, "page.html", options);
}

Article ReadArticle(const std::string& bytes) {
  auto record = Read(bytes);
  if (auto* bad = std::get_if<BadRecord>(&record)) {
    ADD_FAILURE() << bad->message;
    return {};
  }
  return std::get<Article>(std::move(record));
}

std::string Text(const std::string& bytes) { return ReadArticle(bytes).text; }

// Where the byte at `position` of the text stands in the record.
uint32_t RecordPosition(const Article& article, uint32_t position) {
  uint32_t record = position;
  for (const OffsetStep& step : article.steps) {
    if (step.text > position) break;
    record = step.record + (position - step.text);
  }
  return record;
}

// Checks that every step counts right and that text and record agree at every byte outside references and white space.
// Returns how many bytes agreed.
size_t CheckSteps(const Article& article, const std::string& record) {
  size_t agreed = 0;
  for (size_t at = 0; at < article.steps.size(); ++at) {
    const OffsetStep& step = article.steps[at];
    const OffsetStep counted = CountUnits(record, OffsetStep{}, step.record);
    EXPECT_EQ(counted.codepoint, step.codepoint) << "step " << at;
    EXPECT_EQ(counted.utf16, step.utf16) << "step " << at;
    if (at > 0) {
      EXPECT_GE(step.text, article.steps[at - 1].text);
      EXPECT_GE(step.record, article.steps[at - 1].record);
    }
  }
  for (uint32_t at = 0; at < article.text.size(); ++at) {
    const uint32_t there = RecordPosition(article, at);
    EXPECT_LE(there, record.size());
    if (there >= record.size() || article.text[at] == ' ' || article.text[at] == '\n') continue;
    size_t reference = at;  // the text of a reference starts where the record has its "&"
    while (reference > 0 && (static_cast<unsigned char>(article.text[reference]) & 0xc0) == 0x80) --reference;
    if (record[RecordPosition(article, static_cast<uint32_t>(reference))] == '&') continue;
    EXPECT_EQ(article.text[at], record[there]) << "at byte " << at;
    agreed += article.text[at] == record[there];
  }
  return agreed;
}

std::string Repeated(const std::string& part, size_t times) {
  std::string all;
  for (size_t at = 0; at < times; ++at) all += part;
  return all;
}

constexpr char kNewsPage[] = R"(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Council approves bridge | The Daily</title>
<meta property="og:title" content="Council approves the &ldquo;new&rdquo; bridge">
<meta property="og:site_name" content="The Daily"><link rel="canonical" href="https://daily.example/bridge?a=1&amp;b=2">
<meta property="article:published_time" content="2024-03-05T08:00:00Z">
<style>p { color: red }</style><script>var x = "<p>Not text, not text, not text, not text at all.</p>";</script></head>
<body class="page with-sidebar">
<header class="masthead"><a href="/">The Daily</a><p>Your town, every day, since 1889, in print and online, for all
of us.</p></header>
<nav><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<main><article><h1>Council approves the new bridge</h1><p class="byline">By Ann Writer</p>
<figure><img src="x.jpg"><figcaption>The old bridge, seen from the north bank, in the winter of last
year.</figcaption></figure>
<p>The council   voted on
Tuesday to build a caf&eacute;-lined bridge, ending a debate that has run for <b>ten</b> years &amp; more.</p>
<div class="ad-slot">Advertisement: buy now, pay later, and save a lot of money, today only, at our shop.</div>
<p>&ldquo;We&rsquo;re glad,&rdquo; said the mayor, who had
<a href="/q">asked</a> for the vote. Caf<i>é</i> owners 😀 cheered.</p>
<aside class="related"><h3>Related</h3><p>Another long story about the bridge, its cost, its builders, and its
future.</p></aside>
<blockquote>Nothing lasts, but bridges come close, the engineer added.<br><br>She smiled.</blockquote>
<p>&copy; 2024 The Daily. All rights reserved.</p>
<footer><a href="/tag">bridge</a> <p>Copyright The Daily Ltd.</p><p>Share this story with your friends, your family,
and others.</p></footer></article>
<section id="comments"><h2>Comments</h2><p>I think this is wrong, and I have said so before, many times, to everyone
I know.</p></section></main>
<aside><p>Most read: a story, another story, a third story, and a fourth one for good measure.</p></aside>
<footer><p>The Daily is published by Daily Ltd, registered in England, number 1, all rights kept.</p></footer>
</body></html>)";

TEST(IngestHtml, TheArticleOfANewsPageIsFoundWithoutItsSurroundings) {
  EXPECT_EQ(Text(kNewsPage),
            "Council approves the new bridge\n\n"
            "By Ann Writer\n\n"
            "The council voted on Tuesday to build a caf\xc3\xa9-lined bridge, ending a debate that has run for ten "
            "years & more.\n\n"
            "\xe2\x80\x9cWe\xe2\x80\x99re glad,\xe2\x80\x9d said the mayor, who had asked for the vote. Caf\xc3\xa9 "
            "owners \xf0\x9f\x98\x80 cheered.\n\n"
            "Nothing lasts, but bridges come close, the engineer added.\n\n"
            "She smiled.\n\n"
            "\xc2\xa9 2024 The Daily. All rights reserved.\n\n"
            "Copyright The Daily Ltd.");
}

TEST(IngestHtml, ThePageSaysWhatItIs) {
  const Article article = ReadArticle(kNewsPage);
  EXPECT_EQ(article.title, "Council approves the \xe2\x80\x9cnew\xe2\x80\x9d bridge");
  EXPECT_EQ(article.site, "The Daily");
  EXPECT_EQ(article.url, "https://daily.example/bridge?a=1&b=2");
  EXPECT_EQ(article.published, "2024-03-05T08:00:00Z");
  EXPECT_EQ(article.id, "page.html");
}

TEST(IngestHtml, FactsComeFromLesserSourcesWhereTheBestIsMissing) {
  const Article article = ReadArticle(
      "<title>Site title</title><meta property=og:url content='https://x.example/'><h1>The\n headline</h1>"
      "<time datetime='2020-02-02'>2 Feb</time><p>Some text of the article, enough to be read.</p>");
  EXPECT_EQ(article.title, "The headline");
  EXPECT_EQ(article.url, "https://x.example/");
  EXPECT_EQ(article.published, "2020-02-02");
  EXPECT_EQ(ReadArticle("<title>Only\n this</title><p>x</p>").title, "Only this");
}

TEST(IngestHtml, EveryByteIsTracedBackToThePage) {
  const Article article = ReadArticle(kNewsPage);
  EXPECT_GT(CheckSteps(article, kNewsPage), 300u);
  const auto at = static_cast<uint32_t>(article.text.find("cheered"));
  EXPECT_EQ(RecordPosition(article, at), std::string(kNewsPage).find("cheered"));
  EXPECT_EQ(RecordPosition(article, static_cast<uint32_t>(article.text.find("& more"))),
            std::string(kNewsPage).find("&amp; more"));
  // The end of the text maps behind the last word, not somewhere into the markup after it.
  EXPECT_EQ(RecordPosition(article, static_cast<uint32_t>(article.text.size())),
            std::string(kNewsPage).find("Copyright The Daily Ltd.") + std::string("Copyright The Daily Ltd.").size());
}

TEST(IngestHtml, AReferenceAtTheEndIsCoveredWhole) {
  const std::string page = "<p>He said AT&amp;T &amp;</p>";
  const Article article = ReadArticle(page);
  EXPECT_EQ(article.text, "He said AT&T &");
  EXPECT_EQ(RecordPosition(article, static_cast<uint32_t>(article.text.size())), page.find("</p>"));
}

TEST(IngestHtml, ReferencesMeanWhatTheStandardSays) {
  EXPECT_EQ(Text("<p>&lt;b&gt; &#65;&#x42; &#150; &#0; &#xD800; &#99999999; &notit; &not; &copy2 &comma; &bogus; & &; "
                 "&#; &#x;</p>"),
            "<b> AB \xe2\x80\x93 \xef\xbf\xbd \xef\xbf\xbd \xef\xbf\xbd \xc2\xacit; \xc2\xac \xc2\xa9"
            "2 , &bogus; & &; &#; &#x;");
  EXPECT_EQ(Text("<p>a&#32;&#32;b&Tab;c</p>"), "a b c");
}

TEST(IngestHtml, MarkupThatIsNoneIsText) {
  EXPECT_EQ(Text("<p>a < b <3 c <- d</p>"), "a < b <3 c <- d");
  EXPECT_EQ(Text("<p>a<!-- <p>no</p> -->b<!-->c<?php no ?>d</p>"), "abcd");
  EXPECT_EQ(Text("<p>one<script>if (a < b) document.write('</p>')</script> two</p>"), "one two");
  EXPECT_EQ(Text("<svg><title/><p>hidden</p></svg><p>shown</p>"), "shown");
  EXPECT_EQ(Text("<template><p>hidden</p></template><noscript>none</noscript><p hidden>no</p><p style='Display : none; "
                 "x'>yes</p>"
                 "<p style='display: none'>no</p>"),
            "yes");
}

TEST(IngestHtml, BlocksAndBreaksSeparateParagraphs) {
  EXPECT_EQ(Text("<p>one<p>two<ul><li>three<li>four</ul><div>five<br>six<br/><br>seven</div>"),
            "one\n\ntwo\n\nthree\n\nfour\n\nfive\nsix\n\nseven");
  EXPECT_EQ(Text("<table><tr><td>a<td>b<tr><td>c</table>"), "a\n\nb\n\nc");
  EXPECT_EQ(Text("<p>in<b>li</b>ne <i> spaces </i> collapse</p><p>&nbsp;</p><p>\xe2\x80\x8b</p><p>next</p>"),
            "inline spaces collapse\n\nnext");
}

TEST(IngestHtml, MisplacedTagsLoseNoText) {
  EXPECT_EQ(Text("<p>a</div></b></p>b</body></html>c"), "a\n\nbc");
  EXPECT_EQ(Text("<b>bold <div>block</b> still</div> out"), "bold\n\nblock still\n\nout");
  EXPECT_EQ(Text("<head><title>t</title>text in the head"), "text in the head");
  EXPECT_EQ(Text("<p>cut off in a tag <a href=\"x"), "cut off in a tag");
}

TEST(IngestHtml, AFormAroundThePageHidesNothing) {
  const std::string text = "The page is one form, as some servers make it, and its text is inside.";
  EXPECT_EQ(Text("<body><form><div><p>" + text + "</p></div></form></body>"), text);
}

TEST(IngestHtml, WithoutAnArticleAllVisibleTextIsTaken) {
  EXPECT_EQ(Text("<nav>Home</nav><div>Short</div>"), "Short");
  EXPECT_EQ(Text("<nav><ul><li><a href=/>Home</a><li><a href=/n>News</a></ul></nav><footer>Contact</footer>"),
            "Home\n\nNews\n\nContact");
}

TEST(IngestHtml, APageWithoutVisibleTextIsABadRecord) {
  for (const char* page : {"<html></html>", "<script>text</script>", "<p>&nbsp; </p>", "<!-- text -->"}) {
    EXPECT_TRUE(std::holds_alternative<BadRecord>(Read(page))) << page;
  }
}

TEST(IngestHtml, TheDeclaredArticleBodyDecides) {
  const std::string story =
      "The first sentence of the story has several words in it. The second one has some more of them, too.";
  const std::string other =
      "A much longer text that is not the story, with commas, and clauses, and more words than the story, which goes "
      "on, and on.";
  const std::string blocks = "<div><div><p>" + story + "</p></div><div><p>" + other + "</p></div></div>";
  EXPECT_NE(Text(blocks).find(other), std::string::npos);
  const std::string data =
      R"(<script type="application/ld+json">{"@graph":[{"headline":"H","datePublished":"2021-01-01",)"
      R"("articleBody":")" +
      story + "\"}]}</script>";
  const Article article = ReadArticle(data + blocks);
  EXPECT_EQ(article.text, story);
  EXPECT_EQ(article.title, "H");
  EXPECT_EQ(article.published, "2021-01-01");
}

TEST(IngestHtml, ADeclaredSummaryDoesNotReplaceTheArticle) {
  const std::string summary = "The summary of the story is a sentence of a few words.";
  const std::string story =
      Repeated("<p>The story itself goes on for long, with commas, clauses and more words than its summary.</p>", 9);
  const std::string text = Text(R"(<script type="application/ld+json">{"articleBody":")" + summary +
                                R"("}</script><div><p>)" + summary + "</p></div><div>" + story + "</div>");
  EXPECT_NE(text.find("The story itself"), std::string::npos);
}

TEST(IngestHtml, CharacterSetsAreConverted) {
  EXPECT_EQ(HtmlToUtf8("<meta charset=windows-1252><p>caf\xe9 \x93x\x94"),
            "<meta charset=windows-1252><p>caf\xc3\xa9 \xe2\x80\x9cx\xe2\x80\x9d");
  EXPECT_EQ(Text("<meta http-equiv=Content-Type content='text/html; charset=koi8-r'><p>\xd0\xd2\xc9\xd7\xc5\xd4"),
            "\xd0\xbf\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82");
  EXPECT_EQ(Text("<meta charset=iso-8859-1><p>already caf\xc3\xa9</p>"), "already caf\xc3\xa9");
  EXPECT_EQ(Text("<meta charset=utf-8><p>broken \xff here</p>"), "broken \xef\xbf\xbd here");
  EXPECT_EQ(Text("\xef\xbb\xbf<p>marked</p>"), "marked");
  EXPECT_EQ(Text("<p>The caf\xe9 opened, the cr\xe8me was good, and the fa\xe7"
                 "ade was new.</p>"),
            "The caf\xc3\xa9 opened, the cr\xc3\xa8me was good, and the fa\xc3\xa7"
            "ade was new.");
}

TEST(IngestHtml, DeepAndUnmatchedTagsTakeLinearTime) {
  constexpr size_t kDepth = 100000;
  const std::vector<std::pair<std::string, std::string>> shapes = {
      {"<div>", "</div>"},         {"<div>", "</span>"},        {"<b>", "</i>"},      {"<p>", "</i>"},
      {"<x-y>", "</y-x>"},         {"<table><tr><td>", "</p>"}, {"<ul><li>", "<li>"}, {"<a href=x>", "</b>"},
      {"<form class=ad>", "<br>"}, {"<svg>", "</svg>"},         {"&a", "<"},          {"<!--", "<a b"}};
  for (const auto& [open, close] : shapes) {
    const auto begin = std::chrono::steady_clock::now();
    const std::string page = Repeated(open, kDepth) + "<p>Text at the bottom of it all.</p>" + Repeated(close, kDepth);
    (void)Read(page);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    // Quadratic time would be minutes; the bound leaves room for slow machines and sanitizers.
    EXPECT_LT(seconds.count(), 5.0) << open << close;
  }
  EXPECT_EQ(Text(Repeated("<div>", kDepth) + "Text at the bottom of it all."), "Text at the bottom of it all.");
}

TEST(IngestHtml, NodesAreAFlatTree) {
  const HtmlPage page = ParseHtml("<ul><li>a<li><b>c</b></ul>d");
  std::vector<std::pair<uint32_t, uint32_t>> found;
  for (const HtmlNode& node : page.nodes)
    found.emplace_back(node.tag < kFirstUnnamed ? node.tag : kFirstUnnamed, node.subtree_end);
  EXPECT_EQ(
      found,
      (std::vector<std::pair<uint32_t, uint32_t>>{
          {kTagUl, 6}, {kTagLi, 3}, {kTagText, 3}, {kTagLi, 6}, {kFirstUnnamed, 6}, {kTagText, 6}, {kTagText, 7}}));
}

TEST(IngestHtml, AttributesAreDecoded) {
  const HtmlPage page = ParseHtml("<a HREF='?a=1&amp;b=2&copy=3&copy;' class=x data-y>t</a>");
  EXPECT_EQ(AttributeOf(page, page.nodes[0], "href"), "?a=1&b=2&copy=3\xc2\xa9");
  EXPECT_EQ(AttributeOf(page, page.nodes[0], "class"), "x");
  EXPECT_TRUE(HasAttribute(page, page.nodes[0], "data-y"));
  EXPECT_FALSE(HasAttribute(page, page.nodes[0], "id"));
}

}  // namespace
}  // namespace unspin
