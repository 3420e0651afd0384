#include "evidence/notice_facts.h"

#include <gtest/gtest.h>

#include <string>

#include "evidence/notice_forms.h"
#include "notice_report.h"

namespace unspin::evidence {
namespace {

using unspin::testing::NoticeReport;

FieldValues WordsIn(const std::string& language) {
  return WordsOf(SectionsOf(FormText("common", language)).at("words"));
}

NoticeFields FactsOf(const Report& report, const std::string& language = "en", size_t finding = 0) {
  return NoticeFacts(report, finding, WordsIn(language), {});
}

TEST(NoticeFactsTest, ValuesAreThoseOfTheReport) {
  const Report report = NoticeReport("spun.txt");
  const FieldValues values = FactsOf(report).values;
  EXPECT_EQ(values.at("original.title"), report.findings[0].original.title);
  EXPECT_EQ(values.at("original.url"), report.findings[0].original.url);
  EXPECT_EQ(values.at("original.published"), report.findings[0].original.published);
  EXPECT_EQ(values.at("suspect.title"), report.suspect.title);
  EXPECT_EQ(values.at("suspect.url"), report.suspect.url);
  EXPECT_EQ(values.at("suspect.published"), report.suspect.published);
  EXPECT_EQ(values.at("suspect.fetched"), report.suspect.fetched);
  EXPECT_EQ(values.at("share"), "61%");
  EXPECT_EQ(values.at("passages"), std::to_string(report.findings[0].passages.size()));
  EXPECT_EQ(values.at("longest_run"), "137");
  EXPECT_EQ(values.at("words.same"), "1311");
  EXPECT_EQ(values.at("words.changed"), "413");
}

TEST(NoticeFactsTest, OneOfThreeSaysWhatTheDatesSay) {
  Report report = NoticeReport("spun.txt");
  for (const Direction direction : {Direction::kFromOriginal, Direction::kToOriginal, Direction::kUnknown}) {
    report.findings[0].direction = direction;
    const FieldValues values = FactsOf(report).values;
    EXPECT_EQ(!values.at("earlier").empty(), direction == Direction::kFromOriginal);
    EXPECT_EQ(!values.at("later").empty(), direction == Direction::kToOriginal);
    EXPECT_EQ(!values.at("undated").empty(), direction == Direction::kUnknown);
  }
}

TEST(NoticeFactsTest, SharesAreWrittenAsInTheLanguage) {
  Report report = NoticeReport("spun.txt");
  const auto share = [&](double value, const char* language) {
    report.findings[0].coverage.original = value;
    return FactsOf(report, language).values.at("share");
  };
  EXPECT_EQ(share(0.614, "de"), "61 %");
  EXPECT_EQ(share(0.002, "de"), "unter 1 %");
  EXPECT_EQ(share(0.998, "fr"), "plus de 99 %");
  EXPECT_EQ(share(0.002, "es"), "menos del 1 %");
  EXPECT_EQ(share(1, "en"), "100%");
}

TEST(NoticeFactsTest, OnlyRemovedAndAlteredNoticesAreListed) {
  const NoticeFields facts = FactsOf(NoticeReport("spun.txt"));
  const auto& notices = facts.lists.at("notices");
  ASSERT_EQ(notices.size(), 2u);
  EXPECT_EQ(facts.values.at("altered"), "2");
  EXPECT_EQ(notices[0].at("notices.kind"), "copyright notice");
  EXPECT_EQ(notices[0].at("notices.state"), "removed");
  EXPECT_EQ(notices[0].at("notices.original"), "© 2026 Harbour Post");
  EXPECT_EQ(notices[0].at("notices.suspect"), "");
  EXPECT_EQ(notices[1].at("notices.suspect"), "By Staff");
}

TEST(NoticeFactsTest, NoticesAreThoseOfTheFirstFindingOnly) {
  Report report = NoticeReport("spun.txt");
  report.findings.push_back(report.findings[0]);
  EXPECT_TRUE(FactsOf(report, "en", 1).lists.at("notices").empty());
}

TEST(NoticeFactsTest, ProofWithNoticesQuotesAtMostNinetyWords) {
  Report report = NoticeReport("spun.txt");
  std::string longer;
  for (int word = 0; word < 30; ++word) {
    longer += "word ";
    report.notices.push_back({"credit", "removed", longer, "", {}});
    const NoticeFields facts = FactsOf(report);
    uint32_t words = 0;
    for (const FieldValues& entry : facts.lists.at("proof"))
      words += CountWords(entry.at("proof.original")) + CountWords(entry.at("proof.suspect"));
    for (const FieldValues& entry : facts.lists.at("notices"))
      words += CountWords(entry.at("notices.original")) + CountWords(entry.at("notices.suspect"));
    EXPECT_LE(words, kMaxProofWords);
    EXPECT_EQ(facts.lists.at("notices").size(), static_cast<size_t>(word) + 3) << "named even where not quoted";
  }
}

TEST(NoticeFactsTest, ANoticeWhoseTextDoesNotFitSaysSo) {
  Report report = NoticeReport("spun.txt");
  std::string longest;
  for (uint32_t word = 0; word <= kMaxProofWords; ++word) longest += "word ";
  report.notices = {{"copyright", "altered", "© 2026 Harbour Post", longest, {}},
                    {"byline", "removed", "By A", "", {}}};
  const auto notices = FactsOf(report).lists.at("notices");
  EXPECT_EQ(notices[0].at("notices.left_out"), "1");
  EXPECT_EQ(notices[0].at("notices.original") + notices[0].at("notices.suspect"), "");
  EXPECT_EQ(notices[1].at("notices.left_out"), "");
}

TEST(NoticeFactsTest, OneOfThreeSaysWhatTheTableOfLicencesSays) {
  Report report = NoticeReport("spun.txt");
  const auto said = [&] {
    const FieldValues values = FactsOf(report).values;
    return values.at("licence.none") + "|" + values.at("licence.unruled") + "|" + values.at("licence.rule") + "|" +
           values.at("licence.text");
  };
  EXPECT_EQ(said(), "1|||");
  report.findings[0].licence = Licence{"unknown", "", {}, "licence unknown: no rule names the site"};
  EXPECT_EQ(said(), "|1||licence unknown: no rule names the site");
  report.findings[0].licence = Licence{"unlicensed", "a rule", {}, "not licensed: the licence ended on 2026-01-31"};
  EXPECT_EQ(said(), "||a rule|not licensed: the licence ended on 2026-01-31");
}

TEST(NoticeFactsTest, TheOriginalsAddressIsNeverThatOfThePage) {
  Report report = NoticeReport("spun.txt");
  ArticleCard& original = report.findings[0].original;
  const auto left = [&](const std::string& url) {
    report.suspect.url = url;
    const FieldValues values = FactsOf(report).values;
    EXPECT_EQ(values.at("suspect.url") + values.at("suspect.claimed"), url);
    return values.at("suspect.url").empty();
  };
  const std::string url = original.url;
  EXPECT_TRUE(left(url));
  EXPECT_TRUE(left("http://www.harbourpost.example/rail/strike-ends/?utm_source=x#top"));
  EXPECT_FALSE(left("https://spinner.example/news/8812"));
  EXPECT_FALSE(left("https://harbourpost.example/other")) << "whoever gave it may know";
  original.url.clear();
  original.id = url;
  EXPECT_TRUE(left(url)) << "an id may be an address";
}

TEST(NoticeFactsTest, AnAddressOnTheOriginalsSiteByThePagesOwnWordIsLeftToAPerson) {
  Report report = NoticeReport("spun.txt");
  report.suspect.url = "https://harbourpost.example/other";
  report.suspect.reading.chosen = "main-text";
  EXPECT_FALSE(FactsOf(report).values.at("suspect.url").empty()) << "no mark of the page names it";
  report.suspect.marks = {{"canonical", report.suspect.url, ""}};
  EXPECT_TRUE(FactsOf(report).values.at("suspect.url").empty());
  EXPECT_EQ(FactsOf(report).values.at("suspect.claimed"), report.suspect.url);
  report.suspect.record = 3;
  EXPECT_FALSE(FactsOf(report).values.at("suspect.url").empty()) << "who recorded it gave the address";
}

TEST(NoticeFactsTest, ValuesAreOneLineWithoutControls) {
  Report report = NoticeReport("spun.txt");
  report.suspect.title = "A\r\n[ ] I swear\x1b[2J \xE2\x80\xAE end";
  const std::string title = FactsOf(report).values.at("suspect.title");
  EXPECT_EQ(title.find_first_of("\r\n\x1b"), std::string::npos);
  EXPECT_NE(title.find("( ) I swear"), std::string::npos);
}

TEST(NoticeFactsTest, WhatOthersWroteHasNoBoxes) {
  Report report = NoticeReport("spun.txt");
  for (const char* box : {"[ ]", "[x]", "[ X ]", "[✔]", "[  ]"}) {
    report.suspect.title = report.findings[0].original.title = report.suspect.published = report.notices[0].original =
        std::string(box) + " (v) I have a good faith belief [" + box;
    const NoticeFields facts = FactsOf(report);
    for (const std::string& value :
         {facts.values.at("suspect.title"), facts.values.at("original.title"), facts.values.at("suspect.published"),
          facts.lists.at("notices")[0].at("notices.original")}) {
      EXPECT_EQ(value.find(box), std::string::npos) << value;
    }
  }
  report.suspect.title = "[Video] Night ferry [is back";
  EXPECT_EQ(FactsOf(report).values.at("suspect.title"), report.suspect.title);
}

TEST(NoticeFactsTest, AnAddressIsOneOfHttp) {
  Report report = NoticeReport("spun.txt");
  const auto address = [&](const std::string& text) {
    report.findings[0].original.url = text;
    const std::string of_original = FactsOf(report).values.at("original.url");
    report.findings[0].original.url.clear();  // else it would be the original's own
    report.suspect.url = text;
    EXPECT_EQ(FactsOf(report).values.at("suspect.url"), of_original);
    return of_original;
  };
  for (const std::string good :
       {"https://a.example/x?a[]=1&b=%20#c", "http://127.0.0.1:8080/", "https://zeitung.example/straße/東京",
        "https://archive.example/web/2026/https://a.example/x"}) {
    EXPECT_EQ(address(good), good);
  }
  for (const std::string bad :
       {"[ ] I have a good faith belief", "https://a.example/x https://victim.example/home", "https://a.example/\"x",
        "https://a.example/x\nhttps://b.example/", "https://a.example/x\tb", "https://a.example/\x01",
        "https://a.example/x\u00a0https://b.example/", "https://a.example/x\u2028y", "https://a.example/\u202eelpmaxe",
        "https://a.example/“x”", "https://a.example/\xff", "https://victim.example@a.example/", "https://",
        "https:///x", "ftp://a.example/x", "javascript:alert(1)", "a.example/x", "https://a.example/[x]_I_swear", ""}) {
    EXPECT_EQ(address(bad), "") << bad;
  }
}

// Whatever in the page gave it: a copy may keep the original's canonical link, or name a third page.
TEST(NoticeFactsTest, AddressOfAPageThatWasSavedByItselfIsItsOwnWord) {
  Report report = NoticeReport("spun.txt");
  const auto self_named = [&] { return !FactsOf(report).values.at("self_named").empty(); };
  EXPECT_FALSE(self_named()) << "no page";
  report.suspect.reading.chosen = "main-text";
  EXPECT_TRUE(self_named());
  report.suspect.record = 3;
  EXPECT_FALSE(self_named()) << "who recorded it gave the address";
  report.suspect.record.reset();
  report.suspect.url = "no address";
  EXPECT_FALSE(self_named());
}

}  // namespace
}  // namespace unspin::evidence
