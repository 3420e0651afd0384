#include "unspin/inputs/warc_header.h"

#include <gtest/gtest.h>

#include "support/warc_records.h"

namespace unspin {
namespace {

using testing::WarcRecord;

WarcHeader Parsed(const std::string& fields) { return ParseWarcHeader("WARC/1.0\r\n" + fields + "\r\n"); }

TEST(WarcHeaderTest, FieldsAreReadInAnyCase) {
  const WarcHeader header = Parsed(
      "warc-type: Response\r\nwarc-target-uri: <http://a.example/>\r\nWARC-DATE: 2026-01-02\r\ncontent-length: 7\r\n");
  EXPECT_EQ(header.type, "response");
  EXPECT_EQ(header.uri, "http://a.example/");
  EXPECT_EQ(header.date, "2026-01-02");
  EXPECT_EQ(header.length, 7u);
  EXPECT_EQ(header.problem, "");
}

TEST(WarcHeaderTest, ALengthThatIsNoneIsAProblem) {
  for (const std::string fields : {"", "Content-Length: x\r\n", "Content-Length: -1\r\n", "Content-Length: 1 2\r\n",
                                   "Content-Length: 99999999999999999999999\r\n", "Content-Length:\r\n",
                                   "Content-Length: 1\r\nContent-Length: 2\r\n"}) {
    const WarcHeader header = Parsed("WARC-Type: response\r\n" + fields);
    EXPECT_NE(header.problem, "") << fields;
    EXPECT_EQ(header.length, std::nullopt) << fields;
  }
  EXPECT_EQ(Parsed("WARC-Type: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n").problem, "");
}

TEST(WarcHeaderTest, ARecordWithoutAKindIsAProblem) { EXPECT_NE(Parsed("Content-Length: 3\r\n").problem, ""); }

TEST(WarcHeaderTest, TheNextRecordIsFoundBehindOtherBytes) {
  const std::string record = WarcRecord("response", "x");
  EXPECT_EQ(FindWarcRecord("WARC/1.0 is a version, WARC/ is none\n\n" + record, true), 38u);
  EXPECT_EQ(FindWarcRecord("WARC/1.0\r\nContent-Length: 1\r\n\r\n", true), std::string_view::npos);
}

TEST(WarcHeaderTest, AHeaderThatBreaksOffHoldsTheNextOne) {
  const std::string next = "WARC/1.0\r\nWARC-Date: 2026-01-02\r\nContent-Length: 1\r\n\r\n";
  for (const std::string cut : {"WARC/1.0\r\nA: b\r\n", "WARC/1.0\r\n", "WARC/1.0\r\nWARC-Da",
                                "WARC/1.0\r\nwarc-date: 20", "WARC/1.0\r\nContent-Length: 9\r\nA: b", "WARC/1."}) {
    EXPECT_EQ(FindHeaderWithin(cut + next), cut.size()) << cut;
  }
  for (const std::string whole :
       {"WARC/1.0\r\nA: WARC/1.0 b\r\n\r\n", "WARC/1.0\r\nA: https://a.example/WARC/1.0\r\nB: c\r\n\r\n",
        "WARC/1.0\r\nA: b\r\n\r\n"}) {
    EXPECT_EQ(FindHeaderWithin(whole), std::string_view::npos) << whole;
  }
}

TEST(WarcHeaderTest, APlaceAtTheEndIsFoundBeforeItsHeaderIsThere) {
  const std::string cut = "abc WARC/1.1\r\nWARC-Type: resp";
  EXPECT_EQ(FindWarcRecord(cut, false), 4u);
  EXPECT_EQ(FindWarcRecord(cut, true), std::string_view::npos);
}

TEST(WarcHeaderTest, AVersionLineEndsBehindTheVersion) {
  for (const char* begin : {"WARC/1.0\r\n", "WARC/1.1\nWARC-Type: a", "WARC/0.18 \r\n"})
    EXPECT_TRUE(BeginsWarcRecord(begin));
  for (const char* cut : {"WARC/1", "WARC/1.", "WARC/1.0", "WARC/1.0 "}) EXPECT_TRUE(BeginsWarcRecord(cut)) << cut;
  for (const char* text : {"WARC/", "WARC/1.0 headers, and what they tell", "WARC/x", "WARC/1 is old", "WARC/1.x\r\n"})
    EXPECT_FALSE(BeginsWarcRecord(text)) << text;
}

}  // namespace
}  // namespace unspin
