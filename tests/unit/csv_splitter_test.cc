// CSV is cut into records, also in blocks.
#include "unspin/inputs/csv_splitter.h"

#include <gtest/gtest.h>

#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include "reference/csv_reference.h"
#include "support/csv_splits.h"

namespace unspin {
namespace {

using reference::CsvRows;
using testing::CsvSplit;
using testing::CsvValues;
using testing::SlowStream;
using testing::SplitCsv;

std::vector<std::string> Lines(const std::vector<CsvSplit>& splits) {
  std::vector<std::string> lines;
  for (const CsvSplit& split : splits)
    lines.push_back(std::to_string(split.number) + "@" + std::to_string(split.offset) + " " +
                    (split.problem.empty() ? split.bytes : "bad"));
  return lines;
}

using Expected = std::vector<std::string>;

TEST(CsvSplitterTest, RecordsHaveNumbersAndOffsets) {
  EXPECT_EQ(Lines(SplitCsv("\xef\xbb\xbf"
                           "a,b\r\n\n\"c\nd\",e\n  \nf,g",
                           {})),
            (Expected{"1@3 a,b", "2@9 \"c\nd\",e", "3@20 f,g"}));
}

TEST(CsvSplitterTest, TheLineThatNamesTheDelimiterIsNoRecord) {
  EXPECT_EQ(Lines(SplitCsv("sep=;\r\na;b\n", {.delimiter = ';', .names_delimiter = true})), (Expected{"1@7 a;b"}));
}

TEST(CsvSplitterTest, ReadingGoesOnBehindAnUnclosedQuote) {
  const std::vector<CsvSplit> splits = SplitCsv("1,\"open\n2,b\n3,\"c\"\n", {});
  EXPECT_EQ(Lines(splits), (Expected{"1@0 bad", "2@8 2,b", "3@12 3,\"c\""}));
  EXPECT_NE(splits[0].problem.find("byte 2 "), std::string::npos) << splits[0].problem;
}

// A table that is cut off within a text must not become articles made of its lines.
TEST(CsvSplitterTest, LinesOfATextBehindAnUnclosedQuoteAreNoRows) {
  const std::string csv = "1,\"The text begins.\nHowever, it goes on\n2,b\nAnd so, it does\n";
  EXPECT_EQ(Lines(SplitCsv(csv, {})), (Expected{"1@0 bad", "2@20 bad", "3@40 2,b", "4@44 bad"}));
}

TEST(CsvSplitterTest, RowsAreTrustedAgainAfterSomeThatFit) {
  const std::string rows = "2,b\n3,c\n4,d\n";
  EXPECT_EQ(Lines(SplitCsv("1,\"open\n" + rows + "5, e\n", {})).back(), "5@20 5, e");
  EXPECT_EQ(Lines(SplitCsv("1, a\n", {})).back(), "1@0 1, a");
}

TEST(CsvSplitterTest, ReadingGoesOnBehindALongUnclosedQuote) {
  std::string csv = "1,\"open and no line end";
  csv += std::string(CsvRecordEnd::kMaxQuotedBytes, 'x') + "\n2,b\n";
  EXPECT_EQ(Lines(SplitCsv(csv, {})), (Expected{"1@0 bad", "2@" + std::to_string(csv.size() - 4) + " 2,b"}));
}

TEST(CsvSplitterTest, RecordsBeyondTheLimitAreSkipped) {
  for (const bool in_blocks : {false, true}) {
    EXPECT_EQ(Lines(SplitCsv("1,a\n2,\"long\nlong\"\n3,c\n", {}, {2}, in_blocks, 10)),
              (Expected{"1@0 1,a", "2@4 bad", "3@18 3,c"}));
  }
}

TEST(CsvSplitterTest, ALineThatNeverEndsIsHeldInBoundedMemory) {
  const std::string csv = "1,a\n" + std::string(CsvSplitter::kMaxRecordBytes * 2, 'x') + "\n3,c\n";
  CsvSplitter splitter(std::make_unique<SlowStream>(csv, std::vector<size_t>()), uint64_t{1} << 40, {});
  std::vector<bool> bad;
  for (RawRecord raw; splitter.Next(raw);) bad.push_back(!raw.problem.empty());
  EXPECT_EQ(bad, (std::vector<bool>{false, true, false}));
}

TEST(CsvSplitterTest, TheHeaderIsNotCounted) {
  std::string first;
  CsvSplitter with(std::make_unique<SlowStream>("\n\"i\nd\",t\n1,a\n", std::vector<size_t>{1}), 100, {});
  EXPECT_EQ(with.ReadFirst(/*is_header=*/true, first), "");
  EXPECT_EQ(first, "\"i\nd\",t");
  RawRecord raw;
  ASSERT_TRUE(with.Next(raw));
  EXPECT_EQ(raw.bytes, "1,a");
  EXPECT_EQ(raw.number, 1u);
  CsvSplitter without(std::make_unique<SlowStream>("1,\"a\"\n", std::vector<size_t>{1}), 100, {});
  EXPECT_EQ(without.ReadFirst(/*is_header=*/false, first), "");
  ASSERT_TRUE(without.Next(raw));
  EXPECT_EQ(raw.bytes, "1,\"a\"");
  EXPECT_FALSE(without.Next(raw));
}

TEST(CsvSplitterTest, AnUnreadableFirstRowIsSaid) {
  std::string first;
  CsvSplitter empty(std::make_unique<SlowStream>(" \n\n", std::vector<size_t>()), 100, {});
  EXPECT_NE(empty.ReadFirst(true, first), "");
  CsvSplitter open(std::make_unique<SlowStream>("a,\"b\n1,2\n", std::vector<size_t>()), 100, {});
  EXPECT_NE(open.ReadFirst(true, first).find("not closed"), std::string::npos);
}

std::string MadeCell(uint32_t& state) {
  constexpr std::string_view kSigns = "ab,;\t|\"\"\\\n\r x\xc3\xa9";
  std::string cell;
  for (uint32_t left = (state = state * 1664525 + 1013904223) >> 28; left > 0; --left)
    cell += kSigns[((state = state * 1664525 + 1013904223) >> 16) % kSigns.size()];
  return cell;
}

TEST(CsvSplitterTest, RowsAreReadAsTheReferenceReadsThem) {
  uint32_t state = 1;
  for (const char delimiter : std::string(",;\t|")) {
    for (const CsvQuotes quotes : {CsvQuotes::kDoubled, CsvQuotes::kBackslash, CsvQuotes::kLetters}) {
      for (const std::string line_end : {"\n", "\r\n", "\r"}) {
        const CsvDialect dialect{.delimiter = delimiter, .quotes = quotes, .line_end = line_end == "\r" ? '\r' : '\n'};
        CsvRows rows;
        for (int row = 0; row < 200; ++row) rows.push_back({"x", MadeCell(state), MadeCell(state), MadeCell(state)});
        const std::string csv = reference::WriteCsv(rows, dialect, line_end, state % 2 == 0);
        ASSERT_EQ(reference::ReadCsv(csv, dialect), rows);
        for (const size_t size : {1u, 7u, 1u << 20}) {
          const std::vector<CsvSplit> splits = SplitCsv(csv, dialect, {size}, size == 7);
          ASSERT_EQ(splits.size(), rows.size());
          for (size_t i = 0; i < rows.size(); ++i) ASSERT_EQ(CsvValues(splits[i].bytes, dialect), rows[i]) << i;
        }
      }
    }
  }
}

// A search that began anew at each quote or at each line would take minutes.
TEST(CsvSplitterTest, HostileBytesTakeLinearTime) {
  const std::vector<std::string> units = {"\"",        "\"\"",   "\"\n", "a,\"b\n", "\",\"",
                                          ",\"\"\"\n", "\"x\"y", "\\\"", "\\\\\n"};
  for (const std::string& unit : units) {
    std::string csv;
    while (csv.size() < size_t{1} << 20) csv += unit;
    for (const CsvQuotes quotes : {CsvQuotes::kDoubled, CsvQuotes::kBackslash}) {
      const std::clock_t begin = std::clock();
      SplitCsv(csv, {.quotes = quotes}, {}, true);
      EXPECT_LT(std::clock() - begin, 5 * CLOCKS_PER_SEC) << unit;
    }
  }
}

}  // namespace
}  // namespace unspin
