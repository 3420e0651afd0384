#include "unspin/inputs/xml_references.h"

#include <gtest/gtest.h>

namespace unspin {
namespace {

std::string Plain(std::string_view xml) {
  std::string out;
  EXPECT_FALSE(AppendWithPlainReferences(xml, out)) << xml;
  return out;
}

TEST(XmlReferencesTest, ReferencesOfXmlStay) {
  for (const char* xml : {"a &lt;b&gt; &amp;nbsp; &quot;&apos;", "", "<a b='&amp;'/>"}) EXPECT_EQ(Plain(xml), xml);
  EXPECT_EQ(Plain("&#60;&#x26;&LT;"), "&#60;&#38;&#60;") << "signs of XML never come about";
}

TEST(XmlReferencesTest, ReferencesOfHtmlBecomeCharacters) {
  EXPECT_EQ(Plain("caf&eacute;&nbsp;&#8217;&#x2019;&#146;"), "caf\u00e9\u00a0\u2019\u2019\u2019");
}

TEST(XmlReferencesTest, AnAmpersandThatBeginsNoneStandsForItself) {
  EXPECT_EQ(Plain("AT&T, R & D, a?b&c=d &copy 2 &"), "AT&amp;T, R &amp; D, a?b&amp;c=d &amp;copy 2 &amp;");
}

TEST(XmlReferencesTest, SectionsAndCommentsStay) {
  EXPECT_EQ(Plain("&eacute;<![CDATA[&eacute; & x]]>&<!-- & -->&<!x & <![CDATA[ & "),
            "\u00e9<![CDATA[&eacute; & x]]>&amp;<!-- & -->&amp;<!x &amp; <![CDATA[ & ");
}

TEST(XmlReferencesTest, ControlCharactersBecomeSpaces) {
  EXPECT_EQ(Plain("a\x08"
                  "b\tc\n&#8;"),
            "a b\tc\n ");
}

TEST(XmlReferencesTest, PlacesLeadBackToWhereTheyWere) {
  const std::string xml = "a & b &eacute; <c> &amp; &#8217; <![CDATA[ & ]]>d & <e>";
  std::string out;
  AppendWithPlainReferences(xml, out);
  for (const char* tag : {"a", "<c>", "<![", "d", "<e>"}) {
    EXPECT_EQ(OffsetBeforePlainReferences(xml, out.find(tag)), xml.find(tag)) << tag;
  }
  EXPECT_EQ(OffsetBeforePlainReferences(xml, out.size()), xml.size());
  EXPECT_EQ(OffsetBeforePlainReferences(xml, out.size() + 100), xml.size());
}

TEST(XmlReferencesTest, AnUnknownEntityIsNamed) {
  std::string out;
  EXPECT_EQ(AppendWithPlainReferences("a &company; &other;", out), "&company;");
}

}  // namespace
}  // namespace unspin
