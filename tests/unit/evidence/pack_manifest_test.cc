#include "evidence/pack_manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace unspin::evidence {
namespace {

using ::testing::HasSubstr;

Manifest Sample() {
  return {"unspin 1.2.3",
          {{"reports/0001", "ab", "suspect \"one\"", "spun"}},
          {{"README.txt", 3, "00ff", "readme", "text/plain", ""},
           {"reports/0001/suspect/received.bin", 12, "11ee", "received", "application/octet-stream", "a/b.html"}}};
}

std::string MessageOf(const std::string& json) {
  const auto parsed = ParseManifest(json);
  return parsed.ok() ? "" : std::string(parsed.status().message());
}

TEST(PackManifestTest, WhatIsWrittenIsReadAgain) {
  const std::string json = RenderManifest(Sample());
  const auto parsed = ParseManifest(json);
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_EQ(RenderManifest(*parsed), json);
  EXPECT_EQ(parsed->files[1].name, "a/b.html");
  EXPECT_EQ(parsed->reports[0].suspect, "suspect \"one\"");
}

TEST(PackManifestTest, EachFileHasALine) {
  EXPECT_THAT(RenderManifest(Sample()), HasSubstr("\n{\"path\":\"README.txt\",\"bytes\":3,\"sha256\":\"00ff\""));
}

TEST(PackManifestTest, AnotherFormatIsNamed) {
  EXPECT_THAT(MessageOf(R"({"unspin_pack":2,"reports":[],"files":[]})"),
              HasSubstr("no manifest of a pack of format 1"));
  EXPECT_THAT(MessageOf(R"({"reports":[],"files":[]})"), HasSubstr("no manifest"));
}

TEST(PackManifestTest, WhatIsNoManifestIsNamed) {
  EXPECT_THAT(MessageOf(""), HasSubstr("no JSON object"));
  EXPECT_THAT(MessageOf("[]"), HasSubstr("no JSON object"));
  EXPECT_THAT(MessageOf(R"({"unspin_pack":1,"files":[]})"), HasSubstr("lists no reports"));
  EXPECT_THAT(MessageOf(R"({"unspin_pack":1,"reports":[],"files":[{"path":"a","bytes":-1}]})"),
              HasSubstr("no number of bytes for a"));
  EXPECT_THAT(MessageOf(R"({"unspin_pack":1,"reports":[1],"files":[2]})"), HasSubstr("no number of bytes"));
}

}  // namespace
}  // namespace unspin::evidence
