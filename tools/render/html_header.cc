#include "render/html_header.h"

#include <set>
#include <utility>
#include <vector>

#include "render/markup.h"
#include "render/wording.h"

namespace unspin::html {
namespace {

std::string Who(std::string_view role, const ArticleCard& card) {
  std::vector<std::string> details;
  if (!card.url.empty()) details.push_back(Address(card.url));
  std::string about;
  const std::vector<std::string> parts = {Text(card.site), Text(Day(card.published)),
                                          card.words ? Count(card.words, "word") : std::string()};
  for (const std::string& part : parts) {
    if (!part.empty()) about += (about.empty() ? "" : " · ") + part;
  }
  if (!about.empty()) details.push_back(about);
  if (const std::string source = SourceOf(card); !source.empty()) details.push_back("File " + Text(source));
  std::string out = "<div><dt>" + std::string(role) + "</dt><dd><cite dir=\"auto\">" + Text(NameOf(card)) + "</cite>";
  for (const std::string& detail : details) out += "<span>" + detail + "</span>";
  return out + "</dd></div>\n";
}

// "2 originals", "1 original in 2 versions".
std::string Originals(const Report& report) {
  const size_t originals = CountOriginals(report), findings = report.findings.size();
  return Count(originals, "original") + (findings > originals ? " in " + Count(findings, "version") : "");
}

std::string ListOfOriginals(const Report& report) {
  if (report.findings.size() < 2) return "";
  std::string out = "<nav aria-label=\"Originals\"><p>Text of " + Originals(report) + " covers " +
                    Percent(report.summary.coverage.value_or(0)) + " of the suspect:</p><ol>\n";
  for (size_t i = 0; i < report.findings.size(); ++i) {
    const Finding& finding = report.findings[i];
    out += "<li><a href=\"#f" + std::to_string(i + 1) + "\" data-show=\"" + std::to_string(i + 1) + "\">" +
           Text(NameOf(finding.original)) + "</a> <span>" + VersionIfMany(report, finding.original) +
           Name(finding.verdict) + ", " + ProbabilityPercent(finding.probability) + ", " +
           Percent(finding.coverage.suspect) + " of the suspect" +
           (finding.licence ? ", " + Text(finding.licence->text) : std::string()) + "</span></li>\n";
  }
  return out + "</ol></nav>\n";
}

// One entry of the summary. `serious`: marked as something that was damaged.
std::string Entry(std::string_view name, const std::string& link, const std::string& says, bool serious) {
  const std::string text = link.empty() ? says : "<a href=\"#" + link + "\">" + says + "</a>";
  return "<div" + std::string(serious ? " class=\"serious\"" : "") + "><dt>" + std::string(name) + "</dt><dd>" + text +
         "</dd></div>\n";
}

// Each fact once, though several originals have it.
std::string FactsEntry(const Report& report) {
  std::set<std::pair<std::string, std::string>> seen;
  uint64_t altered = 0, missing = 0, kept = 0;
  std::string link;
  for (size_t i = 0; i < report.findings.size(); ++i) {
    for (const Fact& fact : report.findings[i].facts) {
      if (link.empty()) link = FactsId(i + 1);
      if (!seen.emplace(fact.kind + " " + fact.state, fact.original).second && i > 0) continue;
      ++(fact.state == "altered" ? altered : fact.state == "kept" ? kept : missing);
    }
  }
  if (link.empty()) return Entry("Facts", "", "none in the original", false);
  const std::string says = Grouped(altered) + " altered, " + Grouped(missing) + " missing, " + Grouped(kept) + " kept";
  return Entry("Facts", link, says, altered + missing > 0);
}

// "copyright removed, byline altered".
std::string NoticesEntry(const Report& report) {
  std::string damaged;
  size_t kept = 0;
  for (const Notice& notice : report.notices) {
    if (notice.state == "kept") ++kept;
    if (notice.state != "removed" && notice.state != "altered") continue;
    damaged += (damaged.empty() ? "" : ", ") + Text(notice.kind) + " " + Text(notice.state);
  }
  if (!damaged.empty()) return Entry("Notices of rights", kNoticesId, damaged, true);
  if (report.notices.empty()) return Entry("Notices of rights", "", "none found", false);
  return Entry("Notices of rights", kNoticesId, kept > 0 ? "kept" : "see which", false);
}

std::string AlertsEntry(const Report& report) {
  std::string tricks;
  for (const Alert& alert : report.alerts) {
    if (IsTrickWithCharacters(alert.kind))
      tricks += (tricks.empty() ? "" : ", ") + Text(AlertName(alert.kind)) + " ×" + Grouped(alert.count);
  }
  if (!tricks.empty()) return Entry("Hidden in the characters", kAlertsId, tricks, true);
  if (report.alerts.empty()) return Entry("Hidden in the characters", "", "nothing", false);
  return Entry("Hidden in the characters", kAlertsId, "nothing; notes on how the text was read", false);
}

std::string CreditEntry(const Report& report) {
  for (size_t i = 0; i < report.findings.size(); ++i) {
    const std::string sentence = CreditSentence(report.findings[i], report.suspect.marks);
    if (!sentence.empty()) return Entry("Credit", CreditId(i + 1), Text(sentence), report.findings[i].credit.empty());
  }
  return Entry("Credit", "", "our article names no outlet", false);
}

// Of the strongest finding; the list of originals has that of each.
std::string LicenceBesideVerdict(const Report& report) {
  if (report.findings.empty() || !report.findings.front().licence) return "";
  const Licence& licence = *report.findings.front().licence;
  return "<p class=\"licence" + std::string(HasBrokenTerm(licence) ? " serious" : "") + "\"><a href=\"#" +
         LicenceId(1) + "\">" + Text(LicenceSentence(licence)) + "</a></p>\n";
}

std::string Damage(const Report& report) {
  if (report.findings.empty()) return "";
  return "<dl class=\"damage\" aria-label=\"What is damaged\">\n" + FactsEntry(report) + NoticesEntry(report) +
         AlertsEntry(report) + CreditEntry(report) + "</dl>\n";
}

}  // namespace

std::string FactsId(size_t finding) { return "f" + std::to_string(finding) + "-facts"; }
std::string LicenceId(size_t finding) { return "f" + std::to_string(finding) + "-licence"; }
std::string CreditId(size_t finding) { return "f" + std::to_string(finding) + "-credit"; }

std::string SourceOf(const ArticleCard& card) {
  std::string source = card.path;
  if (card.record) source += (source.empty() ? "record " : ", record ") + std::to_string(*card.record);
  return source;
}

std::string VersionIfMany(const Report& report, const ArticleCard& original) {
  if (!original.version || CountVersions(report, original) < 2) return "";
  return "version " + std::to_string(*original.version) + ", ";
}

std::string Masthead(const Report& report) {
  std::string out = "<header class=\"mast\">\n<p class=\"kicker\"><span>unspin</span> <span>" +
                    (report.archive ? "One article against an archive of " + Count(report.archive->articles, "original")
                                    : std::string("Two articles compared")) +
                    "</span></p>\n<p class=\"verdict v-" + Name(report.summary.verdict) + "\">" +
                    Name(report.summary.verdict) + "</p>\n" + LicenceBesideVerdict(report) + "<h1 dir=\"auto\">" +
                    Text(Headline(report)) + "</h1>\n<p class=\"lede\">" + Text(Meaning(report)) + "</p>\n" +
                    Damage(report) + "<dl class=\"who\">\n" + Who("Suspect", report.suspect);
  if (report.findings.size() == 1) out += Who("Original", report.findings.front().original);
  return out + "</dl>\n" + ListOfOriginals(report) + "</header>\n";
}

}  // namespace unspin::html
