// The table of input formats is consistent.
#include "unspin/ingest/input_format.h"

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
  EXPECT_EQ(InputFormatNames(), (std::vector<std::string>{"text", "html", "jsonl", "csv"}));
}

TEST(InputFormatTest, UnreadFormatsCannotBeOpened) {
  for (const InputFormat& format : UnreadFormats()) {
    EXPECT_EQ(format.open, nullptr) << format.name;
    EXPECT_EQ(InputFormatNamed(format.name), nullptr) << format.name;
  }
}

TEST(InputFormatTest, NamesAndExtensionsAreUnique) {
  std::set<std::string_view> names, extensions;
  const auto check = [&](const InputFormat& format) {
    EXPECT_TRUE(names.insert(format.name).second) << format.name;
    for (const std::string_view extension : format.extensions) {
      if (extension.empty()) continue;
      EXPECT_TRUE(extensions.insert(extension).second) << extension;
    }
  };
  for (const InputFormat* format : InputFormats()) check(*format);
  for (const InputFormat& format : UnreadFormats()) check(format);
}

}  // namespace
}  // namespace unspin
