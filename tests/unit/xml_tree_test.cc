#include "unspin/inputs/xml_tree.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace unspin {
namespace {

TEST(XmlTreeTest, ElementsTextsAndAttributesAreFound) {
  XmlTree tree;
  ASSERT_FALSE(tree.Parse("<a><b x=' 1  2 '>one<![CDATA[ <two> ]]></b><!-- no --><c><b>three</b></c></a>"));
  const XmlNode* const root = tree.Node(0);
  EXPECT_EQ(LocalName(root), "a");
  EXPECT_EQ(LocalName(tree.Node(1)), "b");
  EXPECT_EQ(tree.Node(2), nullptr);
  EXPECT_EQ(TextOf(ChildNamed(root, "b")), "one <two> ");
  EXPECT_EQ(LineOf(root), "one <two> three");
  EXPECT_EQ(XmlAttributeOf(ChildNamed(root, "b"), "x"), "1 2");
  EXPECT_EQ(ChildNamed(root, "d"), nullptr);
  EXPECT_EQ(TextOf(DescendantNamed(ChildNamed(root, "c"), "b")), "three");
  EXPECT_EQ(DescendantNamed(ChildNamed(root, "b"), "c"), nullptr) << "a descendant is inside";
  EXPECT_EQ(TextOf(nullptr) + XmlAttributeOf(nullptr, "x"), "");
}

TEST(XmlTreeTest, NamespacesDecideAndPrefixesThatNothingDeclaresAreTakenAtTheirWord) {
  XmlTree tree;
  ASSERT_FALSE(
      tree.Parse("<r xmlns:q='http://search.yahoo.com/mrss/' xmlns='urn:mine'><title/><q:title/><media:title/>"
                 "<dc:title xmlns:dc='urn:other'/></r>"));
  const XmlNode* node = FirstChild(tree.Node(0));
  for (const XmlSpace space : {XmlSpace::kPlain, XmlSpace::kMedia, XmlSpace::kMedia, XmlSpace::kOther}) {
    EXPECT_EQ(SpaceOf(node), space);
    EXPECT_EQ(LocalName(node), "title");
    node = NextSibling(node);
  }
  EXPECT_EQ(node, nullptr);
}

TEST(XmlTreeTest, AddressesAreResolvedByTheBaseAround) {
  XmlTree tree;
  ASSERT_FALSE(tree.Parse("<r xml:base='https://a.example/x/'><s xml:base='y/'><t/></s></r>"));
  const XmlNode* const node = tree.Node(2);
  EXPECT_EQ(AbsoluteUrl(node, "z?q"), "https://a.example/x/y/z?q");
  EXPECT_EQ(AbsoluteUrl(node, "/z"), "https://a.example/z");
  EXPECT_EQ(AbsoluteUrl(node, "http://b.example"), "http://b.example");
  EXPECT_EQ(AbsoluteUrl(node, ""), "");
}

TEST(XmlTreeTest, InnerHtmlIsWhatAReaderOfHtmlTakes) {
  XmlTree tree;
  ASSERT_FALSE(
      tree.Parse("<r>a &amp; &lt;b&gt;<x:p>c<br/>d</x:p><hl2>e</hl2><script>f</script><object.title>g</object.title>"
                 "<note><p>h</p></note><p/></r>"));
  constexpr std::array<std::string_view, 1> kSkip = {"note"};
  EXPECT_EQ(InnerHtml(tree.Node(0), kSkip), "a &amp; &lt;b><p>c<br>d</p><h2>e</h2>g<p></p>");
}

TEST(XmlTreeTest, WhatIsNotWellFormedIsSaid) {
  XmlTree tree;
  for (const char* xml : {"<a><b></a>", "<a>", "", "<a>&unknown;</a>", "<a b=c/>", "<a/><b/>"}) {
    const auto problem = tree.Parse(xml);
    ASSERT_TRUE(problem) << xml;
    EXPECT_TRUE(problem->what.starts_with("it is not well-formed XML")) << problem->what;
    EXPECT_EQ(tree.Node(0), nullptr);
  }
  EXPECT_FALSE(tree.Parse("<a>fine</a>")) << "a mistake does not outlive its document";
  EXPECT_FALSE(tree.Parse("<a><b>x</b><c", /*recover=*/true));
  EXPECT_EQ(LineOf(tree.Node(1)), "x");
}

TEST(XmlTreeTest, AMistakeIsNamedWithItsPlace) {
  XmlTree tree;
  const auto says = [&](const std::string& xml) {
    const auto problem = tree.Parse(xml);
    return problem ? problem->what.substr(problem->what.find(':') + 2) + " " + xml.substr(problem->at.value_or(0), 3)
                   : "";
  };
  EXPECT_EQ(says("<a><b>x</a>"), "</a> stands where </b> should ");
  EXPECT_EQ(says("<a>x < y</a>"), "a < that begins no tag; write &lt;  y<");
  EXPECT_EQ(says("<a><![CDATA[x]]><![CDATA[]]><b c=d/></a>"), "an attribute without quotation marks d/>");
  EXPECT_EQ(says("<a><b>x</b>"), "an element that is not closed ");
  EXPECT_EQ(says("<a><![CDATA[x]]><![CDATA[x</a>"), "a CDATA section that is not closed ");
}

TEST(XmlTreeTest, SectionsAreTextsWhereverTheyStand) {
  XmlTree tree;
  const auto text = [&](const std::string& xml) {
    return tree.Parse("<a>" + xml + "</a>") ? "bad" : TextOf(tree.Node(0));
  };
  EXPECT_EQ(text("1<![CDATA[ <b> &amp; ]]>2<![CDATA[]]><c><![CDATA[3]]]]><![CDATA[>]]></c>"), "1 <b> &amp; 23]]>");
  EXPECT_EQ(text("<![CDATA[a\r\nb\rc\n\r\r\nd\r]]>"), "a\nb\nc\n\n\nd\n");
  EXPECT_EQ(text("x\r\ny"), "x\ny");
  EXPECT_EQ(text("<!-- <![CDATA[ -->1<![CDATA[2]]><?p <![CDATA[ ?>3<!-- ]]> -->"), "123");
  EXPECT_EQ(text("<?unspin-section 0?><![CDATA[2]]><?unspin-section 0?>"), "2") << "a user's own instruction";
  EXPECT_EQ(text("<b c='<![CDATA[x]]>'/>"), "bad");
  EXPECT_EQ(text("</a><![CDATA[x]]><a>"), "bad");
  EXPECT_TRUE(tree.Parse("<a/><![CDATA[x]]>"));
  std::string many;
  for (int i = 0; i < 100'000; ++i) many += "<![CDATA[xy]]>";
  EXPECT_EQ(text(many).size(), 200'000u);
}

TEST(XmlTreeTest, EntitiesOfADocumentTypeAreNotRead) {
  XmlTree tree;
  EXPECT_FALSE(tree.Parse("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><a>x&e;y</a>"));
  EXPECT_EQ(TextOf(tree.Node(0)), "xy");
}

TEST(XmlTreeTest, DepthAndNumberOfElementsAreBounded) {
  XmlTree tree;
  const auto nested = [](size_t depth) {
    std::string xml;
    for (size_t i = 0; i < depth; ++i) xml += "<a>";
    for (size_t i = 0; i < depth; ++i) xml += "</a>";
    return xml;
  };
  EXPECT_FALSE(tree.Parse(nested(200)));
  EXPECT_EQ(tree.Parse(nested(100'000))->what, "its elements are nested deeper than 256 levels");
  std::string many = "<a>";
  for (int i = 0; i < 300'000; ++i) many += "<b/>";
  EXPECT_EQ(tree.Parse(many + "</a>")->what, "it has more than 250,000 elements and attributes");
  const auto crowded = [](int attributes) {
    std::string xml = "<a><![CDATA[ <b ' ]]><b";
    for (int i = 0; i < attributes; ++i) xml += " a" + std::to_string(i) + "=''";
    return xml + "/></a>";
  };
  EXPECT_FALSE(tree.Parse(crowded(900)));
  EXPECT_EQ(tree.Parse(crowded(100'000))->what, "one of its elements has more than 1000 attributes");
  EXPECT_FALSE(tree.Parse("<a b='" + std::string(50'000, '=') + "'/>")) << "a picture may be written in an attribute";
}

}  // namespace
}  // namespace unspin
