#include "render/html.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <vector>

#include "render/html_chart.h"
#include "render/html_header.h"
#include "render/html_map.h"
#include "render/html_texts.h"
#include "render/json.h"
#include "render/markup.h"
#include "render/visible.h"
#include "render/wording.h"

namespace unspin {
namespace {

using html::Text;

constexpr size_t kVisibleRows = 24;  // of a table; the others are folded away

std::string Figure(std::string_view name, const std::string& value, std::string_view explanation, double share) {
  return "<div class=\"figure\"><dt>" + std::string(name) + "</dt><dd><strong>" + value + "</strong>" +
         html::Gauge(share) + "<span class=\"what\">" + std::string(explanation) + "</span></dd></div>\n";
}

std::string Figures(const Finding& finding) {
  return "<dl class=\"figures\">\n" +
         Figure("Probability of derivation", ProbabilityPercent(finding.probability),
                "that the suspect, or a part of it, derives from this original or a copy of it, rather than being "
                "written independently about the same matter",
                finding.probability) +
         Figure("Rewritten", Percent(finding.rewrite),
                "how far the taken passages were changed: 0% is word for word, 100% leaves nothing of the wording",
                finding.rewrite) +
         Figure("Taken, of the suspect", Percent(finding.coverage.suspect),
                "of its counted words stand in passages taken from the original; quotations and notices do not count",
                finding.coverage.suspect) +
         Figure("Taken, of the original", Percent(finding.coverage.original),
                "of its counted words were carried over into the suspect", finding.coverage.original) +
         "</dl>\n<p class=\"aside\">Evidence " + Signed(finding.log10_likelihood_ratio) +
         " on a scale of powers of ten: " + EvidenceInWords(finding.log10_likelihood_ratio) +
         " Longest run word for word: " + Count(finding.longest_verbatim_run, "word") +
         ". Order kept: " + Percent(finding.order_kept) + ". " + Meaning(finding.direction) + "</p>\n";
}

// What became of the words: a bar, and the legend of the marks used in the texts.
std::string WordBalance(const Report& report, const WordCounts& words) {
  struct Row {
    WordChange change;
    std::string_view name;
    uint32_t count;
  };
  const std::vector<Row> rows = {
      {WordChange::kKept, "kept", words.kept},          {WordChange::kInflected, "inflected", words.inflected},
      {WordChange::kSynonym, "synonym", words.synonym}, {WordChange::kReplaced, "replaced", words.replaced},
      {WordChange::kMoved, "moved", words.moved},       {WordChange::kInserted, "inserted", words.inserted},
      {WordChange::kDeleted, "deleted", words.deleted}};
  double total = 0;
  for (const Row& row : rows) total += row.count;
  std::vector<html::BarPart> parts;
  double before = 0;
  std::string legend;
  for (const Row& row : rows) {
    const std::string mark(1, html::ClassOf(row.change));
    if (row.count > 0) {
      parts.push_back({mark, before / total, (before + row.count) / total,
                       Count(row.count, "word") + " " + std::string(row.name), "", ""});
    }
    before += row.count;
    const std::string element = row.change == WordChange::kInserted  ? "ins"
                                : row.change == WordChange::kDeleted ? "del"
                                                                     : "b";
    legend += "<li><" + element + " class=\"" + mark + "\">" + std::string(row.name) + "</" + element + "> <strong>" +
              Grouped(row.count) + "</strong> <span>" + Meaning(row.change) + "</span></li>\n";
  }
  legend += html::LegendOfUncounted(report);
  return "<section class=\"balance\">\n<h3>What became of the words</h3>\n" + html::Bar("stack", parts) +
         "\n<ul class=\"legend\">\n" + legend + "</ul>\n</section>\n";
}

// What the two texts share by kind: a bar, and the same in one sentence for those who do not see it.
std::string Shared(const Finding& finding) {
  const SharedCounts& counts = finding.shared.suspect;
  const std::string sentence = SharedSentence(counts);
  if (sentence.empty()) return "";
  double total = 0;
  for (const SharedPart& part : SharedParts(counts)) total += part.words;
  std::vector<html::BarPart> parts;
  double before = 0;
  std::string key;
  int kind = 0;
  for (const SharedPart& part : SharedParts(counts)) {
    const std::string mark = "s" + std::to_string(++kind);
    if (part.words == 0) continue;
    parts.push_back({mark, before / total, (before + part.words) / total, "", "", ""});
    before += part.words;
    key += "<li><i class=\"" + mark + "\"></i>" + std::string(part.name) + " <strong>" + Grouped(part.words) +
           "</strong></li>\n";
  }
  return "<section class=\"shared\">\n<h3>What the two texts share</h3>\n<p class=\"says\">" + sentence + "</p>\n" +
         html::Bar("kinds", parts) + "\n<ul class=\"key\">\n" + key +
         "</ul>\n<p class=\"note\">Words of the suspect. What counts for derivation is narration, the reporter's own "
         "words: "
         "many outlets print the same quotations, documents and standing text without copying one "
         "another.</p>\n</section>\n";
}

std::string Credits(const Report& report, const Finding& finding, size_t number) {
  const std::string sentence = CreditSentence(finding, report.suspect.marks);
  if (sentence.empty()) return "";
  return "<section class=\"credit\" id=\"" + html::CreditId(number) + "\">\n<h3>Credit</h3>\n<p dir=\"auto\">" +
         Text(sentence) +
         "</p>\n<p class=\"note\">A credit says where a text comes from. It changes neither the probability nor the "
         "verdict.</p>\n</section>\n";
}

std::string LicenceSection(const Finding& finding, size_t number) {
  if (!finding.licence) return "";
  const Licence& licence = *finding.licence;
  std::string terms;
  for (const LicenceTerm& term : licence.terms) {
    terms += "<li" + std::string(term.state == "broken" ? " class=\"serious\"" : "") + "><strong>" + Text(term.name) +
             ": " + Text(term.state) + "</strong> <span>" + Text(term.text) + "</span></li>\n";
  }
  return "<section class=\"licences\" id=\"" + html::LicenceId(number) + "\">\n<h3>Licence</h3>\n<p class=\"says\">" +
         Text(LicenceSentence(licence)) + "</p>\n" + (terms.empty() ? "" : "<ul>\n" + terms + "</ul>\n") +
         (licence.rule.empty() ? "" : "<p class=\"note\">The rule: " + Text(licence.rule) + "</p>\n") +
         "<p class=\"note\">By the table of licences that was given. It changes neither the probability nor the "
         "verdict.</p>\n</section>\n";
}

std::string Marks(const Report& report) {
  const std::vector<PageMark> marks = ShownMarks(report);
  if (marks.empty()) return "";
  std::string rows;
  for (const PageMark& mark : marks) rows += "<li>" + Text(MarkSentence(report, mark)) + "</li>\n";
  return "<section class=\"panel marks\">\n<h2>What the page says of its source</h2>\n<p class=\"note\">" +
         Text(kMarksCaution) + "</p>\n<ul>\n" + rows + "</ul>\n</section>\n";
}

// A table whose rows beyond the first few are folded away.
std::string Table(std::string_view name, std::string_view head, const std::vector<std::string>& rows) {
  const auto table = [&](size_t begin, size_t end) {
    std::string out = html::Scrolled(name) + "<table><thead><tr>" + std::string(head) + "</tr></thead><tbody>\n";
    for (size_t i = begin; i < end; ++i) out += "<tr>" + rows[i] + "</tr>\n";
    return out + "</tbody></table></div>\n";
  };
  std::string out = table(0, std::min(rows.size(), kVisibleRows));
  if (rows.size() > kVisibleRows) {
    out += "<details class=\"more\"><summary>" + Grouped(rows.size() - kVisibleRows) + " more</summary>" +
           table(kVisibleRows, rows.size()) + "</details>\n";
  }
  return out;
}

std::string Substitutions(const Finding& finding) {
  if (finding.substitutions.empty()) return "";
  std::vector<Substitution> list = finding.substitutions;
  std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.count > b.count; });
  std::vector<std::string> rows;
  for (const Substitution& substitution : list) {
    rows.push_back("<td>" + Text(substitution.original) + "</td><td><span class=\"to\">→ </span>" +
                   Text(substitution.suspect) + "</td><td class=\"n\">" + Grouped(substitution.count) +
                   "</td><td class=\"evidence\">" + Meaning(substitution.source) + "</td>");
  }
  return "<section class=\"panel\">\n<h3>Words replaced</h3>\n<p class=\"note\">" + Count(list.size(), "pair") +
         ", the most frequent first. The last column says why the one counts as a replacement of the other.</p>\n" +
         Table("Words replaced", "<th>Original</th><th>Suspect</th><th class=\"n\">Times</th><th>Evidence</th>", rows) +
         "</section>\n";
}

