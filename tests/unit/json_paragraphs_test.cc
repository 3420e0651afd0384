#include "unspin/inputs/json_paragraphs.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include <simdjson.h>

namespace unspin {
namespace {

JsonText Read(std::string_view json, TextIs is = TextIs::kFoundByItself) {
  simdjson::dom::parser parser;
  simdjson::dom::element value;
  EXPECT_EQ(parser.parse(json.data(), json.size()).get(value), simdjson::SUCCESS) << json;
  return TextOfJsonValue(value, is);
}

std::string Text(std::string_view json, TextIs is = TextIs::kFoundByItself) {
  const JsonText text = Read(json, is);
  EXPECT_EQ(text.problem, "") << json;
  return text.text;
}

constexpr std::string_view kProse = "a long line of words that a reader of the page would surely read";

TEST(JsonParagraphsTest, StringsAreParagraphs) {
  EXPECT_EQ(Text(R"(["one", "two\nlines", "three"])"), "one\n\ntwo\nlines\n\nthree");
  EXPECT_EQ(Text(R"([["one"], ["two", "three"]])"), "one\n\ntwo\n\nthree");
  EXPECT_EQ(Text(R"("alone")"), "alone");
}

TEST(JsonParagraphsTest, EmptyParagraphsAreDropped) {
  EXPECT_EQ(Text(R"(["one", null, "", "  \n", {"type": "paragraph", "text": ""}, {}, "two"])"), "one\n\ntwo");
  EXPECT_EQ(Text("[]"), "");
  EXPECT_EQ(Text("[null]"), "");
}

TEST(JsonParagraphsTest, ObjectsHaveOneObviousText) {
  EXPECT_EQ(Text(R"([{"type": "paragraph", "text": "one"}, {"p": "two"}, {"kind": "h2", "content": "three"}])"),
            "one\n\ntwo\n\nthree");
  EXPECT_EQ(Text(R"([{"text": "one", "html": "<p>one</p>"}])"), "one");
  EXPECT_EQ(Text(R"({"rendered": "<p>one</p><p>two</p>", "protected": false})"), "one\n\ntwo");
}

TEST(JsonParagraphsTest, PicturesAreLeftOut) {
  const std::string media = std::string(R"([{"type": "text", "content": "one"},)") +
                            R"({"type": "image", "caption": ")" + std::string(kProse) + R"("},)" +
                            R"({"type": "custom_embed", "text": "x"}, {"url": "x.jpg", "alt": ")" +
                            std::string(kProse) + R"("}, {"type": "divider"}, {"type": "text", "content": "two"}])";
  EXPECT_EQ(Text(media), "one\n\ntwo");
}

TEST(JsonParagraphsTest, DocumentsOfEditorsAreRead) {
  EXPECT_EQ(Text(R"({"time": 1, "blocks": [{"id": "x", "type": "header", "data": {"text": "Head", "level": 2}},
      {"type": "paragraph", "data": {"text": "one"}}, {"type": "image", "data": {"caption": "no"}},
      {"type": "list", "data": {"style": "ordered", "items": ["two", "three"]}}], "version": "2"})"),
            "Head\n\none\n\ntwo\n\nthree")
      << "Editor.js";
  EXPECT_EQ(Text(R"({"blocks": [{"key": "a", "text": "one", "type": "unstyled", "inlineStyleRanges": [], "data": {}},
      {"key": "b", "text": " ", "type": "atomic"}, {"key": "c", "text": "two"}], "entityMap": {}})"),
            "one\n\ntwo")
      << "Draft.js";
  EXPECT_EQ(Text(R"({"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "o"},
      {"type": "text", "marks": [{"type": "bold"}], "text": "ne"}, {"type": "hardBreak"}, {"type": "text", "text": "line"}]},
      {"type": "paragraph", "content": [{"type": "text", "text": "two"}]}]})"),
            "one\nline\n\ntwo")
      << "ProseMirror";
  EXPECT_EQ(Text(R"([{"type": "paragraph", "children": [{"text": "o"}, {"text": "ne", "bold": true},
      {"type": "link", "url": "u", "children": [{"text": " two"}]}]}])"),
            "one two")
      << "Slate";
  EXPECT_EQ(Text(R"([{"_type": "block", "children": [{"_type": "span", "text": "one"}]},
      {"_type": "image", "asset": {"_ref": "x"}}, {"_type": "block", "children": [{"_type": "span", "text": "two"}]}])"),
            "one\n\ntwo")
      << "Portable Text";
  EXPECT_EQ(Text(R"([{"blockName": "core/paragraph", "attrs": {}, "innerBlocks": [], "innerHTML": "\n<p>one</p>\n"},
      {"blockName": null, "innerHTML": "\n\n"}, {"blockName": "core/list", "innerHTML": "",
       "innerBlocks": [{"blockName": "core/list-item", "innerHTML": "<li>two</li>"}]}])"),
            "one\n\ntwo")
      << "Gutenberg";
  EXPECT_EQ(
      Text(R"([{"type": "text", "content": "one"}, {"type": "list", "items": [{"type": "text", "content": "two"}]},
      {"type": "quote", "content_elements": [{"type": "text", "content": "three"}]}])"),
      "one\n\ntwo\n\nthree")
      << "Arc";
  EXPECT_EQ(Text(R"({"nodeType": "document", "content": [{"nodeType": "paragraph", "content": [
      {"nodeType": "text", "value": "one "}, {"nodeType": "hyperlink", "content": [{"nodeType": "text", "value": "two"}]}]},
      {"nodeType": "embedded-asset-block", "data": {"target": "x"}, "content": []}]})"),
            "one two")
      << "Contentful";
  EXPECT_EQ(Text(R"({"ops": [{"insert": "one\ntwo "}, {"insert": {"image": "u"}}, {"insert": "three\n"}]})"),
            "one\ntwo three")
      << "Quill";
}

