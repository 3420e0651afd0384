// The fields of one record of CSV.
#include "unspin/inputs/csv_fields.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/csv_splits.h"

namespace unspin {
namespace {

using testing::CsvValues;
using Values = std::vector<std::string>;

constexpr CsvDialect kComma;
constexpr CsvDialect kBackslash{.quotes = CsvQuotes::kBackslash};

TEST(CsvFieldsTest, DelimitersPartFields) {
  EXPECT_EQ(CsvValues("a,b c,,d", kComma), (Values{"a", "b c", "", "d"}));
  EXPECT_EQ(CsvValues("", kComma), Values{""});
  EXPECT_EQ(CsvValues(",", kComma), (Values{"", ""}));
  EXPECT_EQ(CsvValues("a,b;c", {.delimiter = ';'}), (Values{"a,b", "c"}));
}

TEST(CsvFieldsTest, QuotesAreTakenOff) {
  EXPECT_EQ(CsvValues("\"a,b\",\"\",\"c\nd\"", kComma), (Values{"a,b", "", "c\nd"}));
  EXPECT_EQ(CsvValues("\"say \"\"a\"\"\",\"\"\"\"", kComma), (Values{"say \"a\"", "\""}));
}

// As Python's csv reads them.
TEST(CsvFieldsTest, QuotesInOddPlacesAreText) {
  EXPECT_EQ(CsvValues("5\" pipe,a \"b\" c", kComma), (Values{"5\" pipe", "a \"b\" c"}));
  EXPECT_EQ(CsvValues("\"a\" b,\"c\"d\"e\",f", kComma), (Values{"a b", "cd\"e\"", "f"}));
  EXPECT_EQ(CsvValues("\"open,a", kComma), Values{"open,a"});
}

TEST(CsvFieldsTest, BackslashesAreTakenOffWhereTheyMeanSomething) {
  EXPECT_EQ(CsvValues("\"say \\\"a\\\"\",b\\,c,\"d\\\\\",e\\\nf", kBackslash),
            (Values{"say \"a\"", "b,c", "d\\", "e\nf"}));
  EXPECT_EQ(CsvValues("C:\\dir,\"C:\\new\",end\\", kBackslash), (Values{"C:\\dir", "C:\\new", "end\\"}));
  EXPECT_EQ(CsvValues("\"a\\\"b\"", kComma), Values{"a\\b\""});
}

TEST(CsvFieldsTest, DoubledQuotesAreKnownBesideBackslashes) {
  EXPECT_EQ(CsvValues("\"a \"\"b\"\" \\\"c\\\"\"", kBackslash), Values{"a \"b\" \"c\""});
}

TEST(CsvFieldsTest, WithoutQuotesAllSignsAreText) {
  EXPECT_EQ(CsvValues("\"a\t\"b\" \\t", {.delimiter = '\t', .quotes = CsvQuotes::kNone}), (Values{"\"a", "\"b\" \\t"}));
}

TEST(CsvFieldsTest, LettersBehindBackslashesStandForSigns) {
  EXPECT_EQ(CsvValues("One.\\nTwo\\tC:\\\\n\t\\N\t\"a\\\tb\t\\", {.delimiter = '\t', .quotes = CsvQuotes::kLetters}),
            (Values{"One.\nTwo\tC:\\n", "", "\"a\tb", "\\"}));
}

TEST(CsvFieldsTest, ValuesThatAreWrittenAsTheyAreAreNotCopied) {
  const std::string record = "plain,\"in quotes\",\"with \"\"some\"\" inside\"";
  std::vector<CsvField> fields;
  std::string scratch;
  SplitCsvRecord(record, kComma, fields);
  EXPECT_EQ(CsvValue(fields.at(0), kComma, scratch).data(), record.data());
  EXPECT_EQ(CsvValue(fields.at(1), kComma, scratch).data(), record.data() + 7);
  const std::string_view copied = CsvValue(fields.at(2), kComma, scratch);
  EXPECT_EQ(copied.data(), scratch.data());
}

TEST(CsvFieldsTest, ARowWithADelimiterIsNotBlank) {
  EXPECT_TRUE(IsBlankCsvRow("", kComma));
  EXPECT_TRUE(IsBlankCsvRow(" \t\r", kComma));
  EXPECT_FALSE(IsBlankCsvRow("\t", {.delimiter = '\t'}));
  EXPECT_FALSE(IsBlankCsvRow("\"\"", kComma));
}

TEST(CsvFieldsTest, NullOfDatabasesIsNoValueUnlessItIsQuoted) {
  EXPECT_EQ(CsvValues("1,\\N,\"\\N\",a\\N", kComma), (Values{"1", "", "\\N", "a\\N"}));
  EXPECT_EQ(CsvValues("1,\\N", kBackslash), (Values{"1", ""}));
}

}  // namespace
}  // namespace unspin