int StateRank(const std::string& state) { return state == "altered" ? 0 : state == "missing" ? 1 : 2; }

std::string Facts(const Finding& finding, size_t number) {
  if (finding.facts.empty()) return "";
  std::vector<Fact> list = finding.facts;
  std::stable_sort(list.begin(), list.end(),
                   [](const Fact& a, const Fact& b) { return StateRank(a.state) < StateRank(b.state); });
  size_t counts[3] = {0, 0, 0};
  std::vector<std::string> rows;
  for (const Fact& fact : list) {
    ++counts[StateRank(fact.state)];
    const char* glyph = StateRank(fact.state) == 0 ? "≠ " : StateRank(fact.state) == 1 ? "− " : "= ";
    rows.push_back("<td>" + Text(fact.kind) + "</td><td>" + Text(fact.original) + "</td><td>" +
                   (fact.suspect.empty() ? "–" : Text(fact.suspect)) + "</td><td class=\"state\">" + glyph +
                   Text(fact.state) + "</td>");
  }
  return "<section class=\"panel\" id=\"" + html::FactsId(number) +
         "\">\n<h3>Facts</h3>\n<p class=\"note\">Names, numbers, dates and quotations of the "
         "original: " +
         Grouped(counts[2]) + " kept, " + Grouped(counts[0]) + " altered, " + Grouped(counts[1]) + " missing.</p>\n" +
         Table("Facts", "<th>Kind</th><th>Original</th><th>Suspect</th><th>State</th>", rows) + "</section>\n";
}

