// Rows of a Parquet file are records in order, read one by one or by many threads; damage costs its row group.
//
// six_rows.parquet has three row groups of two rows, with checksums: pyarrow.parquet.write_table(…, row_group_size=2,
// compression="none", use_dictionary=False, write_page_checksum=True, store_schema=False, write_statistics=False).
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "support/input_files.h"
#include "support/source_folder.h"
#include "unspin/inputs/input_formats.h"
#include "unspin/inputs/load_parquet.h"
#include "unspin/records/field_census.h"
#include "unspin/records/record_block.h"

namespace unspin {
namespace {

using testing::Lines;
using testing::Problem;
using testing::ReadAll;
using Expected = std::vector<std::string>;

std::string SixRows() {
  std::ifstream file(testing::SourceFolder() / "tests" / "unit" / "six_rows.parquet", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class ParquetFormatTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!WhyNoParquet().empty()) GTEST_SKIP() << WhyNoParquet();
  }

  // The records by blocks, as texts and as articles.
  std::vector<std::string> LinesOfBlocks(const std::string& path, const ReaderOptions& options = {}) const {
    std::vector<std::string> lines, texts;
    RecordBlockParser parser;
    for (const bool whole : {true, false}) {
      auto reader = ArticleReader::Open({path}, options);
      EXPECT_TRUE(reader.ok());
      for (RecordBlock block; (*reader)->NextBlock(block);) {
        if (whole) {
          parser.Parse(block, [&](const Record& record) { lines.push_back(testing::Line(record)); });
          continue;
        }
        parser.ParseTexts(block, [&](const TextRecord& record) {
          const auto* text = std::get_if<ArticleText>(&record);
          texts.push_back(text ? std::string(text->id) + ": " + std::string(text->text)
                               : "bad " + std::get<BadRecord>(record).location);
        });
      }
    }
    EXPECT_EQ(lines, texts);
    return lines;
  }

  Expected AllLines(const std::string& path) const {
    return {
        "a: The lock of the upper basin is dry.", "b: Barges wait below it.",         "bad " + path + ":3",
        "d: The oak gate is from 1930.",          path + "#5: A crane lifts it out.", "f: Lorries carry the gravel."};
  }

  const testing::InputFiles files_;
};

TEST_F(ParquetFormatTest, RowsAreRecordsInOrder) {
  const std::string path = files_.Write("a.parquet", SixRows());
  EXPECT_EQ(Lines(ReadAll({path})), AllLines(path));
  EXPECT_EQ(LinesOfBlocks(path), AllLines(path));
  EXPECT_NE(Problem(ReadAll({path})[2]).find("null"), std::string::npos);
}

TEST_F(ParquetFormatTest, CompressedFilesAreRecordsAsWell) {
  const std::string path = files_.Write("a.parquet.zst", testing::Zstd(SixRows()));
  EXPECT_EQ(Lines(ReadAll({path})), AllLines(path));
  EXPECT_EQ(LinesOfBlocks(path), AllLines(path));
}

TEST_F(ParquetFormatTest, APathLeadsIntoAStructure) {
  ReaderOptions options;
  options.fields.site = "meta.site";
  options.keep = {"meta.words"};
  options.census = std::make_shared<FieldCensus>();
  const auto records = ReadAll({files_.Write("a.parquet", SixRows())}, options);
  const Article& article = std::get<Article>(records.at(1));
  EXPECT_EQ(article.site, "pell.example");
  EXPECT_EQ(article.kept.at(0).second, "8");
  EXPECT_TRUE(options.census->Problems(options.fields).empty());
}

TEST_F(ParquetFormatTest, DamageCostsItsRowGroupAndIsNamed) {
  std::string bytes = SixRows();
  bytes[bytes.find("The oak")] ^= 1;
  const std::string path = files_.Write("a.parquet", bytes);
  const Expected expected = {"a: The lock of the upper basin is dry.", "b: Barges wait below it.", "bad " + path + ":3",
                             path + "#5: A crane lifts it out.", "f: Lorries carry the gravel."};
  const auto records = ReadAll({path});
  EXPECT_EQ(Lines(records), expected);
  EXPECT_EQ(LinesOfBlocks(path), expected);
  EXPECT_NE(Problem(records.at(2)).find("row group 2 is damaged"), std::string::npos) << Problem(records[2]);
  EXPECT_NE(Problem(records.at(2)).find("2 of 2"), std::string::npos) << Problem(records[2]);
}

TEST_F(ParquetFormatTest, AnyByteMayBeWrong) {
  const std::string whole = SixRows();
  for (size_t at = 0; at < whole.size(); ++at) {
    for (const char mask : {'\x01', '\x40', '\x7f', '\xff'}) {
      std::string bytes = whole;
      bytes[at] = static_cast<char>(bytes[at] ^ mask);
      const Record record = ArticleFromBytes(bytes, "a.parquet", {});
      EXPECT_TRUE(std::holds_alternative<BadRecord>(record)) << at;  // it has several records
    }
  }
}

TEST_F(ParquetFormatTest, AFileThatWasCutOffIsOneBadRecord) {
  const std::string whole = SixRows();
  for (size_t size = 4; size < whole.size(); size += 7) {
    const std::string path = files_.Write("a.parquet", whole.substr(0, size));
    EXPECT_EQ(Lines(ReadAll({path})), Expected{"bad " + path}) << size;
  }
}

TEST(ParquetFormatNamesTest, WithoutArrowTheMessageSaysWhatToDo) {
  if (WhyNoParquet().empty()) GTEST_SKIP() << "Arrow is there";
  const std::string message = Problem(std::get<BadRecord>(ArticleFromBytes(SixRows(), "a", {})));
  EXPECT_NE(message.find("pip install pyarrow"), std::string::npos);
  EXPECT_NE(message.find("JSON Lines"), std::string::npos);
}

TEST(ParquetFormatNamesTest, ATextMayBeginWithTheMark) {
  EXPECT_TRUE(std::holds_alternative<Article>(ArticleFromBytes("PAR1 is a street of the harbour.", "a.txt", {})));
  EXPECT_TRUE(std::holds_alternative<Article>(ArticleFromBytes("PAR1\n\nA street of the harbour.", "a", {})));
}

}  // namespace
}  // namespace unspin
