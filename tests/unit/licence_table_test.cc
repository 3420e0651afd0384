#include "unspin/licence/licence_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unspin/base/strings.h"

namespace unspin {
namespace {

constexpr char kAllColumns[] =
    "site,original,from,to,state,may_alter,credit,link,embargo_hours,note,source\n"
    "partner.example/wire/,news.example/sport/,2026-01-01,2026-12-31,licensed,no,yes,yes,24,\"two\nlines, \"\"so\"\"\","
    "contract 17\n"
    "blog.example,,,,fair-dealing,yes,no,no,0,,\n";

std::vector<LicenceRule> AllColumns() {
  LicenceRule first{
      "partner.example/wire/", "news.example/sport/", "2026-01-01", "2026-12-31", "licensed", false, true, true, 24,
      "two\nlines, \"so\"",    "contract 17"};
  LicenceRule second;
  second.site = "blog.example";
  second.state = "fair-dealing";
  return {first, second};
}

std::vector<LicenceRule> Parsed(const std::string& csv) {
  const auto rules = ParseLicences(csv, "licences.csv");
  EXPECT_TRUE(rules.ok()) << rules.status();
  return rules.ok() ? *rules : std::vector<LicenceRule>();
}

std::string ProblemIn(const std::string& csv) {
  const auto rules = ParseLicences(csv, "licences.csv");
  return rules.ok() ? "" : std::string(StdView(rules.status().message()));
}

TEST(LicenceTableTest, ReadsWhatItWrites) {
  EXPECT_EQ(Parsed(kAllColumns), AllColumns());
  EXPECT_EQ(RenderLicences(AllColumns()), kAllColumns);
  EXPECT_TRUE(Parsed(RenderLicences({})).empty());
}

TEST(LicenceTableTest, ColumnsMayBeFewAndInAnyOrder) {
  const std::vector<LicenceRule> rules = Parsed("May alter, SITE ,Embargo-hours\nno,a.example,\n\n,b.example,12\n");
  ASSERT_EQ(rules.size(), 2u);
  EXPECT_EQ(rules[0].site, "a.example");
  EXPECT_FALSE(rules[0].may_alter);
  EXPECT_TRUE(rules[1].may_alter);
  EXPECT_EQ(rules[1].embargo_hours, 12);
}

TEST(LicenceTableTest, ASpreadsheetsWaysAreRead) {
  for (const char* csv :
       {"site;credit\r\na.example;TRUE\r\n;;\r\n", "\xef\xbb\xbfsite;credit\r\na.example;yes\r\n",
        "sep=;\r\nsite;credit\r\na.example;1\r\n", "\xef\xbb\xbf\"site\",\"credit\"\r\n\"a.example\",\"y\"",
        "site\tcredit\t\ra.example\tyes\t\r", "site,credit,,\na.example,yes,,\n"}) {
    const std::vector<LicenceRule> rules = Parsed(csv);
    ASSERT_EQ(rules.size(), 1u) << csv;
    EXPECT_EQ(rules[0].site, "a.example") << csv;
    EXPECT_TRUE(rules[0].credit) << csv;
  }
}

TEST(LicenceTableTest, OtherCharacterSetsAreRead) {
  std::string utf16 = "\xff\xfe";
  for (const char c : std::string("site\tnote\na.example\tWire\n")) utf16 += {c, '\0'};
  EXPECT_EQ(Parsed(utf16).at(0).note, "Wire");
}

TEST(LicenceTableTest, MessagesNameTheLine) {
  EXPECT_EQ(ProblemIn("site,from\na.example,2026-01-01\n\"b.example\",01.02.2026\n"),
            "licences.csv:3: from: \"01.02.2026\" is no day; write it as YYYY-MM-DD, or leave it empty");
  EXPECT_EQ(ProblemIn("site,note\na.example,\"one\ntwo\"\nnowhere,\n"),
            "licences.csv:4: site: \"nowhere\" is no domain; write a domain such as example.com, perhaps with the "
            "beginning of a path: example.com/wire/");
  EXPECT_EQ(ProblemIn("sep=,\nsite,credit\na.example,maybe\n"),
            "licences.csv:3: credit: \"maybe\" is neither yes nor no; correct it");
  EXPECT_EQ(ProblemIn("site,embargo_hours\na.example,1.5\n"),
            "licences.csv:2: embargo_hours: \"1.5\" is no whole number of hours; correct it");
  EXPECT_EQ(
      ProblemIn("site,note\na.example,\"open\nb.example,\n"),
      "licences.csv:2: a quotation mark is opened and not closed; close it, or double it inside of a quoted field");
  EXPECT_EQ(ProblemIn("site\na.example,more\n"),
            "licences.csv:2: \"more\" stands in a column without a name; name it, or put the text in quotes");
}

TEST(LicenceTableTest, UnknownColumnsAreNamed) {
  EXPECT_THAT(ProblemIn("site,credits\na.example,yes\n"),
              testing::StartsWith("licences.csv:1: there is no column \"credits\"; the columns are site, original, "));
  EXPECT_THAT(ProblemIn("site,Site\n"), testing::HasSubstr("is there twice"));
  EXPECT_THAT(ProblemIn("from,to\n"), testing::HasSubstr("no column \"site\""));
  EXPECT_THAT(ProblemIn(""), testing::HasSubstr("the table is empty"));
  EXPECT_THAT(ProblemIn("\n \n"), testing::HasSubstr("the table is empty"));
}

TEST(LicenceTableTest, AnyBytesGiveRulesOrAMessage) {
  std::string csv = kAllColumns;
  for (size_t at = 0; at < csv.size(); ++at) {
    for (const char byte : {'\0', '"', '\n', '\r', ';', '\x80', '\xff'}) {
      std::string damaged = csv;
      damaged[at] = byte;
      const auto rules = ParseLicences(damaged, "x");
      if (!rules.ok()) continue;
      EXPECT_EQ(Parsed(RenderLicences(*rules)), *rules) << damaged;
    }
    (void)ParseLicences(std::string_view(csv).substr(0, at), "x");
  }
}

TEST(LicenceTableTest, AFileThatIsTooLargeIsRefused) {
  EXPECT_THAT(ProblemIn(std::string(kMaxLicenceTableBytes + 1, ',')), testing::HasSubstr("larger than 64 MiB"));
}

}  // namespace
}  // namespace unspin
