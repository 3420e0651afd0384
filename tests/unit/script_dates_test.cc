#include "unspin/page/script_dates.h"

#include <gtest/gtest.h>

#include <array>

namespace unspin {
namespace {

constexpr std::array<std::string_view, 1> kKeys = {"datePublished"};

TEST(AgreedDateTest, ReadsFieldsOfBrokenAndEscapedJson) {
  EXPECT_EQ(AgreedDate(R"({"a": [1,, "datePublished" : "2026-09-01T10:00:00Z"})", kKeys), "2026-09-01T10:00:00Z");
  EXPECT_EQ(AgreedDate(R"(push("{\"datePublished\":\"Sep 1, 2026\"}"))", kKeys), "Sep 1, 2026");
}

TEST(AgreedDateTest, TwoDaysAreNone) {
  EXPECT_EQ(AgreedDate(R"("datePublished":"2026-09-01","datePublished":"2026-09-02")", kKeys), "");
  EXPECT_NE(AgreedDate(R"("datePublished":"2026-09-01","datePublished":"2026-09-01T09:00")", kKeys), "");
  EXPECT_EQ(AgreedDate(R"("datePublished":null,"notdatePublished":"2026-09-02","datePublished")", kKeys), "");
}

TEST(DateInScriptsTest, LooksIntoScriptsOnly) {
  EXPECT_EQ(DateInScripts(ParseHtml(R"(<script>x={"publishedAt":"2026-09-01"}</script>)")), "2026-09-01");
  EXPECT_EQ(DateInScripts(ParseHtml(R"(<p>"publishedAt":"2026-09-01"</p><script></script>)")), "");
  EXPECT_EQ(DateInScripts(ParseHtml(R"(<script type="application/ld+json">{"datePublished":"2026-09-01"}</script>)")),
            "");
}

}  // namespace
}  // namespace unspin