// The text of a span, cut to a length that can be read at a glance.
std::string Excerpt(const std::string& text, ByteSpan span) {
  constexpr size_t kMaxBytes = 140;
  if (span.empty() || span.begin >= text.size()) return "";
  std::string_view excerpt = std::string_view(text).substr(span.begin, span.size());
  const bool cut = excerpt.size() > kMaxBytes;
  if (cut) {
    size_t end = std::min(excerpt.rfind(' ', kMaxBytes), kMaxBytes);
    while (end > 0 && (static_cast<unsigned char>(excerpt[end]) & 0xc0) == 0x80) --end;  // whole characters
    excerpt = excerpt.substr(0, end);
  }
  return Text(excerpt) + (cut ? " …" : "");
}

// The passage that a span lies in, counted from 1; 0 where there is none.
size_t PassageOf(const Finding& finding, ByteSpan in_suspect) {
  size_t passage = 0;
  uint32_t most = 0;
  for (size_t i = 0; i < finding.passages.size(); ++i) {
    const uint32_t common = Overlap(finding.passages[i].suspect, in_suspect);
    if (common <= most) continue;
    most = common;
    passage = i + 1;
  }
  return passage;
}

// What shows a reason: excerpts of the suspect, else of the original. One in a passage leads to it.
std::string Places(const Report& report, size_t index, const html::Texts& texts, const ReasonSpans& spans) {
  const Finding& finding = report.findings[index];
  const bool in_suspect = !spans.suspect.empty();
  std::string items;
  size_t count = 0;
  for (const ByteSpan& span : in_suspect ? spans.suspect : spans.original) {
    const std::string excerpt = Excerpt(in_suspect ? report.suspect.text : finding.original.text, span);
    if (excerpt.empty()) continue;
    ++count;
    const size_t passage = in_suspect ? PassageOf(finding, span) : 0;
    const std::string quoted = "<q dir=\"auto\">" + excerpt + "</q>";
    items += "<li>" +
             (passage == 0 ? quoted
                           : "<a href=\"" + texts.LinkTo(Side::kSuspect, index, passage - 1) + "\" " +
                                 texts.AttributesOf(index, passage - 1) + ">" + quoted + "</a>") +
             "</li>\n";
  }
  if (count == 0) return "";
  return "<details class=\"places\"><summary>" + Count(count, "place") + " in the " +
         (in_suspect ? "suspect" : "original") + "</summary><ul>\n" + items + "</ul></details>";
}

