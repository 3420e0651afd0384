#include "unspin/inputs/warc_article.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "support/warc_records.h"
#include "unspin/records/left_out_records.h"

namespace unspin {
namespace {

using testing::HttpAnswer;
using testing::WarcRecord;

const std::string kPage =
    "<html><head><title>A day</title><meta property='article:published_time' content='2025-12-31T00:00:00Z'></head>"
    "<body><p>Some words that a page has, enough of them to be a text of its own.</p></body></html>";

class WarcArticleTest : public ::testing::Test {
 protected:
  std::optional<Record> Parse(const std::string& record) {
    WarcArticleParser parser("crawl.warc", options_);
    RawRecord raw;
    raw.bytes = std::string_view(record).substr(0, record.size() - 4);
    raw.number = 7;
    raw.offset = 99;
    return parser.Parse(raw);
  }
  std::string LeftOut(const std::string& record) {
    options_.left_out = std::make_shared<LeftOutRecords>();
    if (Parse(record)) return "";
    return options_.left_out->Describe();
  }

  ReaderOptions options_;
};

TEST_F(WarcArticleTest, APageHasTheFieldsOfItsRecordAndItsOwnDate) {
  const auto record = Parse(WarcRecord("response", HttpAnswer(kPage), "https://a.example/story"));
  ASSERT_TRUE(record);
  const auto& article = std::get<Article>(*record);
  EXPECT_EQ(article.id, "https://a.example/story");
  EXPECT_EQ(article.url, "https://a.example/story");
  EXPECT_EQ(article.fetched, "2026-01-02T03:04:05Z");
  EXPECT_EQ(article.published.substr(0, 10), "2025-12-31");
  EXPECT_EQ(article.record, 7u);
  EXPECT_EQ(article.reading.format, "warc");
  EXPECT_EQ(article.text, "Some words that a page has, enough of them to be a text of its own.");
}

TEST_F(WarcArticleTest, ARecordWithoutAnAddressIsNamedByItsPlace) {
  const auto record = Parse(WarcRecord("resource", kPage, "", "text/html"));
  EXPECT_EQ(std::get<Article>(*record).id, "crawl.warc#7");
}

TEST_F(WarcArticleTest, WhatIsNoArticleIsCountedByItsKind) {
  EXPECT_EQ(LeftOut(WarcRecord("revisit", HttpAnswer(""))), "1 record: 1 revisit");
  EXPECT_EQ(LeftOut(WarcRecord("response", HttpAnswer(kPage, "", "404 Gone"))), "1 record: 1 answer with status 404");
  EXPECT_EQ(LeftOut(WarcRecord("response", HttpAnswer("%PDF-1.4"))), "1 record: 1 PDF");
  EXPECT_EQ(LeftOut(WarcRecord("resource", "log", "metadata://a.example/log", "text/plain")),
            "1 record: 1 metadata record");
  EXPECT_EQ(LeftOut(WarcRecord("metadata", "{}", "https://a.example/", "application/json")),
            "1 record: 1 description of pages (WAT)");
  EXPECT_EQ(LeftOut(WarcRecord("unheard-of", "x")), "1 record: 1 record of other types");
  EXPECT_EQ(LeftOut(WarcRecord("response", HttpAnswer("<html></html>"))), "1 record: 1 page without text");
}

TEST_F(WarcArticleTest, BadRecordsAreNamedByNumberAndByte) {
  for (const std::string& record : {WarcRecord("response", "no status line"), WarcRecord("continuation", "x")}) {
    const auto bad = Parse(record);
    ASSERT_TRUE(bad);
    EXPECT_EQ(std::get<BadRecord>(*bad).location, "crawl.warc:7");
    EXPECT_NE(std::get<BadRecord>(*bad).message.find("byte 99"), std::string::npos);
  }
}

TEST_F(WarcArticleTest, AConvertedTextIsATextWhateverItLooksLike) {
  const auto record = Parse(WarcRecord("conversion", "{\"a\": 1} is JSON.", "https://a.example/", "text/plain"));
  EXPECT_EQ(std::get<Article>(*record).text, "{\"a\": 1} is JSON.");
}

TEST_F(WarcArticleTest, ABeginningIsEnoughToSeeWhatIsNoPage) {
  const WarcHeader header = ParseWarcHeader(WarcRecord("response", "", "", "application/http", "4000000000"));
  EXPECT_FALSE(MayHoldPage(header, HttpAnswer("\xff\xd8\xff\xe0 a picture")));
  EXPECT_FALSE(MayHoldPage(header, HttpAnswer(kPage, "", "301 Moved")));
  EXPECT_TRUE(MayHoldPage(header, HttpAnswer(kPage.substr(0, 50))));
  EXPECT_TRUE(MayHoldPage(header, HttpAnswer("f00000\r\n<html>", "Transfer-Encoding: chunked\r\n")));
}

TEST_F(WarcArticleTest, ABadRecordSaysWhatToDo) {
  for (const std::string& block :
       {std::string("no answer"), HttpAnswer("xyz", "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n"),
        HttpAnswer("\x1f\x8b\x08 damaged", "Content-Type: text/html\r\nContent-Encoding: gzip\r\n")}) {
    const auto record = Parse(WarcRecord("response", block));
    ASSERT_TRUE(record) << block;
    if (!std::holds_alternative<BadRecord>(*record)) continue;  // bodies are read as they are where that makes sense
    EXPECT_NE(std::get<BadRecord>(*record).message.find("leave it out or fetch its page again"), std::string::npos);
  }
}

}  // namespace
}  // namespace unspin
