// Fields are found by path, only their columns are read, and a missing one is said with those that are there.
#include "unspin/inputs/parquet_fields.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace unspin {
namespace {

const std::vector<ParquetColumn> kColumns = {{"uid", 1, false},       {"text", 1, false},  {"body.text", 2, false},
                                             {"body.text", 1, false}, {"title", 1, false}, {"tags", 1, true},
                                             {"published", 1, false}};

TEST(ParquetFieldsTest, OnlyColumnsOfFieldsAreRead) {
  const ParquetFields found = FindParquetFields(kColumns, {}, false);
  EXPECT_EQ(found.columns, (std::vector<uint32_t>{1, 4, 6}));
  EXPECT_TRUE(found.has_text());
  EXPECT_FALSE(found.fields[0].has_value());  // id
  EXPECT_EQ(FindParquetFields(kColumns, {}, true).columns, (std::vector<uint32_t>{1, 6}));
}

TEST(ParquetFieldsTest, AColumnWithADotInItsNameWinsOverAPath) {
  ReaderOptions options;
  options.fields.text = "body.text";
  const ParquetFields found = FindParquetFields(kColumns, options, true);
  EXPECT_EQ(found.columns, (std::vector<uint32_t>{3, 6}));
}

TEST(ParquetFieldsTest, AColumnThatIsWantedTwiceIsReadOnce) {
  ReaderOptions options;
  options.fields.id = options.fields.title = "uid";
  options.keep = {"uid", "tags", "absent"};
  const ParquetFields found = FindParquetFields(kColumns, options, false);
  EXPECT_EQ(found.columns, (std::vector<uint32_t>{0, 1, 6, 5}));
  ASSERT_EQ(found.kept.size(), 2u);
  EXPECT_EQ(found.kept[0].column, 0u);
  EXPECT_EQ(found.kept[1].column, 3u);
  EXPECT_TRUE(found.kept[1].is_list);
}

TEST(ParquetFieldsTest, AMissingTextIsSaidWithTheColumnsThereAre) {
  EXPECT_EQ(
      NoTextColumn(std::span(kColumns).subspan(4), "text"),
      "the file has no column \"text\"; its columns are \"title\", \"tags\", \"published\": name the one that holds "
      "the text (--text-field)");
  EXPECT_EQ(NoTextColumn(kColumns, "body"),
            "the column \"body\" is a structure; name its part that holds the text: \"body.text\", \"body.text\"");
  const std::vector<ParquetColumn> many(30, {std::string(1000, 'x'), 1, false});
  EXPECT_LT(NoTextColumn(many, "text").size(), 1000u);
  EXPECT_NE(NoTextColumn({}, "text").find("no other"), std::string::npos);
}

}  // namespace
}  // namespace unspin