// From the middle to the right for derivation, to the left against it.
std::string Beam(double weight, double largest) {
  const double share = std::fabs(weight) / (largest * 2);
  return html::Bar("beam", {weight > 0 ? html::BarPart{"for", 0.5, 0.5 + share, "", "", ""}
                                       : html::BarPart{"against", 0.5 - share, 0.5, "", "", ""}});
}

std::string Reasons(const Report& report, size_t index, const html::Texts& texts) {
  const Finding& finding = report.findings[index];
  if (finding.because.empty()) return "";
  std::vector<Reason> list = finding.because;
  std::stable_sort(list.begin(), list.end(), [](const Reason& a, const Reason& b) { return a.weight > b.weight; });
  double largest = 0;
  bool against = false;
  for (const Reason& reason : list) {
    largest = std::max(largest, std::fabs(reason.weight));
    against = against || reason.weight < 0;
  }
  std::string rows;
  for (const Reason& reason : list) {
    const std::string text = Text(reason.text.empty() ? reason.signal : reason.text);
    if (reason.weight == 0) {
      rows += "<li class=\"aside\"><span class=\"why\">" + text + "</span></li>\n";
      continue;
    }
    rows += "<li class=\"" + std::string(reason.weight > 0 ? "for" : "against") + "\"><div class=\"why\">" + text +
            Places(report, index, texts, reason.spans) + "</div>" + Beam(reason.weight, largest) +
            "<span class=\"weight\">" + Signed(reason.weight) + "</span></li>\n";
  }
  return "<section class=\"panel wide reasons\">\n<h3>Reasons for and against</h3>\n"
         "<p class=\"note\">What was found and its part in the evidence: to the right it speaks for derivation, to the "
         "left against it. What has no number is to be known about the texts." +
         std::string(against ? "" : " Nothing that was measured speaks against.") + "</p>\n<ul>\n" + rows +
         "</ul>\n</section>\n";
}

std::string Notices(const Report& report) {
  if (report.notices.empty()) return "";
  std::vector<std::string> rows;
  for (const Notice& notice : report.notices) {
    rows.push_back("<td>" + Text(notice.kind) + "</td><td class=\"state\">" + Text(notice.state) + "</td><td>" +
                   (notice.original.empty() ? "–" : Text(notice.original)) + "</td><td>" +
                   (notice.suspect.empty() ? "–" : Text(notice.suspect)) + "</td>");
  }
  return "<section class=\"panel\" id=\"" + std::string(html::kNoticesId) +
         "\">\n<h2>Notices of rights and authorship</h2>\n"
         "<p class=\"note\">What became of copyright lines, bylines, datelines and credits.</p>\n" +
         Table("Notices", "<th>Kind</th><th>State</th><th>Original</th><th>Suspect</th>", rows) + "</section>\n";
}

// The span with its context, its odd characters as badges.
std::string Example(const std::string& text, ByteSpan span) {
  constexpr size_t kContext = 28;  // bytes on either side
  const size_t end = std::min<size_t>(span.end, text.size());
  size_t from = span.begin > kContext ? span.begin - kContext : 0;
  size_t to = std::min(text.size(), end + kContext);
  const auto continues = [&](size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80;
  };
  // Whole words where a space is near, else at least whole characters.
  const size_t word = text.find(' ', from);
  if (from > 0 && word < span.begin) from = word + 1;
  const size_t last = text.rfind(' ', to);
  if (to < text.size() && last != std::string::npos && last > end) to = last;
  while (from > 0 && continues(from)) --from;
  while (continues(to)) ++to;
  std::string out = "<q>";
  const std::string_view view = text;
  html::AppendArticleText(out, view.substr(from, span.begin - from), false);
  out += "<span class=\"odd\">";
  html::AppendArticleText(out, view.substr(span.begin, end - span.begin), true);
  out += "</span>";
  html::AppendArticleText(out, view.substr(end, to - end), false);
  return out + "</q>";
}

