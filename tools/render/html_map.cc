#include "render/html_map.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "render/html_chart.h"
#include "render/markup.h"
#include "render/wording.h"

namespace unspin::html {
namespace {

double BytesOf(const ArticleCard& card) {
  return static_cast<double>(std::max<uint64_t>(card.text.empty() ? card.bytes : card.text.size(), 1));
}

ByteSpan OnSide(const ReportPassage& passage, Side side) {
  return side == Side::kSuspect ? passage.suspect : passage.original;
}

// The bar of one side: a link per passage, hatching for masked text. One side is enough for the keyboard.
std::string SideBar(const Report& report, size_t finding, Side side, const Texts& texts) {
  const Finding& of = report.findings[finding];
  const ArticleCard& card = side == Side::kSuspect ? report.suspect : of.original;
  const double whole = BytesOf(card);
  std::vector<BarPart> parts;
  for (size_t i = 0; i < of.passages.size(); ++i) {
    const ByteSpan span = OnSide(of.passages[i], side);
    if (span.empty()) continue;
    parts.push_back({Name(of.passages[i].manner), span.begin / whole, span.end / whole,
                     PassageTitle(report, finding, i), texts.LinkTo(side, finding, i),
                     texts.AttributesOf(finding, i) + (side == Side::kOriginal ? " tabindex=\"-1\"" : "")});
  }
  for (const ByteSpan& span : card.masked) {
    if (!span.empty()) parts.push_back({"masked", span.begin / whole, span.end / whole, "", "", ""});
  }
  return "<div class=\"side-bar\" role=\"group\" aria-label=\"Passages in the " +
         std::string(side == Side::kSuspect ? "suspect" : "original") + "\">" + Bar("bar", parts) + "</div>\n";
}

// Polygons that join the passages of the two bars.
std::string Ribbons(const Report& report, size_t finding) {
  const Finding& of = report.findings[finding];
  const double top = 1000 / BytesOf(report.suspect);
  const double bottom = 1000 / BytesOf(of.original);
  std::string out = "<svg class=\"ribbons\" viewBox=\"0 0 1000 60\" preserveAspectRatio=\"none\" aria-hidden=\"true\">";
  for (size_t i = 0; i < of.passages.size(); ++i) {
    const ReportPassage& passage = of.passages[i];
    const auto point = [](double x, const char* y) { return Decimal(x, 1) + "," + y + " "; };
    out += "<polygon class=\"" + std::string(Name(passage.manner)) + "\" data-f=\"" + std::to_string(finding + 1) +
           "\" data-p=\"" + std::to_string(i + 1) + "\" points=\"" + point(passage.suspect.begin * top, "0") +
           point(passage.suspect.end * top, "0") + point(passage.original.end * bottom, "60") +
           point(passage.original.begin * bottom, "60") + "\"/>";
  }
  return out + "</svg>\n";
}

std::string PassageTable(const Report& report, size_t finding, const Texts& texts) {
  std::string out =
      "<details class=\"more\"><summary>The passages as a table</summary><p class=\"note\">Positions are bytes of each "
      "text as it was read, in UTF-8, from 0; the end is not included. The JSON report counts so with --offsets text; "
      "otherwise it counts in the record that the text was read from.</p>\n" +
      Scrolled("Passages") +
      "<table><thead><tr><th>Passage</th><th>Bytes of the suspect's text</th>"
      "<th>Bytes of the original's text</th><th>Manner</th><th class=\"n\">Rewritten</th></tr></thead><tbody>\n";
  const auto range = [](ByteSpan span) { return Grouped(span.begin) + "–" + Grouped(span.end); };
  const std::vector<ReportPassage>& passages = report.findings[finding].passages;
  for (size_t i = 0; i < passages.size(); ++i) {
    const ReportPassage& passage = passages[i];
    const auto cell = [&](Side side, ByteSpan span) {
      return "<td><a href=\"" + texts.LinkTo(side, finding, i) + "\" " + texts.AttributesOf(finding, i) + ">" +
             range(span) + "</a></td>";
    };
    out += "<tr><td>" + PassageLabel(report, finding, i) + "</td>" + cell(Side::kSuspect, passage.suspect) +
           cell(Side::kOriginal, passage.original) + "<td>" + Name(passage.manner) + ": " + Meaning(passage.manner) +
           "</td><td class=\"n\">" + Percent(passage.rewrite) + "</td></tr>\n";
  }
  return out + "</tbody></table></div></details>\n";
}

std::string Key(const Report& report, const Finding& finding) {
  std::string key;
  for (const Manner manner : {Manner::kCopy, Manner::kEdited, Manner::kSpun, Manner::kRewritten}) {
    const bool present = std::any_of(finding.passages.begin(), finding.passages.end(),
                                     [&](const ReportPassage& passage) { return passage.manner == manner; });
    if (present) key += "<li><i class=\"" + std::string(Name(manner)) + "\"></i>" + Meaning(manner) + "</li>";
  }
  if (!report.suspect.masked.empty() || !finding.original.masked.empty())
    key += "<li><i class=\"masked\"></i>not counted: quotations, notices and the like</li>";
  return "<ul class=\"key\">" + key + "</ul>\n";
}

}  // namespace

std::string PassageMap(const Report& report, size_t finding, const Texts& texts) {
  const Finding& of = report.findings[finding];
  if (of.passages.empty()) return "";
  return "<section class=\"map\">\n<h3>Where the text went</h3>\n<p class=\"note\">Both articles from beginning to "
         "end. Each block is a passage that they share; choose one to see it.</p>\n<p class=\"side\">Suspect · " +
         Percent(of.coverage.suspect) + " taken</p>\n" + SideBar(report, finding, Side::kSuspect, texts) +
         Ribbons(report, finding) + SideBar(report, finding, Side::kOriginal, texts) + "<p class=\"side\">Original · " +
         Percent(of.coverage.original) + " carried over</p>\n" + Key(report, of) +
         PassageTable(report, finding, texts) + "</section>\n";
}

}  // namespace unspin::html
