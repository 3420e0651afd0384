// News in XML from a file to articles.
#include "unspin/inputs/xml_article.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "support/input_files.h"
#include "unspin/ingest/reader.h"
#include "unspin/records/left_out_records.h"

namespace unspin {
namespace {

using testing::InputFiles;
using testing::Lines;
using testing::Problem;
using testing::ReadAll;
using Expected = std::vector<std::string>;

class XmlArticleTest : public ::testing::Test {
 protected:
  std::vector<Record> Read(const std::string& xml, const std::string& name = "a.xml") {
    options_.left_out = std::make_shared<LeftOutRecords>();
    return ReadAll({files_.Write(name, xml)}, options_);
  }
  std::string LeftOut() const { return options_.left_out->total() == 0 ? "" : options_.left_out->Describe(); }

  InputFiles files_;
  ReaderOptions options_;
};

// A feed of items that each hold this text in full.
std::string Feed(const std::vector<std::string>& texts, const std::string& declaration = "") {
  std::string xml =
      declaration + "<rss xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>F</title>";
  for (size_t i = 0; i < texts.size(); ++i) {
    xml += "<item><guid>" + std::to_string(i + 1) + "</guid><content:encoded>" + texts[i] + "</content:encoded></item>";
  }
  return xml + "</channel></rss>";
}

TEST_F(XmlArticleTest, MarkupIsReadHoweverItWasWritten) {
  EXPECT_EQ(Lines(Read(Feed(
                {"<![CDATA[<p>caf&eacute; &amp; bar</p><p>two</p><script>no</script>]]>",
                 "&lt;p&gt;caf&amp;eacute; &amp;amp; bar&lt;/p&gt;&lt;p&gt;two&lt;/p&gt;",
                 "&amp;lt;p&amp;gt;caf\u00e9 &amp;amp;amp; bar&amp;lt;/p&amp;gt;&amp;lt;p&amp;gt;two&amp;lt;/p&amp;gt;",
                 "AT&T &hellip; caf&eacute;"}))),
            (Expected{"1: caf\u00e9 & bar\n\ntwo", "2: caf\u00e9 & bar\n\ntwo", "3: caf\u00e9 & bar\n\ntwo",
                      "4: AT&T \u2026 caf\u00e9"}));
}

TEST_F(XmlArticleTest, OffsetsLeadToTheFieldAsItWasDecoded) {
  const auto records = Read(Feed({"&lt;p&gt;one&lt;/p&gt;"}));
  const Article& article = std::get<Article>(records.at(0));
  ASSERT_FALSE(article.steps.empty());
  EXPECT_EQ(article.steps[0].record, 3u) << "behind <p>";
  EXPECT_EQ(article.record, std::optional<uint64_t>(1));
  EXPECT_EQ(article.reading.format, "rss");
}

TEST_F(XmlArticleTest, TheDeclaredCharacterSetCounts) {
  const std::string text = "caf\xe9 \x96 d\xe9j\xe0 vu";
  const auto records = Read(Feed({text}, "<?xml version='1.0' encoding='ISO-8859-1'?>"));
  const Article& article = std::get<Article>(records.at(0));
  EXPECT_EQ(article.text, "caf\u00e9 \u2013 d\u00e9j\u00e0 vu");
  EXPECT_EQ(article.reading.charset, "windows-1252");
  EXPECT_TRUE(article.reading.alerts.empty()) << "it is declared, and not guessed";
}

TEST_F(XmlArticleTest, ABrokenItemCostsItselfAlone) {
  const auto records = Read(Feed({"one", "<b>two", "three", "&company;", "five"}));
  ASSERT_EQ(records.size(), 5u);
  EXPECT_EQ(Lines({records[0], records[2], records[4]}), (Expected{"1: one", "3: three", "5: five"}));
  EXPECT_NE(Problem(records[1])
                .find("at byte 152: it is not well-formed XML: </content:encoded> stands where </b> "
                      "should (at byte 213)"),
            std::string::npos)
      << Problem(records[1]);
  EXPECT_NE(Problem(records[3]).find("the entity &company; is not read"), std::string::npos);
  EXPECT_TRUE(std::get<BadRecord>(records[1]).location.ends_with("a.xml:2"));
}

TEST_F(XmlArticleTest, TeasersAreCountedAndNotRead) {
  EXPECT_EQ(Lines(Read("<rss><channel><item><description>Short.</description></item><item><title>T</title></item>"
                       "<item/></channel></rss>")),
            Expected{});
  EXPECT_EQ(LeftOut(), "3 records: 3 teasers without a text");
}

TEST_F(XmlArticleTest, ASummaryIsReadWhereTheContentHasNoText) {
  std::string words;
  for (int i = 0; i < 120; ++i) words += "word ";
  const auto records = Read("<feed><entry><id>1</id><content type='html'>&lt;img src='x'&gt;</content><summary>" +
                            words + "</summary></entry></feed>");
  EXPECT_EQ(Lines(records).at(0).substr(0, 12), "1: word word");
}

std::string Item(const std::string& status, const std::string& text) {
  return "<newsItem guid='g'><itemMeta><pubStatus qcode='stat:" + status + "'/></itemMeta><contentSet>" + text +
         "</contentSet></newsItem>";
}

TEST_F(XmlArticleTest, CanceledItemsAreReadIfTheyHaveAText) {
  const auto records = Read(Item("canceled", "<inlineData contenttype='text/plain'>the text</inlineData>"));
  const Article& article = std::get<Article>(records.at(0));
  EXPECT_EQ(article.text, "the text");
  EXPECT_EQ(article.kept, (std::vector<std::pair<std::string, std::string>>{{"pubstatus", "\"canceled\""}}));
  EXPECT_TRUE(Read(Item("canceled", "")).empty());
  EXPECT_EQ(LeftOut(), "1 record: 1 canceled item");
  EXPECT_TRUE(Read(Item("withheld", "")).empty());
  EXPECT_EQ(LeftOut(), "1 record: 1 withheld item");
  EXPECT_TRUE(Read(Item("usable", "<remoteContent/>")).empty());
  EXPECT_EQ(LeftOut(), "1 record: 1 item whose text is elsewhere");
}

TEST_F(XmlArticleTest, AskedForFieldsAreKeptAndNoOthers) {
  options_.keep = {"version", "rights", "nothing"};
  const auto records = Read(
      "<nitf><head><docdata><du-key version='2'/><ed-msg info='x'/></docdata></head><body><body.head>"
      "<rights>\"All\"</rights></body.head><body.content><p>x</p></body.content></body></nitf>");
  EXPECT_EQ(std::get<Article>(records.at(0)).kept,
            (std::vector<std::pair<std::string, std::string>>{{"version", "\"2\""}, {"rights", "\"\\\"All\\\"\""}}));
}

TEST_F(XmlArticleTest, AStoryWithoutATextIsBad) {
  const auto records = Read("<nitf><body><body.content><p> </p></body.content></body></nitf>");
  EXPECT_NE(Problem(records.at(0)).find("there is no text in it"), std::string::npos);
}

TEST_F(XmlArticleTest, OtherXmlIsRefusedByName) {
  EXPECT_EQ(Problem(Read("<?xml version='1.0'?><opml/>").at(0)),
            "this is a list of feeds (OPML); give the feeds themselves");
  EXPECT_NE(Problem(Read("<stories/>").at(0)).find("<stories>"), std::string::npos);
  EXPECT_EQ(Problem(Read("<?xml version='1.0'?><svg/>", "a.txt").at(0)), "this is a drawing (SVG); leave it out");
  EXPECT_EQ(Problem(Read("Hello").at(0)), "this is no XML; name its format (--format)");
}

TEST_F(XmlArticleTest, APageInXmlIsAPage) {
  const std::string page =
      "<?xml version='1.0'?><html><body><p>" + std::string(400, 'x') + " one two three.</p></body></html>";
  for (const char* name : {"a.xml", "a.html", "a"})
    EXPECT_EQ(std::get<Article>(Read(page, name).at(0)).reading.format, "html") << name;
}

TEST_F(XmlArticleTest, TheContentTellsNewsWhateverTheName) {
  for (const char* name : {"a", "a.txt", "a.html", "a.rss"})
    EXPECT_EQ(Lines(Read(Feed({"one"}), name)), Expected{"1: one"});
}

}  // namespace
}  // namespace unspin
