// Rows of tables become articles or bad records.
#include "unspin/inputs/csv_article.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "support/input_files.h"
#include "unspin/records/left_out_records.h"
#include "unspin/records/record_block.h"

namespace unspin {
namespace {

using testing::InputFiles;
using testing::Lines;
using testing::Problem;
using testing::ReadAll;
using Expected = std::vector<std::string>;

class CsvArticleTest : public ::testing::Test {
 protected:
  InputFiles files_;
};

// Short forms as Lines gives them, of articles that are read from blocks where text, id and date are enough.
std::vector<std::string> LinesOfTexts(const std::string& path, const ReaderOptions& options = {}) {
  std::vector<std::string> lines;
  auto reader = ArticleReader::Open({path}, options);
  EXPECT_TRUE(reader.ok());
  RecordBlockParser parser;
  for (RecordBlock block; (*reader)->NextBlock(block);) {
    parser.ParseTexts(block, [&](TextRecord record) {
      if (const auto* bad = std::get_if<BadRecord>(&record)) {
        lines.push_back("bad " + bad->location);
      } else {
        lines.push_back(std::string(std::get<ArticleText>(record).id) + ": " +
                        std::string(std::get<ArticleText>(record).text));
      }
    });
  }
  return lines;
}

TEST_F(CsvArticleTest, FieldsAreRead) {
  ReaderOptions options;
  options.keep = {"n", "absent"};
  const auto records = ReadAll({files_.Write("a.csv",
                                             "id,text,title,url,site,published,fetched,n\n"
                                             "x,\"T\xc3\xa9\n\"\"q\"\"\",Ti,u,s,2020-01-02,2021,\"1.50 \"\"\"\n")},
                               options);
  const Article& article = std::get<Article>(records.at(0));
  EXPECT_EQ(article.id, "x");
  EXPECT_EQ(article.text, "T\xc3\xa9\n\"q\"");
  EXPECT_EQ(article.title, "Ti");
  EXPECT_EQ(article.url, "u");
  EXPECT_EQ(article.site, "s");
  EXPECT_EQ(article.published, "2020-01-02");
  EXPECT_EQ(article.fetched, "2021");
  EXPECT_EQ(article.record, std::optional<uint64_t>(1));
  EXPECT_EQ(article.reading.format, "csv");
  EXPECT_EQ(article.reading.charset, "utf-8");
  EXPECT_TRUE(article.steps.empty());
  EXPECT_EQ(article.kept, (std::vector<std::pair<std::string, std::string>>{{"n", R"("1.50 \"")"}}));
}

TEST_F(CsvArticleTest, BadRowsAreReportedAndReadingContinues) {
  const std::string path = files_.Write("a.csv",
                                        "id,text,title\n"
                                        "1,one,x\n"
                                        "2,short\n"
                                        "3,too,long,by,two\n"
                                        "4, ,x\n"
                                        "5,\"open,x\n"
                                        "6,\x81\x8d\x8f\x90\x81\x8d,x\n"
                                        ",seven,x\n");
  const Expected expected = {"1: one",
                             "bad " + path + ":2",
                             "bad " + path + ":3",
                             "bad " + path + ":4",
                             "bad " + path + ":5",
                             "bad " + path + ":6",
                             path + "#7: seven"};
  const auto records = ReadAll({path});
  EXPECT_EQ(Lines(records), expected);
  EXPECT_EQ(LinesOfTexts(path), expected);
  EXPECT_NE(Problem(records[1]).find("has 2 fields, the header has 3"), std::string::npos);
  EXPECT_NE(Problem(records[1]).find("byte 22 "), std::string::npos);
  EXPECT_NE(Problem(records[2]).find("has 5 fields"), std::string::npos);
  EXPECT_NE(Problem(records[3]).find("\"text\" is empty"), std::string::npos);
  EXPECT_NE(Problem(records[4]).find("not closed"), std::string::npos);
  EXPECT_NE(Problem(records[5]).find("UTF-8"), std::string::npos);
}

TEST_F(CsvArticleTest, EmptyRowsAreLeftOutAndCounted) {
  ReaderOptions options;
  options.left_out = std::make_shared<LeftOutRecords>();
  const std::string path = files_.Write("a.csv", "id,text\n1,one\n,\n,\"\"\n2,two\n");
  EXPECT_EQ(Lines(ReadAll({path}, options)), (Expected{"1: one", "2: two"}));
  EXPECT_EQ(options.left_out->Describe(), "2 records: 2 empty rows");
}

TEST_F(CsvArticleTest, ADelimiterAtTheEndOfARowIsNoField) {
  EXPECT_EQ(Lines(ReadAll({files_.Write("a.csv", "id,text\n1,one,\n2,two,,\n")})), (Expected{"1: one", "2: two"}));
}

TEST_F(CsvArticleTest, TextsWithoutEscapesAreReadAsThoseWith) {
  const std::string path = files_.Write("a.csv", "text,id\n\"a \"\"b\"\" c\",1\n\"d, e\",2\nf,3\n&amp; <p>g</p>,4\n");
  const Expected expected = Lines(ReadAll({path}));
  EXPECT_EQ(expected.at(0), "1: a \"b\" c");
  EXPECT_EQ(expected.at(1), "2: d, e");
  EXPECT_EQ(LinesOfTexts(path), expected);
}

TEST_F(CsvArticleTest, OldCharacterSetsAreRead) {
  std::string csv = "id;text\n";
  for (int i = 0; i < 20; ++i)
    csv += std::to_string(i) +
           ";The caf\xe9 na\xefve fa\xe7"
           "ade \x93quoted\x94 it\x92s the r\xe9sum\xe9 of the man\n";
  const auto records = ReadAll({files_.Write("a.csv", csv)});
  ASSERT_EQ(records.size(), 20u);
  const Article& article = std::get<Article>(records.at(7));
  EXPECT_EQ(article.reading.charset, "windows-1252");
  EXPECT_NE(article.text.find("caf\xc3\xa9"), std::string::npos);
}

TEST_F(CsvArticleTest, NulBytesInACellDoNotEndIt) {
  std::string csv = "id,text\n";
  for (int i = 0; i < 20000; ++i) csv += std::to_string(i) + ",text\n";
  csv += std::string("last,be\0hind\n", 13);
  const auto records = ReadAll({files_.Write("a.csv", csv)});
  EXPECT_EQ(std::get<Article>(records.back()).text, std::string("be\0hind", 7));
}

}  // namespace
}  // namespace unspin
