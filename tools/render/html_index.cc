#include <algorithm>
#include <cctype>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "render/html.h"
#include "render/markup.h"
#include "render/wording.h"

namespace unspin {
namespace {

// "./" in front, so that a file name such as "javascript:x" is not read as a scheme.
std::string PathAsAddress(std::string_view path) {
  constexpr std::string_view kPlain = "-._~/";
  std::string out = "./";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x80 && std::isalnum(byte)) || kPlain.find(c) != std::string_view::npos) {
      out += c;
    } else {
      constexpr char kHex[] = "0123456789ABCDEF";
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return out;
}

// What could not be checked; empty if nothing.
std::string SkippedRecords(std::span<const HtmlSkippedRecord> skipped) {
  if (skipped.empty()) return "";
  std::string out = "<section>\n<h2>" + Count(skipped.size(), "record") +
                    " not checked</h2>\n<div class=\"scroll\"><table class=\"index\"><thead><tr><th>Record</th>"
                    "<th>Why</th></tr></thead><tbody>\n";
  for (const HtmlSkippedRecord& record : skipped)
    out += "<tr><td>" + html::Text(record.location) + "</td><td>" + html::Text(record.problem) + "</td></tr>\n";
  return out + "</tbody></table></div>\n</section>\n";
}

}  // namespace

HtmlIndexEntry MakeHtmlIndexEntry(const Report& report, std::string file) {
  HtmlIndexEntry entry;
  entry.file = std::move(file);
  entry.suspect_id = report.suspect.id;
  entry.suspect_title = report.suspect.title;
  entry.verdict = report.summary.verdict;
  entry.probability = report.summary.probability;
  entry.rewrite = report.summary.rewrite.value_or(0);  // not shown where nothing was found
  entry.coverage = report.summary.coverage.value_or(0);
  if (!report.findings.empty()) entry.original = NameOf(report.findings.front().original);
  entry.originals = static_cast<uint32_t>(CountOriginals(report));
  entry.error = report.error.value_or("");
  return entry;
}

std::string RenderHtmlIndex(std::span<const HtmlIndexEntry> entries, std::span<const HtmlSkippedRecord> skipped) {
  std::vector<const HtmlIndexEntry*> order;
  std::map<Verdict, uint64_t> counts;
  for (const HtmlIndexEntry& entry : entries) {
    order.push_back(&entry);
    ++counts[entry.verdict];
  }
  std::stable_sort(order.begin(), order.end(), [](const HtmlIndexEntry* a, const HtmlIndexEntry* b) {
    return a->verdict != b->verdict ? a->verdict < b->verdict : a->probability > b->probability;
  });
  std::string out = html::Head("Articles checked – unspin") +
                    "<header class=\"mast\">\n<p class=\"kicker\"><span>unspin</span></p>\n<h1>" +
                    Count(entries.size(), "article") + " checked</h1>\n<ul class=\"counts\">\n";
  for (const auto& [verdict, count] : counts) {
    out += "<li><span class=\"verdict v-" + std::string(Name(verdict)) + "\">" + Name(verdict) + "</span> <strong>" +
           Grouped(count) + "</strong></li>\n";
  }
  out +=
      "</ul>\n</header>\n<main>\n<div class=\"scroll\"><table "
      "class=\"index\"><thead><tr><th>Suspect</th><th>Verdict</th>"
      "<th class=\"n\">Probability</th><th class=\"n\">Rewritten</th><th class=\"n\">Coverage</th><th>Original</th>"
      "</tr></thead><tbody>\n";
  for (const HtmlIndexEntry* entry : order) {
    const bool found = !entry->original.empty();
    const std::string name = entry->suspect_title.empty() ? entry->suspect_id : entry->suspect_title;
    out += "<tr><td><a href=\"" + PathAsAddress(entry->file) + "\">" + html::Text(name.empty() ? entry->file : name) +
           "</a>" +
           (entry->suspect_title.empty() ? "" : "<span class=\"id\">" + html::Text(entry->suspect_id) + "</span>") +
           "</td><td><span class=\"verdict v-" + Name(entry->verdict) + "\">" + Name(entry->verdict) +
           "</span></td><td class=\"n\">" + (found ? ProbabilityPercent(entry->probability) : "–") +
           "</td><td class=\"n\">" + (found ? Percent(entry->rewrite) : "–") + "</td><td class=\"n\">" +
           (found ? Percent(entry->coverage) : "–") + "</td><td>" +
           (found                  ? html::Text(entry->original)
            : entry->error.empty() ? "nothing found"
                                   : html::Text(entry->error)) +
           (entry->originals > 1 ? " <span class=\"id\">and " + Count(entry->originals - 1, "other") + "</span>" : "") +
           "</td></tr>\n";
  }
  return out + "</tbody></table></div>\n" + SkippedRecords(skipped) + "<p class=\"caution\">" + html::Text(kCaution) +
         "</p>\n</main>\n" + html::Tail();
}

}  // namespace unspin
