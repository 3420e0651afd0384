// The table of input formats is consistent.
#include "unspin/inputs/input_formats.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>

namespace unspin {
namespace {

TEST(InputFormatTest, EveryFormatIsFoundByItsName) {
  for (const InputFormat* format : InputFormats()) {
    EXPECT_FALSE(format->name.empty());
    EXPECT_FALSE(format->title.empty());
    EXPECT_NE(format->open, nullptr) << format->name;
    EXPECT_EQ(InputFormatNamed(format->name), format);
  }
  EXPECT_EQ(InputFormatNamed("no such format"), nullptr);
}

// The command line uses "auto" for detection.
TEST(InputFormatTest, NoFormatIsCalledAuto) { EXPECT_EQ(InputFormatNamed("auto"), nullptr); }

TEST(InputFormatTest, NamesAreInTheOrderOfTheTable) {
  EXPECT_EQ(InputFormatNames(),
            (std::vector<std::string>{"text", "html", "xml", "mhtml", "jsonl", "csv", "warc", "parquet"}));
}

TEST(InputFormatTest, NamesAndExtensionsAreUnique) {
  std::set<std::string_view> names, extensions;
  for (const InputFormat* format : InputFormats()) {
    EXPECT_TRUE(names.insert(format->name).second) << format->name;
    for (const std::string_view extension : format->extensions) {
      if (extension.empty()) continue;
      EXPECT_TRUE(extensions.insert(extension).second) << extension;
    }
  }
}

}  // namespace
}  // namespace unspin
