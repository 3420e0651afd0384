#include "server/desk_json.h"

#include <map>
#include <optional>
#include <string_view>

#include "render/findings_csv.h"

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
  TextOrNull("licence_text", row.licence_text, json);
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

// Reports call a body without an id "-" or "-#1"; in a table such a name says nothing.
std::string IdCell(const std::string& id) { return id.starts_with('-') ? "" : CsvTextCell(id); }

std::string Cell(const std::string& text) { return text.empty() ? "" : CsvTextCell(text); }

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

void WriteLicenceRule(const StoredLicence& rule, JsonWriter& json) {
  json.BeginObject();
  json.Field("id", rule.id);
  json.Field("site", rule.what.site);
  TextOrNull("original", rule.what.original, json);
  TextOrNull("from", rule.what.from, json);
  TextOrNull("to", rule.what.to, json);
  json.Field("state", rule.what.state);
  json.Field("may_alter", rule.what.may_alter);
  json.Field("credit", rule.what.credit);
  json.Field("link", rule.what.link);
  json.Field("embargo_hours", rule.what.embargo_hours);
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
  json.Field("bad", job.progress.bad);
  json.Key("bad_examples");
  json.BeginArray();
  for (const std::string& example : job.progress.bad_examples) json.Text(example);
  json.EndArray();
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

// The byte order mark tells Excel that the table is UTF-8.
const char* const kCaseCsvHeader =
    "\xef\xbb\xbf"
    "id,state,decision,reason,verdict,probability,coverage_original,coverage_suspect,rewrite,site,url,title,"
    "suspect_id,original_id,original_title,licence,assignee,published,created,updated,report,erased,name,file_"
    "sha256,licence_text\r\n";

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
                               IdCell(row.suspect_id),
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
                               Cell(row.file_sha256),
                               Cell(row.licence_text)};
  std::string line;
  for (const std::string& cell : cells) line += (line.empty() ? "" : ",") + cell;
  return line + "\r\n";
}

}  // namespace unspin::server
