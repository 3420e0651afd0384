#include "unspin/inputs/newsml_item.h"

#include <gtest/gtest.h>

#include "support/xml_items.h"

namespace unspin {
namespace {

using testing::Facts;
using testing::ItemOf;

NewsItem G2(const std::string& inside, const std::string& element = "newsItem") {
  return ItemOf("<" + element + " guid='g' version='1'>" + inside + "</" + element + ">", ReadNewsMlG2);
}

TEST(NewsMlItemTest, AnItemOfG2IsRead) {
  const NewsItem item = G2(R"(<rightsInfo><copyrightHolder qcode="x:1"><name>Agency</name></copyrightHolder>
    <copyrightNotice>Copyright 2026</copyrightNotice><usageTerms>No archive</usageTerms></rightsInfo>
    <itemMeta><itemClass qcode="ninat:text"/><provider literal="Agency"/><versionCreated>2026-01-02</versionCreated>
    <embargoed>2026-01-03</embargoed><pubStatus qcode="stat:canceled"/><edNote>Note</edNote></itemMeta>
    <contentMeta><by>By Ann</by><headline>Head</headline></contentMeta><contentSet>
    <inlineXML contenttype="application/xhtml+xml"><html><head><title>no</title></head><body><p>x</p></body></html>
    </inlineXML></contentSet>)");
  EXPECT_EQ(Facts(item),
            "id g\ntitle Head\nurl \nsite Agency\npublished 2026-01-02\nversion 1\npubstatus canceled\n"
            "embargoed 2026-01-03\nupdated 2026-01-02\nednote Note\nbyline By Ann\ncopyrightholder Agency\n"
            "rights Copyright 2026\nusageterms No archive\n");
  ASSERT_EQ(item.texts.size(), 1u);
  EXPECT_EQ(item.texts[0].text, "<p>x</p>");
}

TEST(NewsMlItemTest, ALaterVersionIsPublishedWhenTheFirstWas) {
  const auto published = [](const std::string& version, const std::string& meta) {
    return ItemOf("<newsItem version='" + version + "'><itemMeta>" + meta + "</itemMeta></newsItem>", ReadNewsMlG2)
        .published;
  };
  const std::string created = "<versionCreated>2026-01-05</versionCreated>";
  EXPECT_EQ(published("3", created + "<firstCreated>2026-01-01</firstCreated>"), "2026-01-01");
  EXPECT_EQ(published("3", created), "") << "unknown rather than late";
  EXPECT_EQ(published("1", created), "2026-01-05");
  EXPECT_EQ(published("", created), "2026-01-05");
}

TEST(NewsMlItemTest, StoriesAndTextsInsideAreRead) {
  EXPECT_EQ(G2("<contentSet><inlineXML><nitf><body><body.head><hedline><hl1>H</hl1></hedline></body.head><body.content>"
               "<p>y</p></body.content></body></nitf></inlineXML></contentSet>")
                .title,
            "H");
  const NewsItem plain =
      G2("<contentSet><inlineData contenttype='text/plain' encoding='base64'>aGVs\nbG8=</inlineData></contentSet>");
  EXPECT_EQ(plain.texts.at(0).text, "hello");
}

TEST(NewsMlItemTest, ItemsWithoutATextOfTheirOwnAreToldByKind) {
  EXPECT_EQ(G2("", "packageItem").no_article, "packages");
  EXPECT_EQ(G2("<itemMeta><itemClass qcode='ninat:picture'/></itemMeta>").no_article, "pictures");
  EXPECT_EQ(G2("<itemMeta><itemClass uri='http://cv.iptc.org/newscodes/ninature/video'/></itemMeta>").no_article,
            "sounds or videos");
  EXPECT_TRUE(G2("<contentSet><remoteContent href='x'/></contentSet>").text_is_elsewhere);
  EXPECT_TRUE(G2("<contentSet><inlineData contenttype='text/plain' encoding='base64'>***</inlineData></contentSet>")
                  .text_is_elsewhere);
}

TEST(NewsMlItemTest, AnItemOfNewsMl1IsRead) {
  const NewsItem item = ItemOf(R"(<NewsItem><Identification><NewsIdentifier><ProviderId>p.example</ProviderId>
    <NewsItemId>n1</NewsItemId><RevisionId>2</RevisionId><PublicIdentifier>urn:n1:2</PublicIdentifier></NewsIdentifier>
    </Identification><NewsManagement><FirstCreated>20260102T030405Z</FirstCreated><Status FormalName="Usable"/>
    </NewsManagement><NewsComponent><NewsLines><HeadLine>Head</HeadLine><ByLine>Ann</ByLine>
    <CopyrightLine>(c) P</CopyrightLine></NewsLines><ContentItem><DataContent><nitf><body><body.content><p>x</p>
    </body.content></body></nitf></DataContent></ContentItem></NewsComponent></NewsItem>)",
                               ReadNewsMl1);
  EXPECT_EQ(Facts(item),
            "id urn:n1:2\ntitle Head\nurl \nsite p.example\npublished 20260102T030405Z\nversion 2\npubstatus usable\n"
            "byline Ann\nrights (c) P\n");
  EXPECT_EQ(item.texts.at(0).text, "<p>x</p>\n    ");
}

}  // namespace
}  // namespace unspin
