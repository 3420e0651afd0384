// Any bytes become a flat tree, in linear time.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "support/read_page.h"
#include "unspin/page/html.h"

namespace unspin {
namespace {

using namespace std::string_literals;
using testing::PageText;
using testing::ReadPage;
using testing::Repeated;

TEST(HtmlTest, NodesAreAFlatTree) {
  const HtmlPage page = ParseHtml("<ul><li>a<li><x-y>c</x-y></ul>d");
  std::vector<std::pair<HtmlTag, uint32_t>> found;
  for (const HtmlNode& node : page.nodes) found.emplace_back(node.tag, node.subtree_end);
  EXPECT_EQ(found, (std::vector<std::pair<HtmlTag, uint32_t>>{{HtmlTag::kUl, 6},
                                                              {HtmlTag::kLi, 3},
                                                              {HtmlTag::kText, 3},
                                                              {HtmlTag::kLi, 6},
                                                              {HtmlTag::kFirstUnnamed, 6},
                                                              {HtmlTag::kText, 6},
                                                              {HtmlTag::kText, 7}}));
}

TEST(HtmlTest, AttributesAreDecoded) {
  const HtmlPage page = ParseHtml("<a HREF='?a=1&amp;b=2&copy=3&copy;' class=x data-y>t</a>");
  EXPECT_EQ(AttributeOf(page, page.nodes[0], "href"), "?a=1&b=2&copy=3\xc2\xa9");
  EXPECT_EQ(AttributeOf(page, page.nodes[0], "class"), "x");
  EXPECT_TRUE(HasAttribute(page, page.nodes[0], "data-y"));
  EXPECT_FALSE(HasAttribute(page, page.nodes[0], "id"));
}

TEST(HtmlTest, WhatIsNotMarkupIsText) {
  EXPECT_EQ(PageText("<p>a < b <3 c <- d</p>"), "a < b <3 c <- d");
  EXPECT_EQ(PageText("<p>a<!-- <p>no</p> -->b<!-->c<?php no ?>d</p>"), "abcd");
  EXPECT_EQ(PageText("<p>one<script>if (a < b) document.write('</p>')</script> two</p>"), "one two");
  EXPECT_EQ(PageText("<svg><title/><text>hidden</text></svg><p>shown</p>"), "shown");
  EXPECT_EQ(
      PageText("<template><p>hidden</p></template><noscript>none</noscript><p hidden>no</p><p style='Display : none; "
               "x'>yes</p>"
               "<p style='display: none'>no</p>"),
      "yes");
}

TEST(HtmlTest, ElementsOfPagesEndAnSvgThatWasLeftOpen) {
  EXPECT_EQ(PageText("<svg><path><g><p>shown</p><svg><svg><div>this, too</div>"), "shown\n\nthis, too");
  EXPECT_EQ(PageText("<p>a <svg><path><b>b</b> c <svg><figure></svg> d"), "a b c d");
  EXPECT_EQ(PageText("<svg><foreignObject><p>hidden</p></foreignObject><text>hidden</text></svg><p>shown</p>"),
            "shown");
}

TEST(HtmlTest, StylesOfAnSvgHoldElements) {
  const HtmlPage page = ParseHtml("<svg><style><x-y></style></svg><style><x-y></style>");
  std::vector<HtmlTag> found;
  for (const HtmlNode& node : page.nodes) found.push_back(node.tag);
  EXPECT_EQ(found, (std::vector<HtmlTag>{HtmlTag::kSvg, HtmlTag::kStyle, HtmlTag::kFirstUnnamed, HtmlTag::kStyle,
                                         HtmlTag::kText}));
}

TEST(HtmlTest, CdataIsTextInSvgAndACommentElsewhere) {
  const HtmlPage page = ParseHtml("<svg><![CDATA[<p>&amp;]]></svg><![CDATA[<p>]]>");
  ASSERT_EQ(page.nodes.size(), 3u);
  EXPECT_EQ(page.record.substr(page.nodes[1].begin, page.nodes[1].end - page.nodes[1].begin), "<p>&amp;");
  EXPECT_FALSE(page.nodes[1].has_references);
  EXPECT_EQ(page.record.substr(page.nodes[2].begin), "]]>");
}

TEST(HtmlTest, TheFirstOfTwoAttributesOfANameCounts) {
  const std::string record = "<a CLASS=one class=two x=\"a\0b\">"s;
  const HtmlPage page = ParseHtml(record);
  EXPECT_EQ(AttributeOf(page, page.nodes[0], "class"), "one");
  EXPECT_EQ(AttributeOf(page, page.nodes[0], "x"),
            "a\xef\xbf\xbd"
            "b");
}

TEST(HtmlTest, FormsDoNotReachIntoTheTextAroundThem) {
  EXPECT_EQ(PageText("<p>a <span><select><option>hidden</option><option>hidden</select></span> b</p>"), "a b");
  EXPECT_EQ(PageText("<p>a <button><div>hidden</button> b"), "a b");
  EXPECT_EQ(PageText("<p>a <select><option>hidden<select> b <select><option>hidden<input> c"), "a b c");
}

TEST(HtmlTest, EndTagsDoNotReachOutOfWhatIsNotShown) {
  EXPECT_EQ(PageText("<span>a<template></span>hidden</template><noscript></span>hidden<div></noscript>b</span>"), "ab");
}

TEST(HtmlTest, MisplacedTagsLoseNoText) {
  EXPECT_EQ(PageText("<p>a</div></b></p>b</body></html>c"), "a\n\nbc");
  EXPECT_EQ(PageText("<b>bold <div>block</b> still</div> out"), "bold\n\nblock still\n\nout");
  EXPECT_EQ(PageText("<head><title>t</title>text in the head"), "text in the head");
  EXPECT_EQ(PageText("<p>cut off in a tag <a href=\"x"), "cut off in a tag");
}

TEST(HtmlTest, DeepAndUnmatchedTagsTakeLinearTime) {
  constexpr size_t kDepth = 100000;
  const std::vector<std::pair<std::string, std::string>> shapes = {{"<div>", "</div>"},
                                                                   {"<div>", "</span>"},
                                                                   {"<b>", "</i>"},
                                                                   {"<p>", "</i>"},
                                                                   {"<x-y>", "</y-x>"},
                                                                   {"<table><tr><td>", "</p>"},
                                                                   {"<ul><li>", "<li>"},
                                                                   {"<a href=x>", "</b>"},
                                                                   {"<form class=ad>", "<br>"},
                                                                   {"<svg>", "</svg>"},
                                                                   {"&a", "<"},
                                                                   {"<!--", "<a b"},
                                                                   {"<svg><p>", "</p>"},
                                                                   {"<script><!--", "<script>"},
                                                                   {"<title>", "</titl"},
                                                                   {"<svg><![CDATA[", "]]"},
                                                                   {"<a b='", "'>"},
                                                                   {"--!", "</ "}};
  for (const auto& [open, close] : shapes) {
    const auto begin = std::chrono::steady_clock::now();
    const std::string page = Repeated(open, kDepth) + "<p>Text at the bottom of it all.</p>" + Repeated(close, kDepth);
    (void)ReadPage(page);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    // Quadratic time would be minutes; the bound leaves room for slow machines and sanitizers.
    EXPECT_LT(seconds.count(), 5.0) << open << close;
  }
  EXPECT_EQ(PageText(Repeated("<div>", kDepth) + "Text at the bottom of it all."), "Text at the bottom of it all.");
}

}  // namespace
}  // namespace unspin
