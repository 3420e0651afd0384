#include "render/html_texts.h"

#include <gtest/gtest.h>

#include "render/html_map.h"

namespace unspin::html {
namespace {

bool Holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

// Two originals that have the same passage of the suspect; the second has another one as well.
Report TwoOriginals() {
  Report report;
  report.suspect.text =
      "One two.\r\n\r\nThree \xe2\x80\x8b"
      "four.";
  Finding first, second;
  first.original.id = "a\"<";
  first.original.text = second.original.text = "One two.";
  first.passages = {{{0, 8}, {0, 8}, Manner::kCopy, 0, {}}};
  second.passages = {{{0, 8}, {0, 8}, Manner::kCopy, 0, {}}, {{12, 25}, {0, 8}, Manner::kSpun, 0.2, {}}};
  second.passages[1].operations = {{WordChange::kInserted, {8, 8}, {12, 17}, {}}};
  report.findings = {first, second};
  return report;
}

TEST(HtmlTextsTest, AHiddenPassageLeadsToTheOneThatIsShownInItsPlace) {
  const Report report = TwoOriginals();
  const Texts texts(report);
  EXPECT_EQ(texts.LinkTo(Side::kSuspect, 0, 0), "#f1-s1");
  EXPECT_EQ(texts.LinkTo(Side::kSuspect, 1, 0), "#f1-s1");
  EXPECT_EQ(texts.LinkTo(Side::kSuspect, 1, 1), "#f2-s2");
  EXPECT_EQ(texts.LinkTo(Side::kOriginal, 1, 1), "#f2-o1");
}

TEST(HtmlTextsTest, ParagraphsAndHiddenCharactersNameTheirBytes) {
  const Report report = TwoOriginals();
  const std::string page = Texts(report).Render();
  EXPECT_TRUE(Holds(page, "<p data-at=\"0\">"));
  EXPECT_TRUE(Holds(page, "<p data-at=\"12\">"));
  EXPECT_TRUE(Holds(page, "data-n=\"3\" title=\"U+200B")) << page;
}

TEST(HtmlTextsTest, TheScriptIsToldTheMarksOfEachFinding) {
  const Report report = TwoOriginals();
  const std::string page = Texts(report).Render();
  EXPECT_TRUE(Holds(page, "data-passages=\"0-8,0-8,copy 12-25,0-8,spun\" data-words=\"12-17,i,0\""));
  EXPECT_TRUE(Holds(page, "data-original-id=\"a&quot;&lt;\""));
}

TEST(HtmlTextsTest, AReportWithoutTextsSaysSo) {
  Report report = TwoOriginals();
  report.suspect.text.clear();
  EXPECT_TRUE(Holds(Texts(report).Render(), "made without the texts"));
  report.findings.clear();
  EXPECT_EQ(Texts(report).Render(), "");
}

TEST(HtmlMapTest, TheTableSaysWhatPositionsCount) {
  const Report report = TwoOriginals();
  const std::string map = PassageMap(report, 1, Texts(report));
  EXPECT_TRUE(Holds(map, "bytes of each text as it was read"));
  EXPECT_TRUE(Holds(map, ">12–25</a>"));
  Report without = report;
  without.findings[0].passages.clear();
  EXPECT_EQ(PassageMap(without, 0, Texts(without)), "");
}

TEST(HtmlMapTest, WhatIsMaskedInTheSuspectIsDrawnOnce) {
  Report report = TwoOriginals();
  report.suspect.masked = {{0, 3}, {20, 22}};
  EXPECT_TRUE(Holds(MapPatterns(report), "class=\"masked\""));
  EXPECT_FALSE(Holds(PassageMap(report, 0, Texts(report)), "<rect class=\"masked\""));
}

}  // namespace
}  // namespace unspin::html
