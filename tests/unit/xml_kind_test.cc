#include "unspin/inputs/xml_kind.h"

#include <gtest/gtest.h>

namespace unspin {
namespace {

TEST(XmlKindTest, NewsIsToldByItsRoot) {
  for (const char* xml :
       {"<rss version='2.0'>", "\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x --><feed>", "<atom:feed xmlns:atom='x'>",
        "<!DOCTYPE nitf SYSTEM 'nitf.dtd' [<!ENTITY a 'b'>]><nitf>", "<newsItem guid='a'>", "<newsMessage>", "<NewsML>",
        "<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", "<packageItem/>", "<entry xmlns='http://www.w3.org/2005/Atom'>",
        "\n <?xml version='1.0'?><?xml-stylesheet href='a'?><rss>", "<rss>\n <channel>",
        "<rss version='2'>stray<channel>"})
    EXPECT_EQ(FindXmlKind(xml).kind, XmlKind::kNews) << xml;
}

TEST(XmlKindTest, PagesStayPages) {
  for (const char* xml : {"<?xml version='1.0'?><html>", "<!DOCTYPE html><body>", "<html>",
                          "<?xml version='1.0'?><div xmlns='http://www.w3.org/1999/xhtml'>"})
    EXPECT_EQ(FindXmlKind(xml).kind, XmlKind::kPage) << xml;
}

TEST(XmlKindTest, OtherXmlIsNamed) {
  EXPECT_EQ(FindXmlKind("<?xml version='1.0'?><urlset/>").refusal,
            "a site map; it lists pages; give the pages themselves");
  EXPECT_EQ(FindXmlKind("<?xml version='1.0'?><urlset/>").kind, XmlKind::kNoArticle);
  EXPECT_EQ(FindXmlKind("<rdf:RDF xmlns:rdf='urn:rdf'><rdf:Description/>").kind, XmlKind::kDocument);
  const XmlFile unknown = FindXmlKind("<?xml version='1.0'?><my:stories/>");
  EXPECT_EQ(unknown.kind, XmlKind::kDocument);
  EXPECT_NE(unknown.refusal.find("<my:stories>"), std::string::npos) << unknown.refusal;
}

TEST(XmlKindTest, TextsThatBeginWithATagAreNoXml) {
  for (const char* text :
       {"", "x", "<", "<3 you", "<p>A page", "<svg width='3'>", "<article>", "<!-- x", "<Name withheld> said",
        "<rss> is how every feed begins", "<feed> and <entry> are elements", "<NewsML>, he said"})
    EXPECT_EQ(FindXmlKind(text).kind, XmlKind::kNoXml) << text;
}

}  // namespace
}  // namespace unspin
