#include "render/report_options.h"

#include <gtest/gtest.h>

#include <string>

#include "render/json.h"
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

TEST(ReportOptionsTest, ATableOfLicencesIsNamedByItsHash) {
  EXPECT_EQ(OptionsInReports({}, {}, OffsetUnit::kByte, {}, "00ff"), R"({"licences":"00ff"})");
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

std::string LineOf(const ReportOptions& options) {
  Report report;
  report.suspect.file_sha256 = options.reader.hash_files ? "a" : "";
  return RenderJson(report, options.json);
}

ReportOptions ManyOptions() {
  ReportOptions options;
  options.reader.format = InputFormatNamed("csv");
  options.reader.fields.text = "body";
  options.reader.fields.fetched = "seen";
  options.reader.has_header = false;
  options.reader.text_is = TextIs::kHtml;
  options.reader.keep = {"a b", "c"};
  options.reader.hash_files = true;
  options.check.details = options.json.full = false;
  options.check.limit = 3;
  options.check.all = true;
  options.check.prior = 0.015625;
  options.check.candidates = 99;
  options.check.exclude.originals = {"a", "b\""};
  options.json.offsets = OffsetUnit::kCodepoint;
  options.excluded = {{4, 9}, {12, 40}};
  options.licences = std::string(64, 'f');
  options.json.options =
      OptionsInReports(options.reader, options.check, options.json.offsets, options.excluded, options.licences);
  return options;
}

TEST(ReadOptionsInReportTest, IsTheInverseOfOptionsInReports) {
  const ReportOptions options = ManyOptions();
  const auto read = ReadOptionsInReport(LineOf(options));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(OptionsInReports(read->reader, read->check, read->json.offsets, read->excluded, read->licences),
            options.json.options);
  EXPECT_EQ(read->reader.format, options.reader.format);
  EXPECT_TRUE(read->reader.hash_files);
  EXPECT_FALSE(read->json.full);
  EXPECT_EQ(LineOf(*read), LineOf(options));
}

TEST(ReadOptionsInReportTest, DefaultsAreTheDefaults) {
  for (const OffsetUnit unit : {OffsetUnit::kByte, OffsetUnit::kUtf16, OffsetUnit::kText}) {
    ReportOptions options;
    options.json.offsets = unit;
    options.json.options = OptionsInReports({}, {}, unit);
    const auto read = ReadOptionsInReport(LineOf(options));
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(read->json.offsets, unit);
    EXPECT_TRUE(read->check.details);
    EXPECT_FALSE(read->reader.hash_files);
    EXPECT_EQ(read->licences, "");
  }
}

TEST(ReadOptionsInReportTest, WhatThisProgramDoesNotWriteIsAnError) {
  for (const char* const named :
       {R"({"colour":"red"})", R"({"limit":-1})", R"({"limit":1e3})", R"({"prior":0})", R"({"prior":2})",
        R"({"format":"exe"})", R"({"text-is":"song"})", R"({"all":false})", R"({"brief":false})",
        R"({"exclude":["9-4"]})", R"({"exclude":["4-9x"]})", R"({"exclude":["-9"]})", R"({"exclude":[7]})",
        R"({"keep":"a"})", R"({"exclude":["12-40","4-9"]})", R"({"limit":10})", R"({"prior":0.25,"limit":3})", R"([])",
        R"({})"}) {
    ReportOptions options;
    options.json.options = named;
    EXPECT_FALSE(ReadOptionsInReport(LineOf(options)).ok()) << named;
  }
  for (const char* const line : {"", "{}", "{\"unspin\":{}}", "{\"unspin\":{},\"suspect\":{}}", "[]"})
    EXPECT_FALSE(ReadOptionsInReport(line).ok()) << line;
}

}  // namespace
}  // namespace unspin
