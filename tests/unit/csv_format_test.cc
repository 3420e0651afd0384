// Tables are recognised, and opened in the dialect that they are written in.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "support/input_files.h"
#include "unspin/ingest/reader.h"
#include "unspin/inputs/input_formats.h"

namespace unspin {
namespace {

using testing::InputFiles;
using testing::Lines;
using testing::Problem;
using testing::ReadAll;
using testing::Zstd;
using Expected = std::vector<std::string>;

class CsvFormatTest : public ::testing::Test {
 protected:
  Expected Read(const std::string& name, const std::string& bytes, const ReaderOptions& options = {}) {
    return Lines(ReadAll({files_.Write(name, bytes)}, options));
  }
  InputFiles files_;
};

TEST_F(CsvFormatTest, DialectsAreRead) {
  const Expected expected = {"1: one, \"two\"; three\n4", "2: five"};
  for (const auto& [name, bytes] : std::vector<std::pair<std::string, std::string>>{
           {"comma.csv", "id,text\n1,\"one, \"\"two\"\"; three\n4\"\n2,five\n"},
           {"crlf.csv", "\xef\xbb\xbf\"id\",\"text\"\r\n1,\"one, \"\"two\"\"; three\n4\"\r\n\"2\",five"},
           {"cr.csv", "id;text\r1;\"one, \"\"two\"\"; three\n4\"\r2;five\r"},
           {"backslash.csv", "ID, Text \n1,\"one, \\\"two\\\"; three\n4\"\n2,five\n"},
           {"excel.csv", "sep=|\r\nid|text\r\n1|\"one, \"\"two\"\"; three\n4\"\r\n2|five\r\n"},
           {"tabs.tsv", "id\ttext\n1\t\"one, \"\"two\"\"; three\n4\"\n2\tfive\n"},
           {"tabs.TAB.zst", Zstd("id\ttext\n1\t\"one, \"\"two\"\"; three\n4\"\n2\tfive\n")}}) {
    EXPECT_EQ(Read(name, bytes), expected) << name;
  }
}

TEST_F(CsvFormatTest, TablesInUtf16AreRead) {
  std::string wide = "\xff\xfe";
  for (const char c : std::string("id\ttext\r\n1\tone\r\n")) wide += {c, '\0'};
  const auto records = ReadAll({files_.Write("a.csv", wide)});
  ASSERT_EQ(Lines(records), Expected{"1: one"});
  EXPECT_EQ(std::get<Article>(records[0]).reading.charset, "utf-16le");
}

TEST_F(CsvFormatTest, WithoutAHeaderColumnsHaveNumbers) {
  ReaderOptions options;
  options.has_header = false;
  options.fields.text = "3";
  options.fields.id = "1";
  EXPECT_EQ(Read("a.csv", "7,x,\"one, two\"\n8,y,three\n", options), (Expected{"7: one, two", "8: three"}));
}

TEST_F(CsvFormatTest, ATableWithoutTheTextColumnIsOneBadRecord) {
  const auto records = ReadAll({files_.Write("a.csv", "id,body\n1,a\n2,b\n")});
  ASSERT_EQ(Lines(records), Expected{"bad " + files_.Path("a.csv")});
  EXPECT_NE(Problem(records[0]).find("\"id\", \"body\""), std::string::npos);
}

TEST_F(CsvFormatTest, ATableWithoutRowsIsABadRecord) {
  EXPECT_EQ(Read("a.csv", "id,text\n"), Expected{"bad " + files_.Path("a.csv")});
  EXPECT_EQ(Read("b.csv", "\n \n"), Expected{"bad " + files_.Path("b.csv")});
}

TEST_F(CsvFormatTest, ATruncatedFileYieldsItsWholeRowsAndABadOne) {
  std::string csv = "id,text\n";
  uint32_t state = 1;
  for (int at = 0; at < 3000; ++at) {
    csv += std::to_string(at) + ",\"";
    for (int word = 0; word < 20; ++word) csv += std::to_string((state = state * 1664525 + 1013904223) >> 12) + "\n";
    csv += "\"\n";
  }
  const std::string whole = Zstd(csv);
  const std::string path = files_.Write("a.csv.zst", whole.substr(0, whole.size() * 3 / 4));
  const auto records = ReadAll({path});
  ASSERT_GT(records.size(), 1000u);
  for (size_t at = 0; at + 1 < records.size(); ++at) ASSERT_EQ(std::get<Article>(records[at]).id, std::to_string(at));
  EXPECT_NE(Problem(records.back()).find("cut off"), std::string::npos);
}

TEST_F(CsvFormatTest, TablesWithoutANameAreRecognised) {
  EXPECT_EQ(Read("a", "id,text\n1,\"one, two\"\n"), Expected{"1: one, two"});
  EXPECT_EQ(Read("b.dat", "ID;Title;Text\n1;a;one\n2;b;two\n"), (Expected{"1: one", "2: two"}));
  EXPECT_EQ(Read("c.dump", "id\tbody\n1\tone\n"), Expected{"bad " + files_.Path("c.dump")});
}

TEST_F(CsvFormatTest, ProseIsNoTable) {
  for (const std::string prose : {"Text, they say, is cheap\nAnd so it is, we think, today\n", "id,text\n",
                                  "text\none\ntwo\n", "The text, and the body\nof the letter, were lost\n",
                                  "Body, text\n\nThe story begins here, and, well, goes on\n"}) {
    EXPECT_EQ(Read("a", prose).size(), 1u);
    EXPECT_TRUE(Read("a", prose).at(0).starts_with(files_.Path("a") + ": ")) << prose;
  }
  EXPECT_EQ(Read("a.txt", "id,text\n1,one\n"), Expected{files_.Path("a.txt") + ": id,text\n1,one\n"});
}

TEST_F(CsvFormatTest, AStrayQuoteIsDamageWhereTheTableDoublesItsQuotes) {
  const std::string sound = "id,text\n1,\"a \"\"b\"\" c\"\n",
                    damaged = "2,\"the \"mill\" burned, and the rest\nof it, too\"\n3,d\n";
  const auto records = ReadAll({files_.Write("a.csv", sound + damaged)});
  ASSERT_EQ(records.size(), 4u);
  EXPECT_NE(Problem(records[1]).find("behind the quote at byte 29 of"), std::string::npos) << Problem(records[1]);
  EXPECT_NE(Problem(records[2]).find("a part of its text"), std::string::npos) << Problem(records[2]);
  EXPECT_EQ(Lines(records).back(), "3: d");
  EXPECT_EQ(Read("b.csv", "id,text\n1,\"a \"mill\" burned\"\n2,d\n"), (Expected{"1: a mill\" burned\"", "2: d"}))
      << "quotes are never doubled here";
}

TEST_F(CsvFormatTest, NullIsAnEmptyText) {
  const auto records = ReadAll({files_.Write("a.csv", "id,text\n1,\\N\n2,\"\\N is null\"\n")});
  ASSERT_EQ(records.size(), 2u);
  EXPECT_NE(Problem(records[0]).find("is empty"), std::string::npos) << Problem(records[0]);
}

}  // namespace
}  // namespace unspin
