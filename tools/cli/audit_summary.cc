#include "cli/audit_summary.h"

#include <algorithm>

#include "cli/result_file.h"
#include "render/json_writer.h"
#include "render/text_page.h"
#include "render/visible.h"
#include "render/wording.h"
#include "unspin/engine/engine.h"
#include "unspin/report/report.h"

namespace unspin::cli {
namespace {

constexpr double kConfidence = 0.95;  // of the intervals of PrecisionOf

template <typename Counts, typename IsListed>
void WriteByVerdict(std::string_view key, const Counts& counts, const IsListed& is_listed, JsonWriter& json) {
  json.Key(key);
  json.BeginObject();
  for (size_t i = 0; i < kVerdicts; ++i) {
    if (is_listed(static_cast<Verdict>(i))) json.Field(Name(static_cast<Verdict>(i)), counts[i]);
  }
  json.EndObject();
}

std::optional<double> Share(double part, uint64_t whole) {
  return whole == 0 ? std::nullopt : std::optional(part / static_cast<double>(whole));
}

void WriteLicences(const AuditCounts& counts, JsonWriter& json) {
  if (counts.has_licences()) {
    json.Key("by_licence");
    json.BeginObject();
    for (size_t i = 0; i < kLicenceStates.size(); ++i) json.Field(kLicenceStates[i], counts.licences_of[i]);
    json.EndObject();
    json.Field("with_broken_term", counts.broken_terms);
  }
}

void WriteFindings(const AuditCounts& counts, JsonWriter& json) {
  json.Key("findings");
  json.BeginObject();
  json.Field("named", counts.findings());
  WriteByVerdict("by_verdict", counts.findings_of, NamesOriginal, json);
  json.Field("expected_false", counts.expected_false);
  json.FieldOrNull("expected_false_share", Share(counts.expected_false, counts.findings()));
  WriteLicences(counts, json);
  json.EndObject();
}

void WriteSites(const AuditSummary::Run& run, JsonWriter& json) {
  json.Key("sites");
  json.BeginArray();
  for (const auto& [name, counts] : run.sites) {
    json.BeginObject();
    json.FieldOrNull("site", name.empty() ? std::nullopt : std::optional(name));
    json.Field("suspects", counts.suspects);
    WriteFindings(counts, json);
    json.EndObject();
  }
  json.EndArray();
  if (run.other_sites.suspects == 0) return;
  json.Key("other_sites");
  json.BeginObject();
  json.Field("suspects", run.other_sites.suspects);
  WriteFindings(run.other_sites, json);
  json.EndObject();
}

void WriteRun(const AuditSummary::Run& run, JsonWriter& json) {
  const AuditCounts& counts = run.counts;
  json.Field("suspects", counts.suspects);
  json.Field("bad_records", run.bad_records);
  WriteByVerdict("verdicts", counts.suspects_of, [](Verdict) { return true; }, json);
  WriteFindings(counts, json);
  json.Key("far_apart");
  json.BeginObject();
  json.Field("named", counts.far_apart);
  json.Field("over_days", kMaxDaysApart);
  json.Field("dated", counts.dated);
  json.FieldOrNull("dated_share", Share(static_cast<double>(counts.dated), counts.findings()));
  json.Field("means",
             "a lower bound of the false findings: news is seldom copied that late, and false findings whose "
             "articles appeared closer together, or lack a date, are not counted");
  json.EndObject();
  WriteSites(run, json);
}

void Write(const Precision& precision, JsonWriter& json) {
  json.BeginObject();
  json.Field("findings", precision.findings);
  json.Field("derived", precision.derived);
  json.Field("innocent", precision.innocent);
  json.Field("unsure", precision.unsure);
  json.Field("of_unread_strata", precision.unknown);
  json.FieldOrNull("estimate", precision.estimate);
  json.Field("low", precision.low);
  json.Field("high", precision.high);
  json.EndObject();
}

void WritePrecision(const Readings& readings, JsonWriter& json) {
  json.Key("precision");
  json.BeginObject();
  json.Field("confidence", kConfidence);
  json.Field("unread", readings.unread);
  json.Key("all");
  Write(readings.all, json);
  json.Key("by_verdict");
  json.BeginObject();
  for (size_t i = 0; i < kVerdicts; ++i) {
    if (readings.of[i].findings == 0) continue;
    json.Key(Name(static_cast<Verdict>(i)));
    Write(readings.of[i], json);
  }
  json.EndObject();
  json.EndObject();
}

std::string InWords(const Precision& precision) {
  constexpr int kDigits = 2;  // more than a sample of some hundred can carry
  if (!precision.estimate) return "unknown";
  return Decimal(*precision.estimate, kDigits) + " (" + Decimal(precision.low, kDigits) + " to " +
         Decimal(precision.high, kDigits) + ")";
}

}  // namespace

bool WriteAuditSummary(const std::string& path, const AuditSummary& summary) {
  JsonWriter json;
  json.BeginObject();
  json.Key("unspin");
  json.BeginObject();
  json.Field("version", kVersion);
  if (summary.run) {
    json.Key("archive");
    json.BeginObject();
    json.Field("fingerprint", summary.run->archive);
    json.Field("articles", summary.run->archive_articles);
    json.EndObject();
  }
  json.EndObject();
  if (summary.run) WriteRun(*summary.run, json);
  if (summary.readings) WritePrecision(*summary.readings, json);
  json.EndObject();
  const std::string line = json.Take() + "\n";
  return WriteResults(path, [&](ResultFile& out) {
    out.Write(line);
    return absl::OkStatus();
  });
}

std::string LargestSitesInWords(const SiteCounts& counts) {
  constexpr size_t kMaxLines = 10, kMaxColumns = 60;  // of the name
  constexpr int kDigits = 1;
  AuditCounts others;
  std::vector<CountedSite> sites = counts.Largest(kMaxLines, others);
  std::erase_if(sites, [](const CountedSite& site) { return site.counts.findings() == 0; });
  if (std::all_of(sites.begin(), sites.end(), [](const CountedSite& site) { return site.name.empty(); })) return "";
  std::string table = "  findings   suspects  expected false  site of the suspect\n";
  const auto right = [](const std::string& cell, size_t width) {
    return std::string(width - std::min(width, cell.size()), ' ') + cell;
  };
  for (const auto& [name, of] : sites) {
    const std::string shown = name.empty() ? "(unknown)" : Cut(Visible(name), kMaxColumns);
    table += right(Grouped(of.findings()), 10) + right(Grouped(of.suspects), 11) +
             right(Decimal(of.expected_false, kDigits), 16) + "  " + shown + "\n";
  }
  return table;
}

std::string LicencesInWords(const AuditCounts& counts) {
  if (!counts.has_licences()) return "";
  std::string words;
  for (size_t i = 0; i < kLicenceStates.size(); ++i) {
    if (counts.licences_of[i] == 0) continue;
    words += (words.empty() ? "licence of the findings: " : ", ") + std::string(kLicenceStates[i]) + " " +
             Grouped(counts.licences_of[i]);
  }
  if (counts.broken_terms > 0) words += "; " + Count(counts.broken_terms, "finding") + " with a broken term";
  return words;
}

std::string PrecisionInWords(const Readings& readings) {
  const uint64_t decided = readings.all.derived + readings.all.innocent;
  std::string words = Grouped(decided) + " of " + Count(readings.all.findings, "finding") + " read, " +
                      Grouped(readings.all.unsure) + " unsure: precision " + InWords(readings.all);
  for (size_t i = 0; i < kVerdicts; ++i) {
    if (readings.of[i].findings > 0)
      words += std::string(", ") + Name(static_cast<Verdict>(i)) + " " + InWords(readings.of[i]);
  }
  return words;
}

}  // namespace unspin::cli