// The hidden and non-ASCII characters in the spans of an alert, each by its name.
std::string OddCharacters(const std::string& text, const Alert& alert) {
  std::map<char32_t, uint32_t> counts;
  for (const ByteSpan& span : alert.spans) {
    const size_t end = std::min<size_t>(span.end, text.size());
    for (size_t at = span.begin; at < end;) {
      const Character character = CharacterAt(text, at);
      at += character.bytes.size();
      if (character.code >= 0x80 || IsHidden(character.code)) ++counts[character.code];
    }
  }
  constexpr size_t kMaxNames = 8;
  std::string out;
  size_t shown = 0;
  for (const auto& [code, count] : counts) {
    if (++shown > kMaxNames) break;
    out += (out.empty() ? "" : "; ") + Text(CharacterName(code)) + " ×" + Grouped(count);
  }
  return out;
}

std::string AlertExamples(const Report& report, const Alert& alert) {
  constexpr size_t kMaxExamples = 5;
  std::string examples;
  size_t shown = 0;
  for (const ByteSpan& span : alert.spans) {
    if (span.empty() || span.begin >= report.suspect.text.size()) continue;
    if (++shown > kMaxExamples) break;
    examples += "<li>" + Example(report.suspect.text, span) + "</li>\n";
  }
  return examples.empty() ? "" : "<ul class=\"examples\">\n" + examples + "</ul>\n";
}

// The alerts that are tricks, or those that are none.
std::string AlertsOfSort(const Report& report, bool tricks, std::string_view note) {
  std::string out;
  for (const Alert& alert : report.alerts) {
    if (IsTrickWithCharacters(alert.kind) != tricks) continue;
    if (out.empty()) out = "<p class=\"note\">" + std::string(note) + "</p>\n";
    out += "<h3>" + Text(AlertName(alert.kind)) + " <span class=\"count\">" + Grouped(alert.count) + "</span></h3>\n";
    const std::string characters = OddCharacters(report.suspect.text, alert);
    if (!characters.empty()) out += "<p class=\"chars\">" + characters + "</p>\n";
    out += AlertExamples(report, alert);
  }
  return out;
}

std::string Alerts(const Report& report) {
  if (report.alerts.empty()) return "";
  return "<section class=\"panel alerts\" id=\"" + std::string(html::kAlertsId) + "\">\n<h2>Alerts</h2>\n" +
         AlertsOfSort(report, true, "Tricks with characters in the suspect, which hide a copy from a plain search.") +
         AlertsOfSort(report, false,
                      "How the suspect was read: look at these places before you trust the words around them. They say "
                      "nothing against anybody.") +
         "</section>\n";
}

// "abc…, 4,666 bytes"; 0: how many is not known.
std::string Hash(const std::string& sha256, uint64_t bytes) {
  if (sha256.empty()) return "";
  return "<code>" + Text(sha256) + "</code>" + (bytes > 0 ? ", " + Count(bytes, "byte") : "");
}

std::string Identity(const ArticleCard& card) {
  return html::Terms({{"Title", Text(card.title)},
                      {"Id", Text(card.id)},
                      {"Version", card.version ? std::to_string(*card.version) : ""},
                      {"Address", html::Address(card.url)},
                      {"Site", Text(card.site)},
                      {"Published", Text(card.published)},
                      {"Fetched", Text(card.fetched)},
                      {"File", Text(html::SourceOf(card))},
                      {"SHA-256 of the file", Hash(card.file_sha256, 0)},
                      {"SHA-256 of the text", Hash(card.sha256, card.bytes)},
                      {"Text", Count(card.words, "word") + ", " + Count(card.bytes, "byte") + " in UTF-8"}});
}

