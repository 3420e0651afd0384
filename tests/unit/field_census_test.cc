#include "unspin/records/field_census.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "support/input_files.h"
#include "unspin/ingest/reader.h"

namespace unspin {
namespace {

using testing::InputFiles;
using testing::ReadAll;

std::vector<std::string> ProblemsOf(const std::string& records, ReaderOptions options) {
  const InputFiles files;
  options.census = std::make_shared<FieldCensus>();
  ReadAll({files.Write("a.jsonl", records)}, options);
  return options.census->Problems(options.fields);
}

TEST(FieldCensusTest, ANameThatNeverOccursIsNamedWithThoseThatDo) {
  ReaderOptions options;
  options.fields.title = "headlin";
  const auto problems = ProblemsOf("{\"id\":\"1\",\"text\":\"x\",\"headline\":\"y\"}\n", options);
  ASSERT_EQ(problems.size(), 1u);
  for (const char* word : {"“headlin”", "--title-field", "“headline”"})
    EXPECT_NE(problems[0].find(word), std::string::npos) << word;
}

TEST(FieldCensusTest, OneOccurrenceIsEnough) {
  ReaderOptions options;
  options.fields.title = "headline";
  std::string records;
  for (int i = 0; i < 500; ++i) records += "{\"id\":\"1\",\"text\":\"x\"}\n";
  EXPECT_TRUE(ProblemsOf(records + "{\"id\":\"1\",\"text\":\"x\",\"headline\":\"y\"}\n", options).empty());
  EXPECT_EQ(ProblemsOf(records, options).size(), 1u);
}

TEST(FieldCensusTest, RecordsWithoutMetadataAreSaidIfTheyHaveOtherFields) {
  EXPECT_EQ(ProblemsOf("{\"text\":\"x\",\"headline\":\"y\"}\n", {}).size(), 1u);
  EXPECT_TRUE(ProblemsOf("{\"text\":\"x\"}\n", {}).empty());
  EXPECT_TRUE(ProblemsOf("{\"text\":\"x\",\"site\":\"s\",\"more\":\"y\"}\n", {}).empty());
}

TEST(FieldCensusTest, OtherFormatsHaveNoFields) {
  const InputFiles files;
  ReaderOptions options;
  options.census = std::make_shared<FieldCensus>();
  ReadAll({files.Write("a.txt", "A text.")}, options);
  EXPECT_TRUE(options.census->Problems(options.fields).empty());
}

TEST(FieldCensusTest, AGuessedTextFieldIsSaid) {
  FieldCensus census;
  census.SetGuessed("body");
  census.SetGuessed("body");
  const std::vector<std::string> problems = census.Problems(FieldNames());
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_NE(problems[0].find("“body”"), std::string::npos);
  EXPECT_NE(problems[0].find("--text-field"), std::string::npos);
}

TEST(FieldCensusTest, AKeptFieldThatNeverOccursIsNamed) {
  const InputFiles files;
  ReaderOptions options;
  options.keep = {"section", "tag"};
  const std::pair<const char*, const char*> inputs[] = {
      {"a.jsonl", "{\"id\":1,\"text\":\"x\",\"tag\":2}\n{\"id\":2,\"text\":\"y\"}\n"},
      {"a.csv", "id,text,tag\n1,x,2\n"},
      {"a.txt", "A text."}};
  for (const auto& [name, bytes] : inputs) {
    options.census = std::make_shared<FieldCensus>();
    ReadAll({files.Write(name, bytes)}, options);
    const auto problems = options.census->Problems(options.fields, options.keep);
    const bool is_text = std::string(name) == "a.txt";
    ASSERT_EQ(problems.size(), is_text ? 2u : 1u) << name;
    EXPECT_NE(problems[0].find("“section” (--keep)"), std::string::npos) << problems[0];
  }
}

}  // namespace
}  // namespace unspin
