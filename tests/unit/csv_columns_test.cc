// Columns are found by their names or numbers.
#include "unspin/inputs/csv_columns.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "unspin/base/strings.h"
#include "unspin/records/field_census.h"

namespace unspin {
namespace {

using Names = std::vector<std::string>;

std::string Failure(const Names& first_row, const ReaderOptions& options) {
  const auto columns = FindCsvColumns(first_row, options);
  return columns.ok() ? "" : std::string(StdView(columns.status().message()));
}

TEST(CsvColumnsTest, NamesAreFoundExactlyFirst) {
  EXPECT_EQ(FindCsvColumn(Names{"text", "Text", " TEXT "}, "text"), std::optional<size_t>(0));
  EXPECT_EQ(FindCsvColumn(Names{"id", " Text\t"}, "text"), std::optional<size_t>(1));
  EXPECT_EQ(FindCsvColumn(Names{"id", "texts"}, "text"), std::nullopt);
  EXPECT_EQ(FindCsvColumn(Names{"text", "id", "text"}, "text"), std::optional<size_t>(0));
}

TEST(CsvColumnsTest, AllFieldsHaveTheirColumns) {
  ReaderOptions options;
  options.keep = {"n", "absent"};
  const auto columns =
      FindCsvColumns(Names{"fetched", "published", "site", "url", "title", "text", "id", "n"}, options);
  ASSERT_TRUE(columns.ok());
  EXPECT_EQ(columns->count, 8u);
  EXPECT_EQ(columns->fetched, std::optional<size_t>(0));
  EXPECT_EQ(columns->published, std::optional<size_t>(1));
  EXPECT_EQ(columns->site, std::optional<size_t>(2));
  EXPECT_EQ(columns->url, std::optional<size_t>(3));
  EXPECT_EQ(columns->title, std::optional<size_t>(4));
  EXPECT_EQ(columns->text, 5u);
  EXPECT_EQ(columns->id, std::optional<size_t>(6));
  EXPECT_EQ(columns->kept, (std::vector<std::pair<std::string, size_t>>{{"n", 7}}));
}

TEST(CsvColumnsTest, WithoutATextColumnTheColumnsAreListed) {
  const std::string failure = Failure({"id", " body "}, {});
  EXPECT_NE(failure.find("\"id\", \"body\""), std::string::npos) << failure;
  EXPECT_NE(failure.find("--text-field"), std::string::npos) << failure;
  EXPECT_NE(failure.find("--no-header"), std::string::npos) << failure;
}

TEST(CsvColumnsTest, WithoutAHeaderColumnsHaveNumbers) {
  ReaderOptions options;
  options.has_header = false;
  options.fields.text = "2";
  options.fields.id = "1";
  const auto columns = FindCsvColumns(Names{"text", "x"}, options);
  ASSERT_TRUE(columns.ok());
  EXPECT_EQ(columns->text, 1u);
  EXPECT_EQ(columns->id, std::optional<size_t>(0));
  EXPECT_EQ(columns->title, std::nullopt);
}

TEST(CsvColumnsTest, WithoutAHeaderTheNumberOfTheTextIsAskedFor) {
  ReaderOptions options;
  options.has_header = false;
  EXPECT_NE(Failure({"id", "text", "x"}, options).find("there are 3"), std::string::npos);
  for (const std::string text : {"0", "4", "body", "-1"}) {
    options.fields.text = text;
    const std::string failure = Failure({"id", "text", "x"}, options);
    EXPECT_NE(failure.find("\"" + text + "\""), std::string::npos) << failure;
    EXPECT_NE(failure.find("1 to 3"), std::string::npos) << failure;
  }
}

TEST(CsvColumnsTest, TheCensusKnowsTheColumns) {
  ReaderOptions options;
  options.census = std::make_shared<FieldCensus>();
  options.fields.site = "outlet";
  ASSERT_TRUE(FindCsvColumns(Names{"ID", "text", "source"}, options).ok());
  const std::vector<std::string> problems = options.census->Problems(options.fields);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_NE(problems[0].find("“outlet”"), std::string::npos);
  EXPECT_NE(problems[0].find("“source”"), std::string::npos);
}

TEST(CsvColumnsTest, OfSeveralTextColumnsTheNumberIsAskedFor) {
  ReaderOptions options;
  const std::string failure = Failure({"id", "text", "text "}, options);
  EXPECT_EQ(failure, "") << "only one is called exactly so";
  const std::string twice = Failure({"id", "text", "x", "text"}, options);
  EXPECT_NE(twice.find("number 2, 4"), std::string::npos) << twice;
  options.fields.text = "4";
  const auto columns = FindCsvColumns(Names{"id", "text", "id", "text"}, options);
  ASSERT_TRUE(columns.ok());
  EXPECT_EQ(columns->text, 3u);
  EXPECT_EQ(columns->id, std::optional<size_t>(0));
  options.fields.text = "5";
  EXPECT_NE(Failure({"id", "text", "id", "text"}, options), "");
}

}  // namespace
}  // namespace unspin
