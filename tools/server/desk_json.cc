#include "server/desk_json.h"

#include <map>
#include <optional>
#include <string_view>

namespace unspin::server {
namespace {

void TextOrNull(std::string_view key, const std::string& text, JsonWriter& json) {
  if (!text.empty()) return json.Field(key, text);
  json.Key(key);
  json.Raw("null");
}

void WriteCounts(std::string_view key, const std::map<std::string, int64_t>& counts, JsonWriter& json) {
  json.Key(key);
  json.BeginObject();
  for (const auto& [word, count] : counts) {
    json.TextKey(word);
    json.Number(count);
  }
  json.EndObject();
}

void WriteCaseFields(const CaseRow& row, JsonWriter& json) {
  json.Field("id", row.id);
  json.Field("revision", row.revision);
  json.Field("state", row.state);
  json.Field("decision", row.decision);
  TextOrNull("reason", row.reason, json);
  json.Field("verdict", row.verdict);
  json.Field("probability", row.probability);
  json.FieldOrNull("coverage_original", row.coverage_original);
  json.FieldOrNull("coverage_suspect", row.coverage_suspect);
  json.FieldOrNull("rewrite", row.rewrite);
  TextOrNull("site", row.site, json);
  TextOrNull("url", row.url, json);
  TextOrNull("title", row.title, json);
  TextOrNull("suspect_id", row.suspect_id, json);
  TextOrNull("original_id", row.original_id, json);
  TextOrNull("original_title", row.original_title, json);
  json.Field("licence", row.licence);
  TextOrNull("assignee", row.assignee, json);
  TextOrNull("published", row.published, json);
  json.Field("created", row.created);
  json.Field("updated", row.updated);
  TextOrNull("report", row.report, json);
  json.Field("erased", row.erased);
  TextOrNull("name", row.name, json);
  TextOrNull("file_sha256", row.file_sha256, json);
  TextOrNull("text_sha256", row.text_sha256, json);
  json.FieldOrNull("audit", row.audit == 0 ? std::nullopt : std::optional(row.audit));
}

bool IsOneOf(char c, std::string_view signs) { return signs.find(c) != std::string_view::npos; }

// Excel and others run a cell that begins with one of some signs as a formula. Where a language writes numbers with
// commas, they cut a line at semicolons, also within quotation marks that stand in the middle of a cell so cut.
std::string WithoutFormulas(std::string_view text) {
  std::string safe;
  bool begins = true;  // a cell, but for quotation marks
  for (const char c : text) {
    if (begins && IsOneOf(c, "=+-@")) safe += '\'';
    safe += c;
    begins = IsOneOf(c, ";\t\r\n") || (begins && c == '"');
  }
  if (!text.empty() && IsOneOf(text.front(), "\t\r\n")) safe.insert(0, 1, '\'');
  return safe;
}

// A cell of a table.
std::string Cell(std::string_view text) {
  const std::string cell = WithoutFormulas(text);
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string Cell(const std::optional<double>& number) {
  if (!number) return "";
  JsonWriter digits;
  digits.Real(*number);
  return digits.Take();
}

}  // namespace

void WriteCaseRow(const CaseRow& row, JsonWriter& json) {
  json.BeginObject();
  WriteCaseFields(row, json);
  json.EndObject();
}

void WriteExclusion(const Exclusion& exclusion, JsonWriter& json) {
  json.BeginObject();
  json.Field("number", exclusion.number);
  json.Field("kind", exclusion.what.kind);
  if (exclusion.what.end > exclusion.what.begin) {
    json.Key("span");
    json.BeginArray();
    json.Number(exclusion.what.begin);
    json.Number(exclusion.what.end);
    json.EndArray();
  }
  json.FieldUnlessEmpty("original", exclusion.what.original);
  json.Field("reason", exclusion.what.reason);
  json.Field("person", exclusion.person);
  json.Field("time", exclusion.time);
  TextOrNull("undone", exclusion.undone, json);
  TextOrNull("undone_by", exclusion.undone_by, json);
  json.EndObject();
}

void WriteHistoryRow(const HistoryRow& row, JsonWriter& json) {
  json.BeginObject();
  json.Field("seq", row.seq);
  json.Field("time", row.time);
  json.Field("person", row.person);
  json.Field("action", row.action);
  json.Key("details");
  json.Raw(row.details.empty() ? "{}" : row.details);
  json.EndObject();
}

void WriteSiteCard(const SiteCard& card, JsonWriter& json) {
  json.BeginObject();
  json.Field("site", card.site);
  json.Field("cases", card.cases);
  WriteCounts("by_verdict", card.by_verdict, json);
  WriteCounts("by_decision", card.by_decision, json);
  json.Field("originals", card.originals);
  TextOrNull("first", card.first, json);
  TextOrNull("last", card.last, json);
  json.Field("licence", card.licence);
  json.EndObject();
}

void WriteOriginalCase(const OriginalCase& row, JsonWriter& json) {
  json.BeginObject();
  json.Key("case");
  WriteCaseRow(row.row, json);
  json.Field("probability", row.probability);
  json.Field("verdict", row.verdict);
  json.FieldOrNull("coverage_original", row.coverage_original);
  json.EndObject();
}

void WriteLicenceRule(const LicenceRule& rule, JsonWriter& json) {
  json.BeginObject();
  json.Field("id", rule.id);
  json.Field("site", rule.what.site);
  TextOrNull("from", rule.what.from, json);
  TextOrNull("to", rule.what.to, json);
  TextOrNull("note", rule.what.note, json);
  TextOrNull("source", rule.what.source, json);
  json.Field("person", rule.person);
  json.Field("created", rule.created);
  json.EndObject();
}

void WriteAuditJob(const AuditJob& job, JsonWriter& json) {
  json.BeginObject();
  json.Field("id", job.id);
  json.Field("name", job.what.name);
  json.Field("state", job.state);
  json.Field("suspects", job.progress.suspects);
  json.Field("bytes_done", job.progress.bytes_done);
  json.Field("bytes_total", job.progress.bytes_total > 0 ? job.progress.bytes_total : job.what.bytes_total);
  WriteCounts("by_verdict", job.progress.by_verdict, json);
  json.Field("created", job.created);
  TextOrNull("started", job.started, json);
  TextOrNull("ended", job.ended, json);
  TextOrNull("error", job.error, json);
  json.Field("person", job.person);
  json.EndObject();
}

void WriteLogCheck(const LogCheck& check, JsonWriter& json) {
  json.BeginObject();
  json.Field("events", check.events);
  json.Field("whole", check.whole);
  TextOrNull("problem", check.problem, json);
  json.Key("head");
  json.BeginObject();
  json.Field("seq", check.head.seq);
  json.Field("hash", check.head.hash);
  json.EndObject();
  json.EndObject();
}

void WriteChange(const Change& change, JsonWriter& json) {
  json.BeginObject();
  json.Field("seq", change.seq);
  json.Field("id", change.id);
  json.Field("action", change.action);
  json.Field("person", change.person);
  json.EndObject();
}

std::string CaseJson(const Case& of) {
  JsonWriter json;
  json.BeginObject();
  json.Key("case");
  WriteCaseRow(of.row, json);
  json.Key("report");
  json.Raw(of.report.empty() ? "null" : of.report);
  json.Key("exclusions");
  json.BeginArray();
  for (const Exclusion& exclusion : of.exclusions) WriteExclusion(exclusion, json);
  json.EndArray();
  json.Key("history");
  json.BeginArray();
  for (const HistoryRow& row : of.history) WriteHistoryRow(row, json);
  json.EndArray();
  json.EndObject();
  return json.Take();
}

const char* const kCaseCsvHeader =
    "id,state,decision,reason,verdict,probability,coverage_original,coverage_suspect,rewrite,site,url,title,"
    "suspect_id,original_id,original_title,licence,assignee,published,created,updated,report,erased,name,file_"
    "sha256\r\n";

std::string CaseCsvLine(const CaseRow& row) {
  const std::string cells[] = {std::to_string(row.id),
                               Cell(row.state),
                               Cell(row.decision),
                               Cell(row.reason),
                               Cell(row.verdict),
                               Cell(std::optional(row.probability)),
                               Cell(row.coverage_original),
                               Cell(row.coverage_suspect),
                               Cell(row.rewrite),
                               Cell(row.site),
                               Cell(row.url),
                               Cell(row.title),
                               Cell(row.suspect_id),
                               Cell(row.original_id),
                               Cell(row.original_title),
                               Cell(row.licence),
                               Cell(row.assignee),
                               Cell(row.published),
                               Cell(row.created),
                               Cell(row.updated),
                               Cell(row.report),
                               row.erased ? "true" : "false",
                               Cell(row.name),
                               Cell(row.file_sha256)};
  std::string line;
  for (const std::string& cell : cells) line += (line.empty() ? "" : ",") + cell;
  return line + "\r\n";
}

}  // namespace unspin::server
