#include "unspin/inputs/xml_tokens.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace unspin {
namespace {

// The kinds of all tokens, with the names of elements.
std::vector<std::string> Kinds(std::string_view xml) {
  constexpr const char* kNames[] = {"none",    "incomplete", "start",       "empty",  "end",
                                    "comment", "cdata",      "instruction", "doctype"};
  std::vector<std::string> kinds;
  for (XmlToken token = NextXmlToken(xml, 0); token.kind != XmlTokenKind::kNone; token = NextXmlToken(xml, token.end)) {
    std::string kind = kNames[static_cast<size_t>(token.kind)];
    if (!token.name.empty()) kind += " " + std::string(token.name);
    kinds.push_back(kind);
  }
  return kinds;
}

using Expected = std::vector<std::string>;

TEST(XmlTokensTest, EveryKindIsFound) {
  EXPECT_EQ(
      Kinds("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b \"]>\">]><a:b c='>'><d/>x<!-- <e> --><![CDATA[<f>]]></a:b >"),
      (Expected{"instruction", "doctype", "start a:b", "empty d", "comment", "cdata", "end a:b"}));
}

TEST(XmlTokensTest, ASignThatBeginsNothingIsText) {
  EXPECT_EQ(Kinds("1 < 2 <a> <3 <!x> << <b>"), (Expected{"start a", "start b"}));
}

TEST(XmlTokensTest, WhatHasNoEndIsIncomplete) {
  for (const char* xml : {"<", "</", "<a", "<a b='>", "<!-- x --", "<![CDATA[ x ]]", "<?x ?", "<!DOCTYPE a [ ]", "<!-",
                          "<![CD", "<!doc", "<!DOCTYPE a [<!-- ' -->"})
    EXPECT_EQ(NextXmlToken(xml, 0).kind, XmlTokenKind::kIncomplete) << xml;
}

TEST(XmlTokensTest, AttributesAreFoundByTheirWholeName) {
  const std::string_view tag = R"(<a xml:base = "x" base='y"z' c="">)";
  EXPECT_EQ(XmlAttribute(tag, "base"), "y\"z");
  EXPECT_EQ(XmlAttribute(tag, "xml:base"), "x");
  EXPECT_EQ(XmlAttribute(tag, "c"), "");
  EXPECT_EQ(XmlAttribute(tag, "d"), "");
  EXPECT_EQ(XmlAttribute("<a b", "b"), "");
}

}  // namespace
}  // namespace unspin
