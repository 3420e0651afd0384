#include "render/html.h"

#include <regex>
#include <set>

#include <gtest/gtest.h>

#include "render/markup.h"
#include "render/paint.h"

namespace unspin {
namespace {

Report Example() {
  Report report;
  report.version = "0.1.0";
  report.archive = ArchiveIdentity{"abc", 7};
  report.suspect.id = "s";
  report.suspect.text = "Lead.\n\nThe old bridge shut now soon";
  report.summary.verdict = Verdict::kSpun;
  Finding finding;
  finding.original.id = "o";
  finding.original.title = "Bridge";
  finding.original.text = "The aged bridge will close";
  finding.verdict = Verdict::kSpun;
  finding.probability = 0.9914;
  ReportPassage passage{{7, 35}, {0, 26}, Manner::kSpun, 0.24, {}};
  passage.operations = {{WordChange::kKept, {0, 3}, {7, 10}, {}},
                        {WordChange::kSynonym, {4, 8}, {11, 14}, SubstitutionSource::kThesaurus},
                        {WordChange::kKept, {9, 15}, {15, 21}, {}},
                        {WordChange::kDeleted, {16, 20}, {22, 22}, {}},
                        {WordChange::kReplaced, {21, 26}, {22, 26}, SubstitutionSource::kContext},
                        {WordChange::kInserted, {26, 26}, {27, 30}, {}},
                        {WordChange::kInserted, {26, 26}, {31, 35}, {}}};
  finding.passages.push_back(passage);
  finding.substitutions.push_back({"aged", "old", 1, SubstitutionSource::kThesaurus});
  finding.facts.push_back({"name", "Ida", "Ida", "kept"});
  finding.because = {{"a", 1, 1.5, "in favour"}, {"b", 1, -0.5, "in doubt"}};
  report.findings.push_back(finding);
  return report;
}

bool Holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

size_t Occurrences(const std::string& text, std::string_view part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(RenderHtmlTest, HeadlineIsTheVerdictInWords) {
  EXPECT_TRUE(Holds(RenderHtml(Example()), "Spun from “Bridge”</h1>"));
}

TEST(RenderHtmlTest, ShowsWhatIsSharedAsABarWithItsSentence) {
  Report report = Example();
  EXPECT_FALSE(Holds(RenderHtml(report), "class=\"kinds\""));
  report.findings[0].shared.suspect = {1, 3, 0, 0, 0};
  const std::string page = RenderHtml(report);
  const std::string sentence = "3 of the 4 shared words are quotations, 1 narration.";
  EXPECT_TRUE(Holds(page, "<p class=\"says\">" + sentence + "</p>"));
  const std::string bar = page.substr(page.find("class=\"kinds\""), 600);
  EXPECT_TRUE(Holds(bar, "<rect class=\"s1\" x=\"0.00%\" width=\"25.00%\"")) << bar;
  EXPECT_TRUE(Holds(bar, "<rect class=\"s2\" x=\"25.00%\" width=\"75.00%\"")) << bar;
}

TEST(RenderHtmlTest, ShowsTheCredit) {
  Report report = Example();
  report.findings[0].original.url = "https://bridge.example/1";
  EXPECT_TRUE(Holds(RenderHtml(report), "No credit to the original was found"));
  report.findings[0].credit.push_back({"linked", "bridge.example", {0, 3}});
  EXPECT_TRUE(Holds(RenderHtml(report), "The suspect links “bridge.example”."));
}

TEST(RenderHtmlTest, ShowsTheLicenceBesideTheVerdict) {
  Report report = Example();
  EXPECT_FALSE(Holds(RenderHtml(report), "class=\"licence"));
  report.findings[0].licence =
      Licence{"licensed", "a <b>", {{"credit", "broken", "the credit was removed"}}, "licensed, but <it>"};
  const std::string page = RenderHtml(report);
  EXPECT_TRUE(
      Holds(page, "v-spun\">spun</p>\n<p class=\"licence serious\"><a href=\"#f1-licence\">Licensed, but &lt;it"));
  EXPECT_TRUE(Holds(page, "The rule: a &lt;b&gt;"));
  report.findings[0].licence->terms[0].state = "kept";
  EXPECT_TRUE(Holds(RenderHtml(report), "<p class=\"licence\">"));
}

TEST(RenderHtmlTest, ShowsWhatThePageSaysOfItsSource) {
  Report report = Example();
  report.suspect.url = "https://copy.example/a";
  report.suspect.marks = {{"canonical", "https://copy.example/a"}};
  EXPECT_FALSE(Holds(RenderHtml(report), "What the page says of its source"));  // its own address is shown elsewhere
  report.suspect.marks.push_back({"is-based-on", "https://bridge.example/<1>", "o"});
  EXPECT_TRUE(Holds(RenderHtml(report), "<li>based on: https://bridge.example/&lt;1&gt; (the original)</li>"));
}

TEST(RenderHtmlTest, MarksEveryWordByItsChange) {
  const std::string page = RenderHtml(Example());
  EXPECT_TRUE(
      Holds(page,
            "The <b data-d=\"1\" class=\"y\" data-w=\"aged\" title=\"for “aged” · synonyms in the thesaurus\">old</b> "
            "bridge <b data-d=\"4\" class=\"r\" data-w=\"close\" title=\"for “close” · in the same place\">shut</b> "
            "<ins data-d=\"5\">now soon</ins>"));
  EXPECT_TRUE(Holds(page, "bridge <del data-d=\"3\">will</del> <b data-d=\"4\" class=\"r\" data-w=\"shut\""));
}

TEST(RenderHtmlTest, ReasonsQuoteTheirPlacesAndLeadToThePassage) {
  Report report = Example();
  EXPECT_FALSE(Holds(RenderHtml(report), "class=\"places\""));
  report.findings[0].because[0].spans = {{{11, 21}, {0, 3}}, {}};
  report.findings[0].because[1].spans = {{}, {{4, 8}}};
  const std::string page = RenderHtml(report);
  EXPECT_TRUE(Holds(page, "<summary>2 places in the suspect</summary>"));
  EXPECT_TRUE(Holds(page,
                    "<a href=\"#f1-s1\" data-f=\"1\" data-p=\"1\" data-suspect=\"7-35\" data-original=\"0-26\">"
                    "<q dir=\"auto\">old bridge</q></a>"))
      << page;
  EXPECT_TRUE(Holds(page, "<summary>1 place in the original</summary><ul>\n<li><q dir=\"auto\">aged</q></li>"));
  report.findings[0].because[1].spans = {{{5000, 5003}}, {}};
  EXPECT_FALSE(Holds(RenderHtml(report), "1 place in")) << "no such place";
}

TEST(RenderHtmlTest, TheSuspectStandsOnceHoweverManyFindings) {
  Report report = Example();
  report.suspect.text += "\n\nUnrepeatable";
  for (int i = 0; i < 9; ++i) report.findings.push_back(report.findings[0]);
  const std::string page = RenderHtmlFragment(report);
  EXPECT_EQ(Occurrences(page, "Unrepeatable"), 1u);
  EXPECT_EQ(Occurrences(page, "data-side=\"s\""), 1u);
  EXPECT_EQ(Occurrences(page, "data-side=\"o\""), 10u);
}

TEST(RenderHtmlTest, HeaderSaysWhereTheSuspectCameFrom) {
  Report report = Example();
  report.suspect.title = "Bridge shut";
  report.suspect.url = "https://copy.example/1";
  report.suspect.site = "Copy Daily";
  report.suspect.path = "pages.warc";
  report.suspect.record = 17;
  const std::string page = RenderHtmlFragment(report);
  const std::string header = page.substr(0, page.find("</header>"));
  for (const char* part : {"https://copy.example/1", "Copy Daily", "File pages.warc, record 17"})
    EXPECT_TRUE(Holds(header, part)) << part;
}

TEST(RenderHtmlTest, HashesSayWhatTheyAreOf) {
  Report report = Example();
  report.suspect.sha256 = "aaaa";
  report.suspect.bytes = 35;
  EXPECT_FALSE(Holds(RenderHtml(report), "SHA-256 of the file"));
  report.suspect.file_sha256 = "bbbb";
  const std::string page = RenderHtml(report);
  EXPECT_TRUE(Holds(page, "<dt>SHA-256 of the file</dt><dd><code>bbbb</code></dd>"));
  EXPECT_TRUE(Holds(page, "<dt>SHA-256 of the text</dt><dd><code>aaaa</code>, 35 bytes</dd>"));
}

TEST(RenderHtmlTest, HeaderSaysWhatIsDamaged) {
  Report report = Example();
  report.findings[0].facts = {
      {"name", "Ida", "Iba", "altered"}, {"date", "May", "", "missing"}, {"name", "A", "A", "kept"}};
  report.notices = {{"copyright", "removed", "© Post", "", {}}, {"byline", "kept", "By Ida", "By Ida", {}}};
  report.alerts = {{"hidden-characters", 4, {}}};
  const std::string page = RenderHtmlFragment(report);
  const std::string header = page.substr(0, page.find("</header>"));
  for (const char* part : {"1 altered, 1 missing, 1 kept", "copyright removed", "×4"})
    EXPECT_TRUE(Holds(header, part)) << part;
  EXPECT_FALSE(Holds(header, "byline"));
}

TEST(RenderHtmlTest, EveryLinkInsideThePageHasItsTarget) {
  Report report = Example();
  report.findings.push_back(report.findings[0]);
  const std::string page = RenderHtml(report);
  const std::regex link("href=\"#([^\"]+)\"");
  size_t links = 0;
  for (std::sregex_iterator it(page.begin(), page.end(), link), end; it != end; ++it, ++links) {
    EXPECT_EQ(Occurrences(page, " id=\"" + (*it)[1].str() + "\""), 1u) << (*it)[1];
  }
  EXPECT_GE(links, 10u);
}

TEST(RenderHtmlTest, EscapesAllTextOfTheReport) {
  Report report = Example();
  const std::string hostile = "</title></style></script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>&";
  report.suspect.id = report.suspect.title = report.suspect.url = report.suspect.site = report.suspect.published =
      hostile;
  report.suspect.file_sha256 = hostile;
  report.suspect.path = report.suspect.sha256 = report.version = report.model = report.archive->fingerprint = hostile;
  report.suspect.text = hostile + hostile;
  Finding& finding = report.findings[0];
  finding.original.id = finding.original.title = finding.original.url = finding.original.text = hostile;
  finding.substitutions[0] = {hostile, hostile, 1, SubstitutionSource::kContext};
  finding.facts[0] = {hostile, hostile, hostile, hostile};
  finding.because[0].text = hostile;
  finding.because[0].spans = {{{0, 50}}, {{0, 50}}};
  report.notices.push_back({hostile, hostile, hostile, hostile, ByteSpan{0, 9}});
  report.alerts.push_back({hostile, 1, {{0, 9}}});
  const std::string page = RenderHtml(report);
  EXPECT_EQ(Occurrences(page, "<script"), 1u);
  EXPECT_EQ(Occurrences(page, "</script"), 1u);
  EXPECT_EQ(Occurrences(page, "</style"), 1u);
  EXPECT_FALSE(Holds(page, "</title></style>"));
  EXPECT_EQ(Occurrences(page, "<img"), 0u);
}

TEST(RenderHtmlTest, LinksOnlyToHttpAndHttps) {
  EXPECT_EQ(html::Address("javascript:alert(1)"), "javascript:alert(1)");
  EXPECT_TRUE(Holds(html::Address("https://example.org/a?b&c"), "<a href=\"https://example.org/a?b&amp;c\""));
}

TEST(RenderHtmlTest, ShowsHiddenCharactersByName) {
  Report report = Example();
  report.suspect.text = std::string("The \xe2\x80\xaeold\xe2\x80\x8b") + '\0' + "\x1b bridge\xff";
  const std::string page = RenderHtml(report);
  EXPECT_TRUE(Holds(page, "title=\"U+202E RIGHT-TO-LEFT OVERRIDE\">U+202E</span>"));
  EXPECT_TRUE(Holds(page, ">U+200B</span>"));
  EXPECT_TRUE(Holds(page, ">U+0000</span>"));
  EXPECT_TRUE(Holds(page, ">U+001B</span>"));
  EXPECT_EQ(page.find("\xe2\x80\xae"), std::string::npos);
  EXPECT_EQ(page.find('\0'), std::string::npos);
  EXPECT_EQ(page.find('\xff'), std::string::npos);
}

TEST(RenderHtmlTest, NamesLookAlikeLetters) {
  Report report = Example();
  report.suspect.text = "The \xd0\xbeld bridge";
  report.alerts.push_back({"look-alike-letters", 1, {{4, 8}}});
  const std::string page = RenderHtml(report);
  EXPECT_TRUE(Holds(page, "Look-alike letters"));
  EXPECT_TRUE(Holds(page, "U+043E CYRILLIC SMALL LETTER O"));
}

TEST(RenderHtmlTest, SaysThatDamageIsNoTrick) {
  Report report = Example();
  report.alerts = {{"mojibake", 3, {}}};
  EXPECT_FALSE(Holds(RenderHtml(report), "Tricks with characters"));
  EXPECT_TRUE(Holds(RenderHtml(report), "nothing against anybody"));
  report.alerts = {{"hidden-characters", 1, {{0, 1}}}};
  EXPECT_TRUE(Holds(RenderHtml(report), "Tricks with characters"));
  EXPECT_FALSE(Holds(RenderHtml(report), "nothing against anybody"));
}

TEST(RenderHtmlTest, FragmentNeedsNothingThatAPolicyForbids) {
  Report report = Example();
  report.findings.push_back(report.findings[0]);
  report.findings[0].shared.suspect = {1, 3, 0, 0, 0};
  const std::string page = RenderHtmlFragment(report);
  EXPECT_EQ(page.substr(0, 5), "<main");
  EXPECT_EQ(page.substr(page.size() - 8), "</main>\n");
  EXPECT_FALSE(Holds(page, "<script"));
  EXPECT_FALSE(Holds(page, "<style"));
  EXPECT_FALSE(std::regex_search(page, std::regex("<[^>]* (style|on[a-z]+)=")));
  EXPECT_TRUE(Holds(page, "data-suspect=\"7-35\" data-original=\"0-26\""));
  EXPECT_TRUE(Holds(page, "data-original-id=\"o\""));
  EXPECT_TRUE(Holds(RenderHtml(report), page)) << "the whole page is made of it";
}

TEST(RenderHtmlTest, LoadsNothingFromTheNetwork) {
  const std::string page = RenderHtml(Example());
  EXPECT_EQ(page.find("http://"), std::string::npos);
  EXPECT_EQ(page.find("https://"), std::string::npos);
  EXPECT_EQ(page.find(" src="), std::string::npos);
  EXPECT_EQ(page.find("<link"), std::string::npos);
  EXPECT_EQ(page.find("@import"), std::string::npos);
  for (size_t at = page.find("url("); at != std::string::npos; at = page.find("url(", at + 1))
    EXPECT_EQ(page[at + 4], '#') << "only a pattern of the page itself";
  EXPECT_TRUE(Holds(page, "default-src 'none'"));
}

TEST(RenderHtmlTest, NamesWhatWasSetAside) {
  Report report;
  report.set_aside = {"a-17"};
  EXPECT_NE(RenderHtml(report).find("“a-17” in the archive is the suspect"), std::string::npos);
}

TEST(RenderHtmlTest, RendersAnEmptyReport) {
  Report report;
  report.error = "no text";
  const std::string page = RenderHtml(report);
  EXPECT_TRUE(Holds(page, "Could not be compared"));
  EXPECT_TRUE(Holds(page, "no text"));
  EXPECT_TRUE(Holds(page, "</html>"));
}

TEST(RenderHtmlTest, SizeIsProportionalToTheText) {
  Report report = Example();
  std::string& suspect = report.suspect.text;
  std::string& original = report.findings[0].original.text;
  ReportPassage passage{{0, 0}, {0, 0}, Manner::kSpun, 0.2, {}};
  suspect.clear();
  original.clear();
  for (int i = 0; i < 100000; ++i) {
    const bool spun = i % 5 == 0;
    const auto at_suspect = static_cast<uint32_t>(suspect.size());
    const auto at_original = static_cast<uint32_t>(original.size());
    suspect += spun ? "novel " : "words ";
    original += spun ? "other " : "words ";
    passage.operations.push_back({spun ? WordChange::kReplaced : WordChange::kKept,
                                  {at_original, at_original + 5},
                                  {at_suspect, at_suspect + 5},
                                  SubstitutionSource::kContext});
  }
  passage.suspect.end = passage.original.end = static_cast<uint32_t>(suspect.size());
  report.findings[0].passages = {passage};
  EXPECT_LT(RenderHtml(report).size(), 10 * suspect.size());
}

std::vector<PaintedRun> PaintAll(const ArticleCard& card, const std::vector<ReportPassage>& passages,
                                 const std::vector<Alert>& alerts) {
  std::vector<const ReportPassage*> list;
  for (const ReportPassage& passage : passages) list.push_back(&passage);
  return Paint(card, Side::kSuspect, list, alerts);
}

TEST(PaintTest, WordsBelongToThePassageThatIsShown) {
  ArticleCard card;
  card.text = "old bridge";
  ReportPassage first{{0, 10}, {0, 10}, Manner::kCopy, 0, {}}, second = first;
  second.operations = {{WordChange::kSynonym, {0, 3}, {0, 3}, SubstitutionSource::kThesaurus}};
  EXPECT_EQ(PaintAll(card, {first, second}, {}).size(), 1u);
  EXPECT_EQ(PaintAll(card, {second, first}, {}).size(), 2u);
}

TEST(PaintTest, RunsCoverTheTextOnce) {
  Report report = Example();
  report.suspect.masked = {{0, 5}, {20, 900}};
  report.alerts.push_back({"hidden-characters", 1, {{3, 9}, {800, 900}}});
  uint32_t at = 0;
  const std::vector<ReportPassage>& passages = report.findings[0].passages;
  for (const PaintedRun& run : PaintAll(report.suspect, passages, report.alerts)) {
    EXPECT_EQ(run.bytes.begin, at);
    EXPECT_FALSE(run.bytes.empty());
    at = run.bytes.end;
  }
  EXPECT_EQ(at, report.suspect.text.size());
}

TEST(PaintTest, RunsEndBetweenCharacters) {
  ArticleCard card;
  card.text = "a\xf0\x9f\x98\x80z";
  card.masked = {{0, 3}};
  const auto runs = PaintAll(card, {}, {});
  ASSERT_EQ(runs.size(), 2u);
  EXPECT_EQ(runs[0].bytes, (ByteSpan{0, 5}));
}

TEST(RenderHtmlIndexTest, ListsTheStrongestVerdictFirst) {
  const Report spun = Example();
  Report none = Example();
  none.findings.clear();
  none.summary.verdict = Verdict::kUnrelated;
  const HtmlIndexEntry entries[] = {MakeHtmlIndexEntry(none, "a.html"), MakeHtmlIndexEntry(spun, "b.html")};
  const std::string page = RenderHtmlIndex(entries);
  EXPECT_LT(page.find("./b.html"), page.find("./a.html"));
  EXPECT_TRUE(Holds(page, "2 articles checked"));
}

TEST(RenderHtmlIndexTest, TellsSuspectsApartAndNamesTheColumnOfEachCell) {
  Report report = Example();
  report.suspect.title = "Bridge shut";
  report.suspect.url = "https://copy.example/1";
  report.suspect.site = "Copy Daily";
  report.suspect.path = "pages.warc";
  report.suspect.record = 17;
  const HtmlIndexEntry entries[] = {MakeHtmlIndexEntry(report, "a.html")};
  const std::string page = RenderHtmlIndex(entries);
  for (const char* part : {"https://copy.example/1", "data-name=\"Site\">Copy Daily<", "File pages.warc, record 17",
                           "data-name=\"Probability\" class=\"n\" data-v=\"0"})
    EXPECT_TRUE(Holds(page, part)) << part;
}

TEST(RenderHtmlIndexTest, FileNamesAreNeverSchemes) {
  HtmlIndexEntry entry;
  entry.file = "javascript:alert(1)\"<b>.html";
  entry.suspect_id = "<script>";
  const std::string page = RenderHtmlIndex({&entry, 1});
  EXPECT_TRUE(Holds(page, "href=\"./javascript%3Aalert%281%29%22%3Cb%3E.html\""));
  EXPECT_EQ(Occurrences(page, "<script"), 1u);
}

TEST(RenderHtmlTest, WithoutFindingsTheSuspectStandsAlone) {
  Report report = Example();
  report.findings.clear();
  report.summary.verdict = Verdict::kUnrelated;
  const std::string page = RenderHtmlFragment(report);
  EXPECT_TRUE(Holds(page, "Nothing of the archive was found in it."));
  EXPECT_TRUE(Holds(page, "The old bridge shut now soon"));
  EXPECT_TRUE(Holds(page, "data-side=\"s\""));
  EXPECT_FALSE(Holds(page, "class=\"panes\""));
  report.summary.verdict = Verdict::kInsufficient;
  EXPECT_FALSE(Holds(RenderHtmlFragment(report), "Nothing of the archive"));
}

TEST(RenderHtmlTest, SaysWhatWasExcluded) {
  Report report = Example();
  EXPECT_FALSE(Holds(RenderHtmlFragment(report), "xcluded"));
  report.suspect.excluded = report.suspect.masked = {{7, 21}};
  const std::string page = RenderHtmlFragment(report);
  EXPECT_TRUE(Holds(page, "<a href=\"#unspin-excluded-1\">3 words of the suspect were excluded by a person"));
  EXPECT_TRUE(Holds(page, "<span class=\"excluded\">hatched</span>"));
  EXPECT_TRUE(Holds(page, "data-excluded=\"7-21\""));
}

}  // namespace
}  // namespace unspin
