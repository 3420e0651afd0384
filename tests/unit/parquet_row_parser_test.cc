// Cells of a row become an article; a row without a text says so.
#include "unspin/inputs/parquet_row_parser.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace unspin {
namespace {

constexpr ParquetKind kText = ParquetKind::kText, kNumber = ParquetKind::kNumber, kBoolean = ParquetKind::kBoolean;
enum Column : uint32_t { kId, kBody, kTitle, kPublished, kTags };

class ParquetRowParserTest : public ::testing::Test {
 protected:
  ParquetRowParserTest() {
    options_.fields.text = "body";
    options_.keep = {"title", "tags"};
  }

  ParquetRowParser Parser() const {
    const std::vector<ParquetColumn> columns = {
        {"id", 1, false}, {"body", 1, false}, {"title", 1, false}, {"published", 1, false}, {"tags", 1, true}};
    return {"t.parquet", std::make_shared<const ParquetFields>(FindParquetFields(columns, options_, false)), options_};
  }

  // The cells' columns are those of the table above; fields are looked for in another order.
  Article Read(const std::vector<ParquetCell>& cells) const {
    Record record = Parser().FromCells(cells, 17);
    EXPECT_TRUE(std::holds_alternative<Article>(record)) << std::get<BadRecord>(record).message;
    return std::get<Article>(std::move(record));
  }

  // All ways to read the row find the same fault.
  std::string Problem(const std::vector<ParquetCell>& cells) const {
    ParquetRowParser parser = Parser();
    const BadRecord bad = std::get<BadRecord>(parser.FromCells(cells, 17));
    EXPECT_EQ(bad.location, "t.parquet:17");
    EXPECT_EQ(std::get<BadRecord>(parser.TextFromCells(cells, 17)).message, bad.message);
    return bad.message;
  }

  ReaderOptions options_;
};

TEST_F(ParquetRowParserTest, CellsBecomeFields) {
  const Article article =
      Read({{kId, kNumber, "7"}, {kBody, kText, "The lock is dry."}, {kPublished, kText, "2024-02-29"}});
  EXPECT_EQ(article.id, "7");
  EXPECT_EQ(article.text, "The lock is dry.");
  EXPECT_EQ(article.published, "2024-02-29");
  EXPECT_EQ(article.record, 17u);
  EXPECT_EQ(article.path, "t.parquet");
  EXPECT_EQ(article.reading.format, "parquet");
}

TEST_F(ParquetRowParserTest, AListIsAText) {
  const Article article = Read({{kBody, kText, "One."}, {kBody, kText, " "}, {kBody, kText, "Two."}});
  EXPECT_EQ(article.text, "One.\n\nTwo.");
  EXPECT_EQ(article.id, "t.parquet#17");
}

TEST_F(ParquetRowParserTest, WhatNamesNothingIsNoId) {
  EXPECT_EQ(Read({{kId, kBoolean, "true"}, {kBody, kText, "x"}}).id, "t.parquet#17");
  EXPECT_EQ(Read({{kId, kText, "a"}, {kId, kText, "b"}, {kBody, kText, "x"}}).id, "t.parquet#17");
}

TEST_F(ParquetRowParserTest, KeptFieldsAreJson) {
  const auto kept =
      Read({{kBody, kText, "x"}, {kTitle, kText, "a \"b\""}, {kTags, kText, "u"}, {kTags, kNumber, "2"}}).kept;
  using Kept = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(kept, (Kept{{"title", R"("a \"b\"")"}, {"tags", R"(["u",2])"}}));
  EXPECT_EQ(Read({{kBody, kText, "x"}}).kept, (Kept{{"title", "null"}, {"tags", "[]"}}));
}

TEST_F(ParquetRowParserTest, BytesOfAnotherSetAreDecoded) {
  const Article article =
      Read({{kBody, kText, "The caf\xe9 on the quay is closed until the end of May, said its owner."}});
  EXPECT_NE(article.text.find("café"), std::string::npos);
  EXPECT_EQ(article.reading.charset, "windows-1252");
}

TEST_F(ParquetRowParserTest, MarkupIsReadAsTheOptionsSay) {
  EXPECT_EQ(Read({{kBody, kText, "<p>Rain &amp; wind.</p><p>Snow.</p>"}}).text.find('<'), std::string::npos);
  options_.text_is = TextIs::kPlain;
  EXPECT_EQ(Read({{kBody, kText, "<p>Rain.</p>"}}).text, "<p>Rain.</p>");
}

TEST_F(ParquetRowParserTest, ARowWithoutATextSaysSo) {
  EXPECT_NE(Problem({{kId, kText, "a"}}).find("\"body\" is null"), std::string::npos);
  EXPECT_NE(Problem({{kBody, kText, " \n"}}).find("empty"), std::string::npos);
  EXPECT_NE(Problem({{kBody, kNumber, "5"}}).find("no text"), std::string::npos);
  options_.max_article_bytes = 3;
  EXPECT_NE(Problem({{kBody, kText, "four"}}).find("larger than 3 bytes"), std::string::npos);
}

TEST_F(ParquetRowParserTest, ARowInBytesIsTheRow) {
  const std::vector<ParquetCell> cells = {
      {kId, kText, "a"}, {kBody, kText, "One."}, {kBody, kText, ""}, {kBody, kText, "Two."}};
  std::vector<char> bytes;
  AppendCells(cells, bytes);
  RawRecord raw;
  raw.bytes = {bytes.data(), bytes.size()};
  raw.number = 17;
  ParquetRowParser parser = Parser();
  EXPECT_EQ(std::get<Article>(*parser.Parse(raw)), Read(cells));
  const auto text = parser.ParseText(raw);
  EXPECT_EQ(std::get<ArticleText>(*text).text, "One.\n\nTwo.");
  EXPECT_EQ(std::get<ArticleText>(*text).id, "a");
}

}  // namespace
}  // namespace unspin