std::string Identification(const Report& report) {
  std::string out =
      "<section class=\"identity\">\n<h2>Identification</h2>\n<div class=\"cards\">\n<div><h3>Suspect</h3><dl>\n" +
      Identity(report.suspect) + "</dl></div>\n";
  for (size_t i = 0; i < report.findings.size(); ++i) {
    const std::string number = report.findings.size() > 1 ? " " + std::to_string(i + 1) : "";
    out += "<div><h3>Original" + number + "</h3><dl>\n" + Identity(report.findings[i].original) + "</dl></div>\n";
  }
  out +=
      "<div><h3>This report</h3><dl>\n" +
      html::Terms({{"Report", "<code>" + ReportId(report, {}) + "</code>"},
                   {"Program", "unspin " + Text(report.version) + ", report format " + std::to_string(kReportFormat)},
                   {"Model", Text(report.model)},
                   {"Archive", report.archive ? "<code>" + Text(report.archive->fingerprint) + "</code>, " +
                                                    Count(report.archive->articles, "article")
                                              : "none: two texts were compared"},
                   {"Standing text", Text(MissingKnowledge(report))},
                   {"Set aside", Text(SetAside(report))},
                   {"Excluded", Text(ExcludedSentence(report))}}) +
      "</dl></div>\n</div>\n";
  return out + "<p class=\"caution\">" + Text(kCaution) + "</p>\n</section>\n";
}

// Of one finding: the figures and the map, and what stands behind them.
std::string InFigures(const Report& report, size_t index, const html::Texts& texts) {
  return Figures(report.findings[index]) + html::PassageMap(report, index, texts);
}

std::string InDetail(const Report& report, size_t index, const html::Texts& texts) {
  const Finding& finding = report.findings[index];
  return LicenceSection(finding, index + 1) + Shared(finding) + Credits(report, finding, index + 1) +
         WordBalance(report, finding.words) + Reasons(report, index, texts) + "<div class=\"panels\">\n" +
         Substitutions(finding) + Facts(finding, index + 1) + "</div>\n";
}

std::string Attributes(const Finding& finding, size_t number) {
  return " data-f=\"" + std::to_string(number) + "\" data-original-id=\"" + Text(finding.original.id) + "\"";
}

// The texts stand between the figures of the one finding and what is behind them; before all where there are several.
std::string Findings(const Report& report) {
  const html::Texts texts(report);
  if (report.findings.size() == 1) {
    const std::string of = Attributes(report.findings[0], 1);
    return "<article class=\"finding\" id=\"f1\"" + of + ">\n<h2>In figures</h2>\n" + InFigures(report, 0, texts) +
           "</article>\n" + texts.Render() + "<article class=\"finding\"" + of + ">\n<h2>In detail</h2>\n" +
           InDetail(report, 0, texts) + "</article>\n";
  }
  std::string out = texts.Render();
  for (size_t i = 0; i < report.findings.size(); ++i) {
    const Finding& finding = report.findings[i];
    const std::string version = html::VersionIfMany(report, finding.original).empty()
                                    ? ""
                                    : ", version " + std::to_string(*finding.original.version);
    out += "<details class=\"finding\" id=\"f" + std::to_string(i + 1) + "\"" + Attributes(finding, i + 1) +
           (i == 0 ? " open" : "") + "><summary><h2 dir=\"auto\">" + std::to_string(i + 1) + ". " +
           Text(Headline(finding.verdict, NameOf(finding.original))) + version + "</h2></summary>\n<p class=\"lede\">" +
           Meaning(finding.verdict) + "</p>\n" + InFigures(report, i, texts) + InDetail(report, i, texts) +
           "</details>\n";
  }
  return out;
}

}  // namespace

std::string_view ReportStyle() { return html::kReportCss; }
std::string_view ReportScript() { return html::kReportJs; }

std::string RenderHtmlFragment(const Report& report) {
  std::string out =
      "<main class=\"unspin-report\">\n" + html::MapPatterns(report) + html::Masthead(report) + Findings(report);
  const std::string panels = Alerts(report) + Notices(report) + Marks(report);
  if (!panels.empty()) out += "<div class=\"panels\">\n" + panels + "</div>\n";
  return out + Identification(report) + "<p class=\"hint\" role=\"status\" hidden></p>\n</main>\n";
}

std::string RenderHtml(const Report& report) {
  return html::Head(NameOf(report.suspect) + " – unspin", html::kReportJs) + RenderHtmlFragment(report) +
         html::Tail(html::kReportJs);
}

}  // namespace unspin