TEST(JsonParagraphsTest, ATextThatItsPiecesRepeatIsReadOnce) {
  EXPECT_EQ(Text(R"([{"type": "text", "model": {"blocks": [{"type": "paragraph", "model": {"text": "one two",
      "blocks": [{"type": "fragment", "model": {"text": "one "}}, {"type": "fragment", "model": {"text": "two"}}]}}]}}])"),
            "one two");
}

TEST(JsonParagraphsTest, MarkupIsReadParagraphByParagraph) {
  EXPECT_EQ(Text(R"(["A <b>bold</b> and <i>slanted</i> word", "plain", "Fish &amp; <a href='x'>chips</a>"])"),
            "A bold and slanted word\n\nplain\n\nFish & chips");
  EXPECT_EQ(Text(R"(["<p>one</p>", "two\nlines", "<p>three</p>"])"), "one\n\ntwo\nlines\n\nthree");
  EXPECT_EQ(Text(R"(["it&rsquo;s", "one"])"), "it’s\n\none");
}

TEST(JsonParagraphsTest, WhatATextIsWrittenInCanBeForced) {
  EXPECT_EQ(Text(R"(["<p>one</p>", "R&amp;D"])", TextIs::kPlain), "<p>one</p>\n\nR&amp;D");
  EXPECT_EQ(Text(R"(["one <i>two", "a &amp; b"])", TextIs::kHtml), "one two\n\na & b");
}

TEST(JsonParagraphsTest, WhatCannotBeReadIsAProblem) {
  const auto problem = [](const std::string& json) { return Read(json).problem; };
  EXPECT_NE(problem("7").find("number"), std::string::npos);
  EXPECT_NE(problem("true").find("true or false"), std::string::npos);
  EXPECT_NE(problem(R"(["one", 5])").find("list"), std::string::npos);
  EXPECT_NE(problem(R"(["one", {"summary": ")" + std::string(kProse) + R"("}])").find("\"summary\""),
            std::string::npos);
  EXPECT_NE(problem(R"([{"text": "one", "body": "two"}])").find("several"), std::string::npos);
  EXPECT_NE(problem(R"({"teaser": ")" + std::string(kProse) + R"("})").find("object"), std::string::npos);
  EXPECT_NE(problem(std::string(100, '[') + std::string(100, ']')).find("deep"), std::string::npos);
}

TEST(JsonParagraphsTest, ManyPiecesTakeLinearTime) {
  std::string text, pieces;
  for (int i = 0; i < 100000; ++i) {
    text += "a b ";
    pieces += std::string(i > 0 ? "," : "") + R"({"type": "x", "text": "a b"})";
  }
  EXPECT_EQ(Text(R"([{"text": ")" + text + R"(", "blocks": [)" + pieces + "]}]"), text.substr(0, text.size() - 1));
}

}  // namespace
}  // namespace unspin
