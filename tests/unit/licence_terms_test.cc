#include "unspin/licence/licence_terms.h"

#include <gtest/gtest.h>

#include <string>

namespace unspin {
namespace {

Report OneFinding() {
  Report report;
  report.suspect.site = "paper.example";
  Finding& finding = report.findings.emplace_back();
  finding.verdict = Verdict::kExcerpt;
  finding.manner = Manner::kCopy;
  finding.original.id = "o";
  finding.original.url = "https://news.example/a";
  return report;
}

LicenceRule Credit() {
  LicenceRule rule;
  rule.credit = true;
  return rule;
}

// "broken: the credit was removed"; of the only term.
std::string TermOf(const LicenceRule& rule, const Report& report, bool has_details = true) {
  const std::vector<LicenceTerm> terms = TermsOf(rule, report, 0, has_details);
  EXPECT_EQ(terms.size(), 1u);
  return terms.empty() ? "" : terms[0].name + " " + terms[0].state + ": " + terms[0].text;
}

TEST(LicenceTermsTest, ARuleWithoutTermsHasNone) { EXPECT_TRUE(TermsOf(LicenceRule(), OneFinding(), 0, true).empty()); }

TEST(LicenceTermsTest, WhatIsNoUseOfOurTextBreaksNoTerm) {
  Report report = OneFinding();
  report.findings[0].verdict = Verdict::kCommonSource;
  EXPECT_TRUE(TermsOf(Credit(), report, 0, true).empty());
}

TEST(LicenceTermsTest, ANameOrALinkIsACredit) {
  Report report = OneFinding();
  report.findings[0].credit = {{"named", "News", {}}};
  EXPECT_EQ(TermOf(Credit(), report), "credit kept: the original's outlet or author is named");
  report.findings[0].credit = {{"linked", "news.example", {}}};
  EXPECT_EQ(TermOf(Credit(), report), "credit kept: the original's site is linked");
  report.findings[0].credit = {{"quoted", "words", {}}};
  EXPECT_EQ(TermOf(Credit(), report), "credit unknown: only a quotation is credited");
  report.suspect.marks = {{"link", "https://www.news.example/a/", "o"}};
  EXPECT_EQ(TermOf(Credit(), report), "credit kept: the page links the original");
  report.suspect.marks = {{"canonical", "https://www.news.example/a/", "o"}};  // nobody sees it
  EXPECT_EQ(TermOf(Credit(), report), "credit unknown: only a quotation is credited");
}

TEST(LicenceTermsTest, ANoticeSaysWhatBecameOfTheCredit) {
  Report report = OneFinding();
  EXPECT_EQ(TermOf(Credit(), report), "credit broken: the credit is missing");
  report.notices = {{"byline", "removed", "By Ann", "", {}}};
  EXPECT_EQ(TermOf(Credit(), report), "credit broken: the credit was removed");
  report.notices = {{"byline", "removed", "By Ann", "", {}}, {"copyright", "altered", "(c) News", "(c) Us", {}}};
  EXPECT_EQ(TermOf(Credit(), report), "credit broken: the credit was altered");
  report.notices = {{"byline", "kept", "By Ann", "By Ann", {}}, {"copyright", "removed", "(c) News", "", {}}};
  EXPECT_EQ(TermOf(Credit(), report), "credit kept: a notice of the original was kept");
  report.notices = {{"dateline", "kept", "OSLO", "OSLO", {}}};
  EXPECT_EQ(TermOf(Credit(), report), "credit broken: the credit is missing");
  report.notices = {{"dateline", "kept", "OSLO (News)", "OSLO (News)", {}}};
  EXPECT_EQ(TermOf(Credit(), report), "credit kept: a notice of the original was kept");
}

TEST(LicenceTermsTest, NoticesAreThoseOfTheFirstFinding) {
  Report report = OneFinding();
  report.findings.push_back(report.findings.front());
  report.notices = {{"byline", "kept", "By Ann", "By Ann", {}}};
  EXPECT_EQ(TermsOf(Credit(), report, 0, true)[0].state, "kept");
  EXPECT_EQ(TermsOf(Credit(), report, 1, true)[0].text, "the credit is missing");
}

TEST(LicenceTermsTest, WhereNobodyIsKnownToCreditNothingIsBroken) {
  Report report = OneFinding();
  report.findings[0].original.url = "";
  EXPECT_EQ(TermOf(Credit(), report), "credit unknown: it is not known whom to credit");
}

TEST(LicenceTermsTest, OneOutletNeedsNoCreditOfItsOwn) {
  Report report = OneFinding();
  report.findings[0].original.site = "paper.example";
  EXPECT_EQ(TermOf(Credit(), report), "credit kept: both are of one outlet");
}

TEST(LicenceTermsTest, WithoutDetailsCreditIsUnknown) {
  EXPECT_EQ(TermOf(Credit(), OneFinding(), false),
            "credit unknown: the report was made without details, so the credit is unknown");
}

TEST(LicenceTermsTest, ALinkIsBrokenOnlyWhereLinksWereSeen) {
  LicenceRule rule;
  rule.link = true;
  Report report = OneFinding();
  EXPECT_EQ(TermOf(rule, report), "link unknown: a text without its page shows no links");
  report.suspect.reading.chosen = "main-text";
  EXPECT_EQ(TermOf(rule, report), "link broken: the link to the original is missing");
  report.suspect.marks = {{"credit-text", "News", "o"}};
  EXPECT_EQ(TermOf(rule, report), "link broken: the link to the original is missing");
  report.suspect.marks = {{"link", "http://www.news.example/a/?utm_source=x", "o"}};
  EXPECT_EQ(TermOf(rule, report), "link kept: the page names the original's address");
  report.suspect.marks.clear();
  report.findings[0].credit = {{"linked", "news.example", {}}};
  EXPECT_EQ(TermOf(rule, report), "link kept: the original's site is linked");
}

TEST(LicenceTermsTest, AnythingButACopyIsAltered) {
  LicenceRule rule;
  rule.may_alter = false;
  Report report = OneFinding();
  EXPECT_EQ(TermOf(rule, report), "alteration kept: the wording was not altered");  // cutting is no alteration
  report.findings[0].manner = Manner::kEdited;
  EXPECT_EQ(TermOf(rule, report), "alteration broken: the wording was altered");
}

std::string EmbargoState(const char* original, const char* suspect, int hours) {
  LicenceRule rule;
  rule.embargo_hours = hours;
  Report report = OneFinding();
  report.findings[0].original.published = original;
  report.suspect.published = suspect;
  return TermsOf(rule, report, 0, true).at(0).state;
}

TEST(LicenceTermsTest, AnEmbargoEndsHoursBehindTheOriginal) {
  EXPECT_EQ(EmbargoState("2026-05-01T10:00:00Z", "2026-05-01T11:59:59Z", 2), "broken");
  EXPECT_EQ(EmbargoState("2026-05-01T10:00:00Z", "2026-05-01T14:00:00+02:00", 2), "kept");
  EXPECT_EQ(EmbargoState("2026-05-01T10:00:00Z", "2026-05-01T13:59:59+02:00", 2), "broken");
}

TEST(LicenceTermsTest, AnImpreciseDateBreaksAnEmbargoOnlyForCertain) {
  EXPECT_EQ(EmbargoState("2026-05-01T10:00:00Z", "2026-05-01", 2), "unknown");
  EXPECT_EQ(EmbargoState("2026-05-01", "2026-05-01", 48), "broken");
  EXPECT_EQ(EmbargoState("2026-05-01", "2026-05-02", 24), "unknown");
  EXPECT_EQ(EmbargoState("2026-05-01", "2026-05-03", 24), "kept");
  EXPECT_EQ(EmbargoState("", "2026-05-02", 24), "unknown");
  EXPECT_EQ(EmbargoState("2026-05-01", "", 24), "unknown");
}

TEST(SentenceOfTest, SaysWhatIsBrokenBeforeWhatIsUnknown) {
  const LicenceTerm removed{"credit", "broken", "the credit was removed"},
      altered{"alteration", "broken", "the wording was altered"},
      dates{"embargo", "unknown", "the dates are too imprecise for the embargo"}, kept{"link", "kept", "it links"};
  EXPECT_EQ(SentenceOf("licensed", "", {}), "licensed");
  EXPECT_EQ(SentenceOf("licensed", "", {kept}), "licensed, and its term is kept");
  EXPECT_EQ(SentenceOf("licensed", "", {kept, kept}), "licensed, and its terms are kept");
  EXPECT_EQ(SentenceOf("licensed", "", {removed, kept}), "licensed, but the credit was removed");
  EXPECT_EQ(
      SentenceOf("licensed", "", {removed, dates, altered}),
      "licensed, but the credit was removed and the wording was altered; the dates are too imprecise for the embargo");
  EXPECT_EQ(SentenceOf("licensed", "", {removed, altered, removed}),
            "licensed, but the credit was removed, the wording was altered and the credit was removed");
  EXPECT_EQ(SentenceOf("fair-dealing", "", {dates}),
            "fair dealing by a rule, but the dates are too imprecise for the embargo");
  EXPECT_EQ(SentenceOf("own-site", "", {}), "our own site");
  EXPECT_EQ(SentenceOf("unlicensed", "the licence ended on 2026-03-31", {}),
            "not licensed: the licence ended on 2026-03-31");
}

}  // namespace
}  // namespace unspin
