#include "render/text.h"

#include <sstream>

#include <gtest/gtest.h>

#include "render/visible.h"
#include "render/wording.h"

namespace unspin {
namespace {

// "The old bridge shut" made of "The aged bridge will close": one word of each kind.
Report Example() {
  Report report;
  report.suspect.id = "suspect.txt";
  report.suspect.text = "The old bridge shut now";
  report.summary.verdict = Verdict::kSpun;
  Finding finding;
  finding.original.id = "original.txt";
  finding.original.title = "Bridge";
  finding.original.text = "The aged bridge will close";
  finding.verdict = Verdict::kSpun;
  finding.probability = 0.9914;
  finding.rewrite = 0.24;
  finding.coverage = {1, 0.5};
  ReportPassage passage{{0, 23}, {0, 26}, Manner::kSpun, 0.24, {}};
  passage.operations = {{WordChange::kKept, {0, 3}, {0, 3}, {}},
                        {WordChange::kSynonym, {4, 8}, {4, 7}, SubstitutionSource::kThesaurus},
                        {WordChange::kKept, {9, 15}, {8, 14}, {}},
                        {WordChange::kDeleted, {16, 20}, {15, 15}, {}},
                        {WordChange::kReplaced, {21, 26}, {15, 19}, SubstitutionSource::kContext},
                        {WordChange::kInserted, {26, 26}, {20, 23}, {}}};
  finding.passages.push_back(passage);
  finding.substitutions.push_back({"aged", "old", 1, SubstitutionSource::kThesaurus});
  finding.because = {{"a", 1, 1.5, "in favour"}, {"b", 1, -0.5, "in doubt"}};
  report.findings.push_back(finding);
  return report;
}

bool Holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(RenderTextTest, BeginsWithTheVerdict) {
  const std::string text = RenderText(Example(), {});
  EXPECT_EQ(text.rfind("SPUN Spun from “Bridge”\n", 0), 0u) << text.substr(0, 80);
}

TEST(RenderTextTest, MarksTheChangeOfEveryWord) {
  EXPECT_TRUE(Holds(RenderText(Example(), {}), "The [aged → old] bridge [-will-] [close → shut] {+now+}\n"))
      << RenderText(Example(), {});
}

TEST(RenderTextTest, ShowsTheLicenceUnderTheOriginal) {
  Report report = Example();
  report.findings[0].licence = Licence{"licensed", "a may use b", {}, "licensed, but the credit was removed"};
  const std::string text = RenderText(report, {});
  EXPECT_TRUE(Holds(text, "  licence      licensed, but the credit was removed\n               rule: a may use b\n"))
      << text;
  EXPECT_LT(text.find("  original"), text.find("  licence"));
  EXPECT_LT(text.find("  licence"), text.find("  probability"));
}

TEST(RenderTextTest, ShowsWhatThePageSaysOfItsSource) {
  Report report = Example();
  report.suspect.marks = {{"credit-text", "Bridge News", "original.txt"}, {"googlebot-news", "noindex"}};
  const std::string text = RenderText(report, {});
  EXPECT_TRUE(Holds(text, "WHAT THE PAGE SAYS OF ITS SOURCE\n"));
  EXPECT_TRUE(Holds(text, "  · credit: Bridge News (the original)\n  · for Google News: noindex\n")) << text;
}

TEST(RenderTextTest, ListsReasonsForAndAgainst) {
  const std::string text = RenderText(Example(), {});
  EXPECT_TRUE(Holds(text, "+1.50   in favour"));
  EXPECT_TRUE(Holds(text, "−0.50   in doubt"));
  EXPECT_LT(text.find("in favour"), text.find("in doubt"));
}

TEST(RenderTextTest, ListsWhatHasNoWeightApart) {
  Report report = Example();
  report.findings[0].because = {{"counted-words", 7, 0, "only 7 words count"}, {"a", 1, 1.5, "in favour"}};
  const std::string text = RenderText(report, {});
  EXPECT_TRUE(Holds(text, "WHAT SPEAKS AGAINST\n  Nothing that was measured.\n")) << text;
  EXPECT_TRUE(Holds(text, "WHAT TO KNOW ABOUT IT\n  only 7 words count\n")) << text;
  EXPECT_FALSE(Holds(text, "+0.00   only"));
}

TEST(RenderTextTest, NamesWhatWasSetAsideAndWhatIsNotKnown) {
  Report report = Example();
  report.set_aside = {"a-17", "a-18"};
  report.archive = ArchiveIdentity{"abc", 7, false};
  const std::string text = RenderText(report, {.width = 200});
  EXPECT_TRUE(Holds(text, "“a-17”, “a-18” in the archive are the suspect's own records, and were set aside.")) << text;
  EXPECT_TRUE(Holds(text, "The archive does not know its standing text")) << text;
}

TEST(RenderTextTest, HasNoEscapeSequencesByDefault) {
  EXPECT_EQ(RenderText(Example(), {}).find('\x1b'), std::string::npos);
  EXPECT_NE(RenderText(Example(), {.colour = true}).find('\x1b'), std::string::npos);
}

TEST(RenderTextTest, ColoursAddNoInformation) {
  const std::string coloured = RenderText(Example(), {.colour = true});
  std::string plain;
  for (size_t at = 0; at < coloured.size();) {
    if (coloured[at] == '\x1b') {
      at = coloured.find('m', at) + 1;
    } else {
      plain += coloured[at++];
    }
  }
  EXPECT_EQ(plain, RenderText(Example(), {}));
}

TEST(RenderTextTest, WrapsAtItsWidth) {
  Report report = Example();
  report.findings[0].because[0].text =
      "a reason that goes on for very much longer than any terminal would have columns to show "
      "it in, so that it has to continue below";
  for (const size_t width : {40u, 41u, 50u, 59u, 60u, 80u, 100u}) {
    std::istringstream lines(RenderText(report, {.width = width}));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(DisplayWidth(line), width) << line;
  }
}

TEST(RenderTextTest, PrintsNoControlCharacter) {
  Report report = Example();
  const std::string hostile = std::string("evil\x1b[2J\x07") + '\0' + "\xe2\x80\xae\xc2\x9b\r\xff";
  report.suspect.id = report.suspect.title = report.suspect.url = hostile;
  report.suspect.text = hostile + hostile;
  report.findings[0].original.id = report.findings[0].original.title = hostile;
  report.findings[0].substitutions[0].suspect = hostile;
  report.findings[0].because[0].text = hostile;
  report.findings[0].credit.push_back({hostile, hostile, {0, 9}});
  report.notices.push_back({hostile, hostile, hostile, "other", {}});
  report.alerts.push_back({hostile, 1, {{0, 9}}});
  report.error = hostile;
  const std::string text = RenderText(report, {});
  for (size_t at = 0; at < text.size();) {
    const Character character = CharacterAt(text, at);
    EXPECT_FALSE(IsHidden(character.code)) << CodePointName(character.code) << " at " << at;
    EXPECT_FALSE(character.code == 0xfffd && character.bytes.size() != 3) << "broken UTF-8 at " << at;
    at += character.bytes.size();
  }
  EXPECT_TRUE(Holds(text, "‹U+001B›"));
  EXPECT_TRUE(Holds(text, "‹U+202E›"));
}

TEST(RenderTextTest, SaysThatNoOriginalWasFound) {
  Report report = Example();
  report.findings.clear();
  report.summary.verdict = Verdict::kUnrelated;
  EXPECT_TRUE(Holds(RenderText(report, {}), "No original found"));
}

TEST(RenderTextTest, ShowsTheErrorOfAFailedComparison) {
  Report report;
  report.summary.verdict = Verdict::kInsufficient;
  report.error = "line 3 is not JSON";
  EXPECT_TRUE(Holds(RenderText(report, {}), "line 3 is not JSON"));
}

TEST(RenderTextTest, SurvivesSpansOutsideTheText) {
  Report report = Example();
  report.findings[0].passages[0].suspect = {1000, 4000};
  report.findings[0].passages[0].operations.push_back({WordChange::kSynonym, {900, 950}, {5000, 5001}, {}});
  EXPECT_TRUE(Holds(RenderText(report, {}), "PASSAGES"));
}

TEST(RenderTextTest, SaysWhatIsSharedAndWhoIsCredited) {
  Report report = Example();
  EXPECT_FALSE(Holds(RenderText(report, {}), "shared words"));
  EXPECT_FALSE(Holds(RenderText(report, {}), "redit")) << "nobody knows whom to credit";
  report.findings[0].original.site = "Bridge Post";
  EXPECT_TRUE(Holds(RenderText(report, {}), "No credit to the original was found beside what is shared."));
  report.suspect.marks = {{"link", "https://bridge.example/1", report.findings[0].original.id}};
  EXPECT_TRUE(Holds(RenderText(report, {}), "The suspect's page links the original"));
  report.findings[0].shared.suspect.quotation = 3;
  report.findings[0].credit.push_back({"named", "Bridge Post", {0, 3}});
  EXPECT_TRUE(Holds(RenderText(report, {}), "All 3 shared words are quotations."));
  EXPECT_TRUE(Holds(RenderText(report, {}), "The suspect names “Bridge Post”."));
}

TEST(SharedSentenceTest, BeginsWithTheMostFrequentKind) {
  EXPECT_EQ(SharedSentence({10, 212, 0, 0, 8}),
            "212 of the 230 shared words are quotations, 10 narration, 8 names and numbers.");
  EXPECT_EQ(SharedSentence({1000, 0, 1, 0, 0}), "1,000 of the 1,001 shared words are narration, 1 documents.");
}

TEST(SharedSentenceTest, OneKindIsAll) {
  EXPECT_EQ(SharedSentence({0, 0, 0, 40, 0}), "All 40 shared words are standing text.");
  EXPECT_EQ(SharedSentence({0, 0, 0, 0, 1}), "The one shared word is names and numbers.");
}

TEST(SharedSentenceTest, NothingSharedIsNoSentence) { EXPECT_EQ(SharedSentence({}), ""); }

TEST(CreditSentenceTest, NamesEachCreditByItsKind) {
  Finding finding;
  EXPECT_EQ(CreditSentence(finding, {}), "");
  finding.credit = {{"named", "Post", {}}, {"linked", "post.example", {}}, {"quoted", "we saw it", {}}};
  EXPECT_EQ(CreditSentence(finding, {}),
            "The suspect names “Post”; links “post.example”; shows as a quotation “we saw it”.");
}

TEST(PercentTest, RoundsNeitherToZeroNorToAll) {
  EXPECT_EQ(Percent(0), "0%");
  EXPECT_EQ(Percent(0.001), "under 1%");
  EXPECT_EQ(Percent(0.243), "24%");
  EXPECT_EQ(Percent(0.996), "over 99%");
  EXPECT_EQ(Percent(1), "100%");
}

TEST(EvidenceInWordsTest, SaysTheDirectionOfTheEvidence) {
  EXPECT_TRUE(Holds(EvidenceInWords(2.0), "about 100 times likelier if the suspect derives"));
  EXPECT_TRUE(Holds(EvidenceInWords(-0.5), "about 3.2 times likelier if the suspect was written independently"));
  EXPECT_TRUE(Holds(EvidenceInWords(9), "over a million"));
}

TEST(GroupedTest, SeparatesThousands) {
  EXPECT_EQ(Grouped(0), "0");
  EXPECT_EQ(Grouped(999), "999");
  EXPECT_EQ(Grouped(59131), "59,131");
  EXPECT_EQ(Grouped(1234567), "1,234,567");
}

TEST(RenderTextTest, SaysHowManyWordsWereExcluded) {
  Report report;
  report.suspect.text = "One two, three - four";
  EXPECT_FALSE(Holds(RenderText(report, {}), "excluded"));
  report.suspect.excluded = {{0, 21}};
  EXPECT_TRUE(Holds(RenderText(report, {}), "4 words of the suspect were excluded by a person"));
}

TEST(RenderTextTest, CautionSpeaksToReaders) { EXPECT_FALSE(Holds(RenderText({}, {}), "--")); }

}  // namespace
}  // namespace unspin
