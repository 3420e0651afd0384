#include "unspin/zones/paragraphs.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "support/english.h"

namespace unspin {
namespace {

TEST(ParagraphsTest, MarksBehindALineBreakBelongToTheNextParagraph) {
  for (const std::string end : {"\n\n", "\r\n\r\n", "\r\r"}) {
    const std::string text = "“It is late.”" + end + "“We go. Now.”";
    const std::vector<Paragraph> paragraphs = FindParagraphs(text, Tokenize(text));
    ASSERT_EQ(paragraphs.size(), 2u);
    EXPECT_EQ(text.substr(0, paragraphs[0].bytes.end), "“It is late.”");
    EXPECT_EQ(paragraphs[1].bytes.begin, paragraphs[0].bytes.end);
    EXPECT_EQ(paragraphs[1].bytes.end, text.size());
    EXPECT_EQ(paragraphs[0].tokens, (TokenSpan{0, 3}));
    EXPECT_EQ(paragraphs[1].tokens, (TokenSpan{3, 6}));
    EXPECT_EQ(paragraphs[1].end_sentence - paragraphs[1].first_sentence, 2u);
  }
}

TEST(ParagraphsTest, ATextWithoutWordsHasNone) { EXPECT_TRUE(FindParagraphs("“…”", Tokenize("“…”")).empty()); }

}  // namespace
}  // namespace unspin
