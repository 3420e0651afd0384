#include "unspin/inputs/feed_item.h"

#include <gtest/gtest.h>

#include "support/xml_items.h"

namespace unspin {
namespace {

using testing::Facts;
using testing::ItemOf;

NewsItem Item(std::string_view xml, const FeedFacts& feed = {}) {
  return ItemOf(xml, [&](const XmlNode* node, NewsItem& item) { ReadFeedItem(node, feed, item); });
}

TEST(FeedItemTest, AnItemOfRssIsRead) {
  const NewsItem item = Item(R"(<item xmlns:content="http://purl.org/rss/1.0/modules/content/"
    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
    <media:title>picture</media:title><title>R&amp;amp;D &lt;b&gt;up&lt;/b&gt;</title><link>https://a.example/1</link>
    <guid>https://a.example/?p=1</guid><pubDate>Wed, 02 Sep 2026 08:00:00 GMT</pubDate><dc:date>2026-09-01</dc:date>
    <author>ann@a.example (Ann Writer)</author><dc:creator>Bo Writer</dc:creator><dc:creator>Ann Writer</dc:creator>
    <dc:rights>(c) A</dc:rights><source url="x">The Source</source><media:description>caption</media:description>
    <description>Short.</description><content:encoded><![CDATA[<p>Long</p>]]></content:encoded></item>)",
                             {"The Feed", "(c) Feed", "Feed Author"});
  EXPECT_EQ(Facts(item),
            "id https://a.example/?p=1\ntitle R&D up\nurl https://a.example/1\nsite The Source\n"
            "published Wed, 02 Sep 2026 08:00:00 GMT\nrights (c) A\nbyline Ann Writer, Bo Writer\n");
  ASSERT_EQ(item.texts.size(), 2u);
  EXPECT_EQ(item.texts[0].text, "<p>Long</p>");
  EXPECT_EQ(item.texts[0].field, FeedText::kContent);
  EXPECT_EQ(item.texts[1].text, "Short.");
  EXPECT_EQ(item.texts[1].field, FeedText::kSummary);
}

TEST(FeedItemTest, WhatAnItemLacksComesFromItsFeedOrFromOtherFields) {
  const NewsItem item = Item(
      "<item xmlns:rdf='urn:rdf' rdf:about='https://a.example/1'><dc:title>T</dc:title><dc:date>2026</dc:date></item>",
      {"The Feed", "(c) Feed", "Feed Author"});
  EXPECT_EQ(Facts(item),
            "id https://a.example/1\ntitle T\nurl https://a.example/1\nsite The Feed\npublished 2026\n"
            "byline Feed Author\nrights (c) Feed\n");
  EXPECT_EQ(Item("<item><guid>https://a.example/1</guid></item>").url, "https://a.example/1");
  EXPECT_EQ(Item("<item><guid isPermaLink='false'>https://a.example/1</guid></item>").url, "");
}

TEST(FeedItemTest, AFeedMayGiveItsOwnElementsAPrefix) {
  EXPECT_EQ(
      Item(
          "<r:item xmlns:r='http://backend.userland.com/rss2' xmlns:m='urn:m'><m:title>no</m:title><r:title>T</r:title>"
          "</r:item>")
          .title,
      "T");
}

TEST(FeedItemTest, AnEntryOfAtomIsRead) {
  const NewsItem item = Item(R"(<entry xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/">
    <id>urn:1</id><title type="html">T</title><link rel="edit" href="e"/><link href="s/1"/>
    <link rel="license" href="https://cc.example/by"/><author><name>Ann Writer</name><uri>u</uri></author>
    <source><title>Other Feed</title></source><updated>2026-02-02</updated><summary>S</summary>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Long</p></div></content></entry>)");
  EXPECT_EQ(Facts(item),
            "id urn:1\ntitle T\nurl https://a.example/s/1\nsite Other Feed\npublished \n"
            "usageterms https://cc.example/by\nupdated 2026-02-02\nbyline Ann Writer\n")
      << "a date of change is none of publication";
  ASSERT_EQ(item.texts.size(), 2u);
  EXPECT_EQ(item.texts[0].text, "<div><p>Long</p></div>");
  EXPECT_TRUE(item.texts[0].from_tree);
}

TEST(FeedItemTest, TheTypeOfATextSaysWhatItIsWrittenIn) {
  const auto type = [](std::string_view content) {
    return Item("<entry>" + std::string(content) + "</entry>").texts.at(0).is;
  };
  EXPECT_EQ(type("<content type='html'>x</content>"), TextIs::kHtml);
  EXPECT_EQ(type("<content type='text/html' mode='escaped'>x</content>"), TextIs::kHtml);
  EXPECT_EQ(type("<content>x</content>"), TextIs::kFoundByItself);
  EXPECT_EQ(type("<content type='text'>x</content>"), TextIs::kFoundByItself);
  EXPECT_EQ(type("<summary type='html'>x</summary>"), TextIs::kHtml);
}

TEST(FeedItemTest, ATextElsewhereIsNoted) {
  for (const char* content : {"<content src='x'/>", "<content type='image/png'>aGVsbG8=</content>",
                              "<content type='text/html' mode='base64'>aGVsbG8=</content>"}) {
    const NewsItem item = Item("<entry>" + std::string(content) + "</entry>");
    EXPECT_TRUE(item.text_is_elsewhere) << content;
    EXPECT_TRUE(item.texts.empty());
  }
}

TEST(FeedItemTest, ANitfStoryInsideOfAnEntryIsRead) {
  const NewsItem item = Item(
      "<entry><content type='application/xml'><nitf><body><body.content><p>x</p></body.content>"
      "</body></nitf></content></entry>");
  EXPECT_EQ(item.texts.at(0).text, "<p>x</p>");
}

TEST(FeedItemTest, AFeedSaysWhatHoldsForAllItems) {
  XmlTree tree;
  ASSERT_FALSE(tree.Parse(
      "<rss><channel><image><title>no</title></image><title>T</title><copyright>C</copyright></channel></rss>"));
  const FeedFacts rss = ReadFeedFacts(tree.Node(0));
  EXPECT_EQ(rss.title + rss.rights, "TC");
  ASSERT_FALSE(
      tree.Parse("<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title><author><name>A</name></author></feed>"));
  const FeedFacts atom = ReadFeedFacts(tree.Node(0));
  EXPECT_EQ(atom.title + atom.author, "TA");
  EXPECT_EQ(ReadFeedFacts(nullptr).title, "");
}

}  // namespace
}  // namespace unspin
