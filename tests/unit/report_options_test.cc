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

}  // namespace
}  // namespace unspin
