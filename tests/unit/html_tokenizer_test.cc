// A page is cut as the HTML standard's tokenizer cuts it; tests/html5lib/ runs html5lib's tests.
#include "unspin/page/html_tokenizer.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace unspin {
namespace {

using namespace std::string_literals;

// The tokens of a page: "<a>", "</a>", "!" for a comment, "?" for a doctype, and the text.
std::vector<std::string> Tokens(std::string_view record, HtmlContent content = HtmlContent::kData,
                                std::string_view element = "") {
  std::vector<HtmlAttribute> attributes;
  HtmlTokenizer tokenizer(record, attributes);
  if (content != HtmlContent::kData) tokenizer.SetContent(content, element);
  std::vector<std::string> tokens;
  for (HtmlToken token; tokenizer.Next(token);) {
    const std::string name(token.name);
    tokens.push_back(token.kind == HtmlTokenKind::kStartTag  ? "<" + name + ">"
                     : token.kind == HtmlTokenKind::kEndTag  ? "</" + name + ">"
                     : token.kind == HtmlTokenKind::kComment ? "!"
                     : token.kind == HtmlTokenKind::kDoctype
                         ? "?"
                         : std::string(record.substr(token.begin, token.end - token.begin)));
  }
  return tokens;
}

using Expected = std::vector<std::string>;

TEST(HtmlTokenizerTest, WhatIsNoTagIsText) {
  EXPECT_EQ(Tokens("a < b <3 <- </"), Expected{"a < b <3 <- </"});
  EXPECT_EQ(Tokens("I </3 you> all"), (Expected{"I ", "!", " all"}));
  EXPECT_EQ(Tokens("a</>b<a b='"), (Expected{"a", "b"}));
}

TEST(HtmlTokenizerTest, CommentsEndWhereBrowsersEndThem) {
  EXPECT_EQ(Tokens("<!-->a<!--->b<!-- --!>c<!-- -- > -->d<!--"),
            (Expected{"!", "a", "!", "b", "!", "c", "!", "d", "!"}));
  EXPECT_EQ(Tokens("<!DOCTYPE html \">\">"), (Expected{"?", "\">"}));
}

TEST(HtmlTokenizerTest, OnlyItsOwnEndTagEndsRawText) {
  EXPECT_EQ(Tokens("<b></i></titles></TITLE x>", HtmlContent::kRcdata, "title"),
            (Expected{"<b></i></titles>", "</TITLE>"}));
  EXPECT_EQ(Tokens("a</title", HtmlContent::kRcdata, "title"), Expected{"a</title"});
}

TEST(HtmlTokenizerTest, AScriptInACommentOfAScriptDoesNotEndIt) {
  EXPECT_EQ(Tokens("<!-- <script> </script> --></script>", HtmlContent::kScript, "script"),
            (Expected{"<!-- <script> </script> -->", "</script>"}));
  EXPECT_EQ(Tokens("<!-- </script> -->", HtmlContent::kScript, "script"), (Expected{"<!-- ", "</script>", " -->"}));
  EXPECT_EQ(Tokens("<!--> <script></script>", HtmlContent::kScript, "script"),
            (Expected{"<!--> <script>", "</script>"}));
}

TEST(HtmlTokenizerTest, NullsStayInTags) { EXPECT_EQ(Tokens("<a\0b c>\0"s), (Expected{"<a\0b>"s, "\0"s})); }

}  // namespace
}  // namespace unspin
