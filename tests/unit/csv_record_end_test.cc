// Where records of CSV end.
#include "unspin/inputs/csv_record_end.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace unspin {
namespace {

using Found = CsvRecordEnd::Found;

// The record that bytes begin with, in brackets what follows it; "more" and "unclosed LINE" else.
std::string First(std::string_view bytes, const CsvDialect& dialect = {}, bool at_end = true) {
  CsvRecordEnd record_end(dialect);
  switch (record_end.Search(bytes, at_end)) {
    case Found::kMore:
      return "more";
    case Found::kUnclosed:
      return "unclosed at " + std::to_string(record_end.quote()) +
             (record_end.next() > bytes.size() ? "" : " [" + std::string(bytes.substr(record_end.next())) + "]");
    case Found::kRecord:
      break;
  }
  return std::string(bytes.substr(0, record_end.end())) + " [" + std::string(bytes.substr(record_end.next())) + "]";
}

TEST(CsvRecordEndTest, LinesEndRecords) {
  EXPECT_EQ(First("a,b\nc"), "a,b [c]");
  EXPECT_EQ(First("a,b\r\nc"), "a,b [c]");
  EXPECT_EQ(First("a\rb\nc"), "a\rb [c]");
  EXPECT_EQ(First("a,b"), "a,b []");
  EXPECT_EQ(First("a\rb\nc", {.line_end = '\r'}), "a [b\nc]");
}

TEST(CsvRecordEndTest, LineEndsInQuotesBelongToTheField) {
  EXPECT_EQ(First("a,\"b\nc\",d\ne"), "a,\"b\nc\",d [e]");
  EXPECT_EQ(First("\"\n\"\ne"), "\"\n\" [e]");
  EXPECT_EQ(First("\"a \"\"b\n\"\" c\"\ne"), "\"a \"\"b\n\"\" c\" [e]");
  EXPECT_EQ(First("\"\"\ne"), "\"\" [e]");
}

TEST(CsvRecordEndTest, AQuoteInsideOfAFieldOpensNothing) {
  EXPECT_EQ(First("5\" pipe,x\ne"), "5\" pipe,x [e]");
  EXPECT_EQ(First("a, \"b\ne"), "a, \"b [e]");
  EXPECT_EQ(First("\"a\" \"b\ne"), "\"a\" \"b [e]");
}

TEST(CsvRecordEndTest, BackslashesTakeTheMeaningFromQuotesAndLineEnds) {
  const CsvDialect dialect{.quotes = CsvQuotes::kBackslash};
  EXPECT_EQ(First("\"a\\\"\n\"\ne", dialect), "\"a\\\"\n\" [e]");
  EXPECT_EQ(First("\"a\\\\\"\ne", dialect), "\"a\\\\\" [e]");
  EXPECT_EQ(First("a\\\nb\ne", dialect), "a\\\nb [e]");
  EXPECT_EQ(First("a\\,\"b\ne", dialect), "a\\,\"b [e]");
}

TEST(CsvRecordEndTest, WithoutQuotesEachLineIsARecord) {
  EXPECT_EQ(First("\"a\nb\"\n", {.delimiter = '\t', .quotes = CsvQuotes::kNone}), "\"a [b\"\n]");
}

TEST(CsvRecordEndTest, AQuoteThatIsNotClosedCostsOneLine) {
  EXPECT_EQ(First("1,\"open\n2,b\n"), "unclosed at 2 [2,b\n]");
  EXPECT_EQ(First("1,\"open"), "unclosed at 2");
  // The next quote opens a field of a later row: it closes nothing.
  EXPECT_EQ(First("1,\"open\n2,\"b\"\n"), "unclosed at 2 [2,\"b\"\n]");
  EXPECT_EQ(First("1,\"a\n\",\"open\n2,\"b\"\n"), "unclosed at 7 [2,\"b\"\n]");
}

TEST(CsvRecordEndTest, AQuoteThatIsNotClosedForLongCostsOneLine) {
  const std::string rows(CsvRecordEnd::kMaxQuotedBytes, '\n');
  CsvRecordEnd record_end({});
  EXPECT_EQ(record_end.Search("\"open" + rows, false), Found::kUnclosed);
  EXPECT_EQ(record_end.next(), 6u);
  record_end.Reset();
  EXPECT_EQ(record_end.Search("\"" + rows.substr(1) + "\"\n", false), Found::kRecord);
}

TEST(CsvRecordEndTest, TheSearchGoesOnWhereItStopped) {
  const std::string bytes = "a,\"b\"\"\nc\",d\r\ne";
  CsvRecordEnd record_end({});
  for (size_t held = 1; held <= 12; ++held)
    EXPECT_EQ(record_end.Search(std::string_view(bytes).substr(0, held), false), Found::kMore) << held;
  EXPECT_EQ(record_end.Search(std::string_view(bytes).substr(0, 14), false), Found::kRecord);
  EXPECT_EQ(record_end.end(), 11u);
  EXPECT_EQ(record_end.next(), 13u);
}

}  // namespace
}  // namespace unspin
