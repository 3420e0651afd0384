#include "unspin/inputs/xml_splitter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "support/slow_stream.h"

namespace unspin {
namespace {

constexpr uint64_t kMaxBytes = 1 << 20;
using Expected = std::vector<std::string>;

std::string Describe(const RawRecord& raw) {
  return raw.problem.empty() ? std::string(raw.bytes) : "bad " + raw.problem;
}

Expected Records(const std::string& xml, size_t step = 1 << 20, uint64_t max_bytes = kMaxBytes) {
  XmlSplitter splitter(std::make_unique<testing::SlowStream>(xml, step), max_bytes);
  Expected records;
  uint64_t number = 0;
  for (RawRecord raw; splitter.Next(raw);) {
    EXPECT_EQ(raw.number, ++number);
    if (raw.problem.empty()) {
      EXPECT_EQ(xml.substr(raw.offset, raw.bytes.size()), raw.bytes);
    }
    records.push_back(Describe(raw));
  }
  return records;
}

Expected BlockRecords(const std::string& xml, size_t step) {
  XmlSplitter splitter(std::make_unique<testing::SlowStream>(xml, step), kMaxBytes);
  Expected records;
  for (RawRecords block; splitter.NextBlock(block);) {
    for (const RawRecord& raw : block.records) records.push_back(Describe(raw));
  }
  return records;
}

TEST(XmlSplitterTest, ItemsAreFoundWhateverTheyHold) {
  const std::string one = "<item a='>'><!-- </item> --><![CDATA[</item> <item2>]]><items>x</items><?p </item>?></item>";
  EXPECT_EQ(Records("\n<rss><channel><title>T</title>" + one + "x<item/>" + one + "</channel></rss>\n"),
            (Expected{one, "<item/>", one}));
}

TEST(XmlSplitterTest, PrefixesDoNotMatter) {
  EXPECT_EQ(Records("<a:feed><a:entry><entry/></a:entry></a:feed>"), Expected{"<a:entry><entry/></a:entry>"});
  EXPECT_EQ(Records("<x:newsMessage><x:itemSet><x:newsItem></x:newsItem><x:packageItem/></x:itemSet></x:newsMessage>"),
            (Expected{"<x:newsItem></x:newsItem>", "<x:packageItem/>"}));
}

TEST(XmlSplitterTest, TheRootMayBeTheRecordAndDocumentsMayFollow) {
  EXPECT_EQ(Records("<?xml version='1.0'?><nitf>a</nitf>\n<?xml version='1.0'?><!DOCTYPE nitf><nitf>b</nitf>"),
            (Expected{"<nitf>a</nitf>", "<nitf>b</nitf>"}));
  EXPECT_EQ(Records("<rss><item>a</item></rss><feed><item>no</item><entry>b</entry></feed>"),
            (Expected{"<item>a</item>", "<entry>b</entry>"}));
}

TEST(XmlSplitterTest, ElementsOfOtherRootsAreNoRecords) {
  EXPECT_EQ(Records("<opml><item>a</item><entry>b</entry></opml>"), Expected{});
}

TEST(XmlSplitterTest, AnItemThatIsNotClosedCostsItselfAlone) {
  const std::string bad = "bad at byte 14: <item> is not closed before the next one begins; correct it or take it out";
  for (const char* open : {"<b>", "<![CDATA[ <p>x</p> </item>\n", "<!-- </item>"}) {
    EXPECT_EQ(
        Records("<rss><channel><item>" + std::string(open) + "<item><![CDATA[y]]><!-- z --></item></channel></rss>"),
        (Expected{bad, "<item><![CDATA[y]]><!-- z --></item>"}))
        << open;
  }
}

TEST(XmlSplitterTest, AnItemThatBreaksOffInASectionLeavesTheNextOnesWhole) {
  const std::string cut = "<item><b><![CDATA[x</b>", plain = "<item><b>y</b></item>",
                    other = "<item><![CDATA[z]]></item>";
  const auto in_feed = [](const std::string& items) { return "<rss>" + items + "</rss>"; };
  const auto bad = [](size_t at) {
    return "bad at byte " + std::to_string(at) +
           ": <item> is not closed before the next one begins; correct it or take it out";
  };
  for (const size_t step : {1, 1000}) {
    EXPECT_EQ(Records(in_feed(cut + other), step), (Expected{bad(5), other}));
    EXPECT_EQ(Records(in_feed(other + cut + plain + plain + other), step),
              (Expected{other, bad(5 + other.size()), plain, plain, other}));
    EXPECT_EQ(Records(in_feed(cut + plain + plain), step), (Expected{bad(5), plain, plain})) << "nothing closes it";
    EXPECT_EQ(Records(in_feed(cut + cut + other), step), (Expected{bad(5), bad(5 + cut.size()), other}));
    EXPECT_EQ(Records(in_feed("<item a" + other), step), (Expected{bad(5), other}));
    const std::string odd = "<item a='b' c'>d</item>";
    EXPECT_EQ(Records(in_feed(odd + other), step), (Expected{odd, other})) << "its parser says what is wrong";
    EXPECT_EQ(Records(in_feed("<item><!-- " + plain + "<item><!-- --></item>"), step),
              (Expected{bad(5), plain, "<item><!-- --></item>"}));
  }
}

TEST(XmlSplitterTest, AnItemMayWriteOfItems) {
  for (const std::string text : {"&lt;item&gt;&lt;![CDATA[x", "<item>a</item> <item>b</item>", "<item>", "</item>"}) {
    const std::string item = "<item><![CDATA[" + text + "]]><b/><![CDATA[y]]></item>";
    for (const size_t step : {1, 3, 1000}) {
      EXPECT_EQ(Records("<rss>" + item + item + "</rss>", step), (Expected{item, item})) << text;
    }
  }
}

TEST(XmlSplitterTest, TimeIsLinearWhereEveryItemBreaksOff) {
  std::string xml = "<rss>";
  for (int i = 0; i < 300'000; ++i) xml += "<item><![CDATA[";
  EXPECT_EQ(Records(xml, 1 << 20, 1 << 30).size(), 300'000u);
  EXPECT_EQ(Records(xml + "]]></item></rss>", 1 << 20, 1 << 30).size(), 300'000u);
}

TEST(XmlSplitterTest, AFileThatBreaksOffSaysSo) {
  EXPECT_EQ(Records("<rss><item>a</item>"),
            (Expected{"<item>a</item>",
                      "bad at byte 19: the file ends before <rss> is closed; it may be cut off: copy it again"}));
  EXPECT_EQ(Records("<rss><item>a</ite"),
            Expected{"bad at byte 5: the file ends before <item> is closed; it may be cut off: copy it again"});
  EXPECT_EQ(
      Records("<rss></rss><!-- "),
      Expected{"bad at byte 11: the file ends inside of a tag, comment or section; it may be cut off: copy it again"});
}

TEST(XmlSplitterTest, AnItemThatIsTooLargeIsPassedOver) {
  const std::string large = "<item>" + std::string(500'000, 'x') + "</item>";
  const Expected records = Records("<rss>" + large + "<item>a</item></rss>", 1000, 10'000);
  ASSERT_EQ(records.size(), 2u);
  EXPECT_NE(records[0].find("at byte 5: the item is larger than 10000 bytes"), std::string::npos) << records[0];
  EXPECT_EQ(records[1], "<item>a</item>");
}

TEST(XmlSplitterTest, ReadsOfAnySizeAndBlocksGiveTheSame) {
  const std::string xml =
      "\xef\xbb\xbf<?xml version='1.0'?><!-- <rss> --><rss a='<'><channel><item>a<![CDATA[ ]] ]> ]]></item> "
      "<item/><item>b<item>"
      "c<!-- - -- --></item></channel></rss><feed><entry><x a='/'/></entry>";
  const Expected whole = Records(xml);
  EXPECT_EQ(whole.size(), 6u);
  for (const size_t step : {1, 2, 3, 7, 50}) {
    EXPECT_EQ(Records(xml, step), whole) << step;
    EXPECT_EQ(BlockRecords(xml, step), whole) << step;
  }
}

TEST(XmlSplitterTest, RecordsKnowTheElementsAroundThem) {
  const std::string xml =
      "<rss v='2'><channel x='y'><title>T</title><item>a</item></channel></rss><nitf>b</nitf><rss><item>c</item></rss>";
  XmlSplitter splitter(std::make_unique<testing::SlowStream>(xml, 1000), kMaxBytes);
  std::vector<std::string> around;
  for (RawRecord raw; splitter.Next(raw);) {
    const auto& context = static_cast<const XmlContext&>(*raw.context);
    around.push_back(std::to_string(context.depth) + context.open + context.close + " " + context.head);
  }
  EXPECT_EQ(around, (Expected{"2<rss v='2'><channel x='y'></channel></rss> <rss v='2'><channel x='y'><title>T</title>",
                              "0 ", "1<rss></rss> <rss>"}));
}

TEST(XmlSplitterTest, ElementsAroundRecordsAreFewAndShort) {
  XmlSplitter splitter(std::make_unique<testing::SlowStream>(
                           "<rss a='" + std::string(100'000, 'x') + "'><b><item>a</item></b></rss>", 1000),
                       kMaxBytes);
  RawRecord raw;
  ASSERT_TRUE(splitter.Next(raw));
  EXPECT_EQ(static_cast<const XmlContext&>(*raw.context).open, "<rss><b>") << "a record is parsed with them";
}

}  // namespace
}  // namespace unspin
