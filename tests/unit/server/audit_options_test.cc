#include "server/audit_options.h"

#include <gtest/gtest.h>

#include <string>

#include "render/report_options.h"

namespace unspin::server {
namespace {

TEST(AuditOptionsTest, NoneAreTheDefaults) {
  for (const std::string json : {"", "{}"}) {
    const auto options = ReadAuditOptions(json);
    ASSERT_TRUE(options.ok()) << options.status();
    EXPECT_EQ(OptionsInReports(options->reader, options->check, options->offsets), "");
  }
}

TEST(AuditOptionsTest, TheyAreNamedAsInReports) {
  const std::string json =
      R"({"format":"jsonl","brief":true,"limit":3,"all":true,"prior":0.01,"candidates":40,"offsets":"utf16"})";
  const auto options = ReadAuditOptions(json);
  ASSERT_TRUE(options.ok()) << options.status();
  EXPECT_EQ(OptionsInReports(options->reader, options->check, options->offsets), json);
}

TEST(AuditOptionsTest, WhatIsWrongIsNamed) {
  for (const auto& [json, name] : {std::pair{R"({"limit":0})", "limit"},
                                   {R"({"limit":"3"})", "limit"},
                                   {R"({"prior":1})", "prior"},
                                   {R"({"prior":null})", "prior"},
                                   {R"({"brief":1})", "brief"},
                                   {R"({"offsets":"word"})", "offsets"},
                                   {R"({"format":"doc"})", "format"},
                                   {R"({"out":"/etc/passwd"})", "out"},
                                   {"[]", "object"},
                                   {"{", "object"}}) {
    const auto options = ReadAuditOptions(json);
    ASSERT_FALSE(options.ok()) << json;
    EXPECT_NE(std::string(options.status().message()).find(name), std::string::npos) << options.status();
  }
}

}  // namespace
}  // namespace unspin::server
