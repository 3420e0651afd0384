// Blocks become paragraphs, and each byte of them leads back to the page.
#include "unspin/page/block_writer.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

#include "support/read_page.h"

namespace unspin {
namespace {

using testing::Repeated;

// All blocks of a page but those with "SKIP" in them.
Article Written(const std::string& html) {
  const HtmlPage page = ParseHtml(html);
  const TextBlocks found = FindTextBlocks(page);
  std::vector<const TextBlock*> blocks;
  for (const TextBlock& block : found.blocks) {
    if (block.text.find("SKIP") == std::string::npos) blocks.push_back(&block);
  }
  MappedText text(page.record);
  WriteBlocks(page, found, blocks, text);
  Article article;
  text.MoveInto(article);
  return article;
}

// Text that keeps a <blockquote> from being most of its page.
const std::string& Rest() {
  static const std::string rest = "<p>" + Repeated("SKIP the rest. ", 40) + "</p>";
  return rest;
}

std::string Text(const std::string& html) { return Written(html + Rest()).text; }

TEST(BlockWriterTest, ParagraphsAreApartByABlankLine) {
  EXPECT_EQ(Text("<p>one</p><p>SKIP</p><p>two</p>"), "one\n\ntwo");
  EXPECT_EQ(Text(""), "");
}

TEST(BlockWriterTest, WhiteSpaceCollapsesAndABreakIsALineFeed) {
  EXPECT_EQ(Text("<p>  one \n\t two<br> three <i> four</i> </p>"), "one two\nthree four");
}

TEST(BlockWriterTest, ReferencesAreDecoded) {
  EXPECT_EQ(Text("<p>a &amp;&nbsp;b&#32; &#32;c &lt;d&gt;</p>"), "a &\u00a0b c <d>");
}

TEST(BlockWriterTest, QuotationsGetTheMarksThatTheyLack) {
  EXPECT_EQ(Text("<p>He said <q>yes</q>.</p>"), "He said \u201cyes\u201d.");
  EXPECT_EQ(Text("<p>He said <q>\u201cyes\u201d</q>.</p>"), "He said \u201cyes\u201d.");
  EXPECT_EQ(Text("<blockquote><p>one</p><p>two</p></blockquote>"), "\u201cone\n\n\u201ctwo\u201d");
  EXPECT_EQ(Text("<blockquote>&ldquo;one&rdquo;</blockquote>"), "\u201cone\u201d");
}

TEST(BlockWriterTest, AQuotationWhoseLastBlockWasNotChosenIsClosed) {
  EXPECT_EQ(Text("<blockquote><p>one</p><p>SKIP</p></blockquote><p>two</p>"), "\u201cone\u201d\n\ntwo");
}

TEST(BlockWriterTest, WordsLeadBackToThePage) {
  const std::string html = "<p>one &amp;  two</p><blockquote>three</blockquote><p>f<b>ou</b>r <q>five</q></p>" + Rest();
  const Article article = Written(html);
  for (const std::string word : {"one", "two", "three", "five"}) {
    const size_t at = article.text.find(word);
    ASSERT_NE(at, std::string::npos) << word;
    const OffsetStep* last = nullptr;
    for (const OffsetStep& step : article.steps) last = step.text <= at ? &step : last;
    ASSERT_NE(last, nullptr) << word;
    EXPECT_EQ(html.substr(last->record + (at - last->text), word.size()), word);
  }
}

}  // namespace
}  // namespace unspin
