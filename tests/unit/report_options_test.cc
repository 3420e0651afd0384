#include "render/report_options.h"

#include <gtest/gtest.h>

#include "unspin/inputs/input_formats.h"

namespace unspin {
namespace {

TEST(ReportOptionsTest, DefaultsAreLeftOut) {
  EXPECT_EQ(OptionsInReports(ReaderOptions(), CheckOptions(), OffsetUnit::kByte), "");
}

TEST(ReportOptionsTest, OptionsHaveTheirNamesOfTheCommandLine) {
  ReaderOptions reader;
  reader.format = InputFormatNamed("html");
  reader.fields.text = "body.text";
  reader.text_is = TextIs::kPlain;
  reader.keep = {"a", "b"};
  CheckOptions check;
  check.details = false;
  check.limit = 1;
  check.prior = 0.25;
  EXPECT_EQ(OptionsInReports(reader, check, OffsetUnit::kUtf16),
            R"({"format":"html","text-field":"body.text","text-is":"plain","keep":["a","b"],"brief":true,"limit":1,)"
            R"("prior":0.25,"offsets":"utf16"})");
}

TEST(ReportOptionsTest, TheOrderOfExclusionsIsNotSeen) {
  CheckOptions check, same;
  check.exclude.originals = {"b", "a", "b"};
  same.exclude.originals = {"a", "b"};
  const std::string said =
      OptionsInReports({}, check, OffsetUnit::kByte, {{40, 50}, {5, 5}, {0, 9}, {9, 12}, {41, 44}});
  EXPECT_EQ(said, R"({"exclude":["0-12","40-50"],"exclude-original":["a","b"]})");
  EXPECT_EQ(said, OptionsInReports({}, same, OffsetUnit::kByte, {{0, 12}, {40, 50}}));
}

}  // namespace
}  // namespace unspin
