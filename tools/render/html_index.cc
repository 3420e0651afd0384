#include <algorithm>
#include <cctype>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "render/html.h"
#include "render/html_header.h"
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

// A column of the table. The script sorts by `data-v` of the cells where they have it, else by their text.
struct Column {
  std::string_view name;
  bool number;
};

constexpr Column kColumns[] = {{"Suspect", false},  {"Site", false},    {"Verdict", false}, {"Probability", true},
                               {"Rewritten", true}, {"Coverage", true}, {"Original", false}};
constexpr Column kSkippedColumns[] = {{"Record", false}, {"Why", false}};

std::string HeadRow(std::span<const Column> columns) {
  std::string out = "<thead><tr>";
  for (const Column& column : columns)
    out += std::string("<th scope=\"col\"") + (column.number ? " class=\"n\"" : "") + ">" + std::string(column.name) +
           "</th>";
  return out + "</tr></thead>";
}

// `sorts_by`: the value to sort by; empty: the text that is shown. On a phone the cell stands under the column's name.
std::string Cell(const Column& column, const std::string& markup, const std::string& sorts_by = "") {
  return std::string("<td data-name=\"") + std::string(column.name) + "\"" + (column.number ? " class=\"n\"" : "") +
         (sorts_by.empty() ? "" : " data-v=\"" + sorts_by + "\"") + ">" + markup + "</td>";
}

// What could not be checked; empty if nothing.
std::string SkippedRecords(std::span<const HtmlSkippedRecord> skipped) {
  if (skipped.empty()) return "";
  std::string out = "<section>\n<h2>" + Count(skipped.size(), "record") + " not checked</h2>\n<table class=\"index\">" +
                    HeadRow(kSkippedColumns) + "<tbody>\n";
  for (const HtmlSkippedRecord& record : skipped) {
    out += "<tr>" + Cell(kSkippedColumns[0], html::Text(record.location)) +
           Cell(kSkippedColumns[1], html::Text(record.problem)) + "</tr>\n";
  }
  return out + "</tbody></table>\n</section>\n";
}

std::string Small(const std::string& markup) {
  return markup.empty() ? "" : "<span class=\"id\">" + markup + "</span>";
}

// The suspect by title, with what tells it from others: its file and record, and its address.
std::string SuspectCell(const HtmlIndexEntry& entry) {
  const std::string name = !entry.suspect_title.empty() ? entry.suspect_title : entry.suspect_id;
  const bool says_where = entry.source.empty() || entry.suspect_id == entry.source;
  return "<a href=\"" + PathAsAddress(entry.file) + "\">" + html::Text(name.empty() ? entry.file : name) + "</a>" +
         (entry.suspect_title.empty() ? "" : Small(html::Text(entry.suspect_id))) +
         (says_where ? "" : Small("File " + html::Text(entry.source))) + Small(html::Address(entry.address));
}

std::string OriginalCell(const HtmlIndexEntry& entry) {
  if (entry.original.empty()) return entry.error.empty() ? "nothing found" : html::Text(entry.error);
  return html::Text(entry.original) +
         (entry.originals > 1 ? Small("and " + Count(entry.originals - 1, "other")) : std::string());
}

std::string Row(const HtmlIndexEntry& entry) {
  const bool found = !entry.original.empty();
  const auto share = [&](size_t column, double value, const std::string& shown) {
    return Cell(kColumns[column], found ? shown : "–", found ? Decimal(value, 6) : "-1");
  };
  return "<tr>" + Cell(kColumns[0], SuspectCell(entry)) + Cell(kColumns[1], html::Text(entry.site)) +
         Cell(kColumns[2],
              "<span class=\"verdict v-" + std::string(Name(entry.verdict)) + "\">" + Name(entry.verdict) + "</span>",
              std::to_string(static_cast<int>(entry.verdict))) +
         share(3, entry.probability, ProbabilityPercent(entry.probability)) +
         share(4, entry.rewrite, Percent(entry.rewrite)) + share(5, entry.coverage, Percent(entry.coverage)) +
         Cell(kColumns[6], OriginalCell(entry)) + "</tr>\n";
}

}  // namespace

HtmlIndexEntry MakeHtmlIndexEntry(const Report& report, std::string file) {
  HtmlIndexEntry entry;
  entry.file = std::move(file);
  entry.suspect_id = report.suspect.id;
  entry.suspect_title = report.suspect.title;
  entry.address = report.suspect.url;
  entry.site = report.suspect.site;
  entry.source = html::SourceOf(report.suspect);
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
  std::string out =
      html::Head("Articles checked – unspin", html::kIndexJs) +
      "<main class=\"unspin-report\">\n<header class=\"mast\">\n<p class=\"kicker\"><span>unspin</span></p>\n"
      "<h1>" +
      Count(entries.size(), "article") + " checked</h1>\n<ul class=\"counts\">\n";
  for (const auto& [verdict, count] : counts) {
    out += "<li><span class=\"verdict v-" + std::string(Name(verdict)) + "\">" + Name(verdict) + "</span> <strong>" +
           Grouped(count) + "</strong></li>\n";
  }
  out += "</ul>\n</header>\n<table class=\"index\">" + HeadRow(kColumns) + "<tbody>\n";
  for (const HtmlIndexEntry* entry : order) out += Row(*entry);
  return out + "</tbody></table>\n" + SkippedRecords(skipped) + "<p class=\"caution\">" + html::Text(kCaution) +
         "</p>\n</main>\n" + html::Tail(html::kIndexJs);
}

}  // namespace unspin
