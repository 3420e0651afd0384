// How a file of CSV is written is found by its first bytes.
#include "unspin/inputs/csv_dialect.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace unspin {
namespace {

CsvDialect Detect(std::string_view head, std::string_view text_name = "text", bool tabs_first = false) {
  return DetectCsvDialect(head, /*is_whole=*/true, text_name, tabs_first).dialect;
}

TEST(CsvDialectTest, TheDelimiterPartsTheHeader) {
  for (const char delimiter : std::string(",;\t|")) {
    std::string csv = "id,text,title\n1,\"a, b; c | d\te\",x\n2,plain,y\n";
    for (char& c : csv) c = c == ',' ? delimiter : c;
    EXPECT_EQ(Detect(csv), CsvDialect{.delimiter = delimiter}) << delimiter;
    EXPECT_EQ(Detect(csv, ""), CsvDialect{.delimiter = delimiter}) << delimiter;
  }
}

TEST(CsvDialectTest, CommasOfATextAreNoDelimiters) {
  EXPECT_EQ(Detect("id;body\n1;one, two, three\n2;four, five\n").delimiter, ';');
  EXPECT_EQ(Detect("Id;Title, short;Text\n1;a, b;c, d\n").delimiter, ';');
  EXPECT_EQ(Detect("text\none, two\nthree; four; five\n").delimiter, '\t');
}

TEST(CsvDialectTest, RowsWithoutAHeaderShowTheDelimiter) {
  EXPECT_EQ(Detect("1;\"a, b, c\";x\n2;\"d, e\";y\n", "").delimiter, ';');
  EXPECT_EQ(Detect("1,\"a; b; c; d\",x\n", "").delimiter, ',');
}

TEST(CsvDialectTest, QuotesAreDoubledOrBackslashed) {
  EXPECT_EQ(Detect("id,text\n1,\"he said \"\"yes\"\", then\"\n").quotes, CsvQuotes::kDoubled);
  EXPECT_EQ(Detect("id,text\n1,\"he said \\\"yes\\\", then\"\n").quotes, CsvQuotes::kBackslash);
  EXPECT_EQ(Detect("id,text\n1,\"he said \\\"yes\\\" then\"\n").quotes, CsvQuotes::kBackslash);
  EXPECT_EQ(Detect("id,text\n1,one\\, two\n").quotes, CsvQuotes::kBackslash);
  // The backslash ends a path.
  EXPECT_EQ(Detect("path,text\n\"C:\\dir\\\",\"a, b\"\n").quotes, CsvQuotes::kDoubled);
}

TEST(CsvDialectTest, TablesPartedByTabsMayHaveNoQuotes) {
  EXPECT_EQ(Detect("id\ttext\n1\t\"Yes\" he said\n2\tthe \"other\n").quotes, CsvQuotes::kNone);
  EXPECT_EQ(Detect("id\ttext\n1\t\"Yes\the \"\"said\"\"\"\n").quotes, CsvQuotes::kDoubled);
}

TEST(CsvDialectTest, DumpsOfDatabasesWriteLineEndsAsLetters) {
  EXPECT_EQ(Detect("id\ttext\n1\tHe said \"no.\"\\nThen he left.\\n\\nAnd\n").quotes, CsvQuotes::kLetters);
  EXPECT_EQ(Detect("id\ttext\n1\tin C:\\new for now\n").quotes, CsvQuotes::kDoubled);
  EXPECT_EQ(Detect("id\ttext\n1\tthe end.\\nThen \\under\n").quotes, CsvQuotes::kDoubled);
  EXPECT_EQ(Detect("id\ttext\n1\t\"the end.\\nThen\"\n").quotes, CsvQuotes::kDoubled);
}

TEST(CsvDialectTest, TheFileNameDecidesWhatIsOpen) {
  EXPECT_EQ(Detect("a,b\tc,d\n", "").delimiter, ',');
  EXPECT_EQ(Detect("a,b\tc,d\n", "", /*tabs_first=*/true).delimiter, ',');
  EXPECT_EQ(Detect("a,b\tc\n", "", /*tabs_first=*/true).delimiter, '\t');
  EXPECT_EQ(Detect("a,b\tc\n", "").delimiter, ',');
}

TEST(CsvDialectTest, LineEndsInQuotesAreNoneOfTheFile) {
  EXPECT_EQ(Detect("id,text\r1,\"a\nb\"\r").line_end, '\r');
  EXPECT_EQ(Detect("id,text\r\n1,\"a\rb\"\r\n").line_end, '\n');
  EXPECT_EQ(Detect("id,text\n1,a\rb\n").line_end, '\n');
  EXPECT_EQ(Detect("1,\"a\nb\"\r2,c\r", "").line_end, '\r');
}

TEST(CsvDialectTest, ExcelNamesTheDelimiter) {
  for (const std::string line : {"sep=;\n", "SEP=;\r\n", "\"sep=;\"\n", "\xef\xbb\xbfsep=;\n"}) {
    EXPECT_EQ(Detect(line + "id,id;text\n1;a\n", ""), (CsvDialect{.delimiter = ';', .names_delimiter = true})) << line;
  }
  EXPECT_FALSE(Detect("sep=ab,text\n1,a\n").names_delimiter);
}

TEST(CsvDialectTest, ARowThatIsCutOffIsNotCounted) {
  const CsvLook look = DetectCsvDialect("id,text,x\n1,a,b\n2,c", /*is_whole=*/false, "text", false);
  EXPECT_EQ(look.rows, 1u);
  EXPECT_EQ(look.odd, 0u);
  EXPECT_EQ(look.columns, 3u);
  EXPECT_TRUE(look.names_text);
}

TEST(CsvDialectTest, OddNumbersOfBackslashesTakeTheMeaning) {
  EXPECT_FALSE(IsBackslashed("ab", 0, 1));
  EXPECT_TRUE(IsBackslashed("\\b", 0, 1));
  EXPECT_FALSE(IsBackslashed("\\\\b", 0, 2));
  EXPECT_FALSE(IsBackslashed("\\b", 1, 1));
}

}  // namespace
}  // namespace unspin
