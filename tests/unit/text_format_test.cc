// Plain text files.
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "support/input_files.h"
#include "unspin/base/strings.h"
#include "unspin/ingest/reader.h"

namespace unspin {
namespace {

using testing::InputFiles;
using testing::ReadAll;

class TextFormatTest : public ::testing::Test {
 protected:
  InputFiles files_;
};

TEST_F(TextFormatTest, TheTextIsTheBytesOfTheFileWithoutBrokenOnes) {
  const std::string text("caf\xc3\xa9 \xff\xfe broken\0 and on\n", 25);
  const auto records = ReadAll({files_.Write("a.txt", text)});
  ASSERT_EQ(records.size(), 1u);
  const Article& article = std::get<Article>(records[0]);
  EXPECT_EQ(article.text, std::string("caf\xc3\xa9 \xef\xbf\xbd\xef\xbf\xbd broken\0 and on\n", 29));
  EXPECT_EQ(article.reading.charset, "utf-8");
  EXPECT_EQ(article.reading.alerts, (std::vector<ReadingAlert>{{"broken-utf-8", 2}}));
  EXPECT_EQ(article.id, files_.Path("a.txt"));
  EXPECT_EQ(article.path, files_.Path("a.txt"));
  EXPECT_EQ(article.title, "");
  EXPECT_TRUE(article.steps.empty());
  EXPECT_FALSE(article.record.has_value());
}

TEST_F(TextFormatTest, AByteOrderMarkIsSkipped) {
  const auto records = ReadAll({files_.Write("a.txt", "\xef\xbb\xbfText.")});
  const Article& article = std::get<Article>(records.at(0));
  EXPECT_EQ(article.text, "Text.");
  ASSERT_FALSE(article.steps.empty());
  EXPECT_EQ(article.steps[0], (OffsetStep{0, 3, 1, 1}));
}

}  // namespace
}  // namespace unspin
