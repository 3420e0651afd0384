#include "render/json.h"

#include <algorithm>
#include <cstdio>
#include <string_view>
#include <utility>

#include <simdjson.h>

#include "render/article_json.h"
#include "render/json_writer.h"
#include "unspin/base/hash.h"
#include "unspin/json/json_parser.h"

namespace unspin {
namespace {

void Write(const RecordSpan& span, JsonWriter& json) {
  json.BeginArray();
  json.Number(span.begin);
  json.Number(span.end);
  json.EndArray();
}

// JSON that came with the article, without white space. A copied field that is not JSON is written as a string, so that
// it stays readable.
void WriteKept(const std::vector<std::pair<std::string, std::string>>& fields, JsonWriter& json) {
  JsonParser parser;
  json.Key("kept");
  json.BeginObject();
  for (auto field = fields.begin(); field != fields.end(); ++field) {
    const auto& [name, raw] = *field;
    // A field that was asked for twice is written once.
    if (std::any_of(fields.begin(), field, [&](const auto& earlier) { return earlier.first == name; })) continue;
    json.TextKey(name);
    simdjson::dom::element value;
    if (parser.Parse(raw).get(value)) {
      json.Text(raw);
    } else {
      json.Copied(simdjson::minify(value));
    }
  }
  json.EndObject();
}

void WriteReading(const Reading& reading, JsonWriter& json) {
  if (reading.chosen.empty() && (reading.charset.empty() || reading.charset == "utf-8")) return;
  json.Key("read");
  RenderReading(reading, json);
}

void Write(const ArticleCard& card, const std::vector<std::pair<std::string, std::string>>& kept, JsonWriter& json) {
  json.BeginObject();
  json.Field("id", card.id);
  if (card.version) json.Field("version", *card.version);
  json.FieldUnlessEmpty("title", card.title);
  json.FieldUnlessEmpty("url", card.url);
  json.FieldUnlessEmpty("site", card.site);
  json.FieldUnlessEmpty("published", card.published);
  json.FieldUnlessEmpty("fetched", card.fetched);
  if (!card.path.empty() || card.record) {
    json.Key("source");
    json.BeginObject();
    json.FieldUnlessEmpty("path", card.path);
    if (card.record) json.Field("record", *card.record);
    json.EndObject();
  }
  json.Field("bytes", card.bytes);
  json.Field("words", card.words);
  json.FieldUnlessEmpty("sha256", card.sha256);
  json.FieldUnlessEmpty("file_sha256", card.file_sha256);
  WriteReading(card.reading, json);
  RenderMarks(card.marks, json);
  if (!kept.empty()) WriteKept(kept, json);
  json.EndObject();
}

void Write(const Summary& summary, JsonWriter& json) {
  json.BeginObject();
  json.Field("verdict", Name(summary.verdict));
  json.FieldOrNull("extent", summary.extent ? Name(*summary.extent) : std::optional<const char*>());
  json.FieldOrNull("manner", summary.manner ? Name(*summary.manner) : std::optional<const char*>());
  json.Field("probability", summary.probability);
  json.FieldOrNull("coverage", summary.coverage);
  json.FieldOrNull("rewrite", summary.rewrite);
  json.Field("originals", summary.originals);
  json.EndObject();
}

void WriteSpans(std::string_view key, const std::vector<ByteSpan>& spans, const OffsetMap& map, JsonWriter& json) {
  json.Key(key);
  json.BeginArray();
  for (const ByteSpan& span : spans) {
    if (const auto converted = map.Convert(span)) Write(*converted, json);
  }
  json.EndArray();
}

void Write(const Alert& alert, const OffsetMap& map, JsonWriter& json) {
  json.BeginObject();
  json.Field("kind", alert.kind);
  json.Field("count", alert.count);
  WriteSpans("spans", alert.spans, map, json);
  json.EndObject();
}

void Write(const Notice& notice, const OffsetMap& map, JsonWriter& json) {
  json.BeginObject();
  json.Field("kind", notice.kind);
  json.Field("state", notice.state);
  json.FieldUnlessEmpty("original", notice.original);
  json.FieldUnlessEmpty("suspect", notice.suspect);
  if (const auto span = notice.span ? map.Convert(*notice.span) : std::nullopt) {
    json.Key("span");
    Write(*span, json);
  }
  json.EndObject();
}

void WritePassages(const Finding& finding, const OffsetMap& suspect, const OffsetMap& original, JsonWriter& json) {
  for (const ReportPassage& passage : finding.passages) {
    const auto in_suspect = suspect.Convert(passage.suspect);
    const auto in_original = original.Convert(passage.original);
    if (!in_suspect || !in_original) continue;
    json.BeginObject();
    json.Key("suspect");
    Write(*in_suspect, json);
    json.Key("original");
    Write(*in_original, json);
    json.Field("manner", Name(passage.manner));
    json.Field("rewrite", passage.rewrite);
    json.EndObject();
  }
}

void Write(const Substitution& substitution, JsonWriter& json) {
  json.BeginObject();
  json.Field("original", substitution.original);
  json.Field("suspect", substitution.suspect);
  json.Field("count", substitution.count);
  json.Field("evidence", Name(substitution.source));
  json.EndObject();
}

void Write(const Fact& fact, JsonWriter& json) {
  json.BeginObject();
  json.Field("kind", fact.kind);
  json.Field("original", fact.original);
  json.FieldUnlessEmpty("suspect", fact.suspect);
  json.Field("state", fact.state);
  json.EndObject();
}

void Write(const Reason& reason, const OffsetMap& suspect, const OffsetMap& original, JsonWriter& json) {
  json.BeginObject();
  json.Field("signal", reason.signal);
  json.Field("value", reason.value);
  json.Field("weight", reason.weight);
  json.Field("text", reason.text);
  if (!reason.spans.suspect.empty() || !reason.spans.original.empty()) {
    json.Key("spans");
    json.BeginObject();
    WriteSpans("suspect", reason.spans.suspect, suspect, json);
    WriteSpans("original", reason.spans.original, original, json);
    json.EndObject();
  }
  json.EndObject();
}

void Write(const WordCounts& words, JsonWriter& json) {
  json.BeginObject();
  json.Field("kept", words.kept);
  json.Field("inflected", words.inflected);
  json.Field("synonym", words.synonym);
  json.Field("replaced", words.replaced);
  json.Field("inserted", words.inserted);
  json.Field("deleted", words.deleted);
  json.Field("moved", words.moved);
  json.EndObject();
}

void Write(const SharedCounts& counts, JsonWriter& json) {
  json.BeginObject();
  json.Field("narration", counts.narration);
  json.Field("quotation", counts.quotation);
  json.Field("document", counts.document);
  json.Field("standing_text", counts.standing_text);
  json.Field("names_and_numbers", counts.names_and_numbers);
  json.EndObject();
}

void Write(const SharedWords& shared, JsonWriter& json) {
  json.BeginObject();
  json.Key("original");
  Write(shared.original, json);
  json.Key("suspect");
  Write(shared.suspect, json);
  json.EndObject();
}

void Write(const Credit& credit, const OffsetMap& suspect, JsonWriter& json) {
  json.BeginObject();
  json.Field("kind", credit.kind);
  json.Field("text", credit.text);
  if (const auto span = suspect.Convert(credit.span)) {
    json.Key("span");
    Write(*span, json);
  }
  json.EndObject();
}

void Write(const Licence& licence, JsonWriter& json) {
  json.BeginObject();
  json.Field("state", licence.state);
  json.Field("text", licence.text);
  json.FieldUnlessEmpty("rule", licence.rule);
  json.Key("terms");
  json.BeginArray();
  for (const LicenceTerm& term : licence.terms) {
    json.BeginObject();
    json.Field("name", term.name);
    json.Field("state", term.state);
    json.Field("text", term.text);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
}

template <typename List, typename WriteItem>
void WriteList(std::string_view key, const List& list, JsonWriter& json, const WriteItem& write_item) {
  json.Key(key);
  json.BeginArray();
  for (const auto& item : list) write_item(item);
  json.EndArray();
}

void Write(const Finding& finding, const OffsetMap& suspect, bool full, JsonWriter& json) {
  const auto write = [&](const auto& item) { Write(item, json); };
  const OffsetMap original(finding.original, suspect.unit());
  json.BeginObject();
  json.Key("original");
  Write(finding.original, {}, json);
  json.Field("verdict", Name(finding.verdict));
  json.Field("extent", Name(finding.extent));
  json.Field("manner", Name(finding.manner));
  json.Field("direction", Name(finding.direction));
  json.Field("probability", finding.probability);
  json.Field("evidence", finding.log10_likelihood_ratio);
  json.Field("rewrite", finding.rewrite);
  json.Field("distance", finding.distance);
  json.Key("coverage");
  json.BeginObject();
  json.Field("suspect", finding.coverage.suspect);
  json.Field("original", finding.coverage.original);
  json.EndObject();
  json.Key("words");
  Write(finding.words, json);
  json.Field("order_kept", finding.order_kept);
  json.Field("longest_verbatim_run", finding.longest_verbatim_run);
  json.Key("passages");
  json.BeginArray();
  if (full) WritePassages(finding, suspect, original, json);
  json.EndArray();
  WriteList("substitutions", full ? finding.substitutions : std::vector<Substitution>(), json, write);
  WriteList("facts", finding.facts, json, write);
  WriteList("because", finding.because, json, [&](const Reason& reason) { Write(reason, suspect, original, json); });
  json.Key("shared");
  Write(finding.shared, json);
  WriteList("credit", finding.credit, json, [&](const Credit& credit) { Write(credit, suspect, json); });
  if (finding.licence) {
    json.Key("licence");
    Write(*finding.licence, json);
  }
  json.EndObject();
}

void WriteSetAside(const std::string& id, JsonWriter& json) {
  json.BeginObject();
  json.Field("id", id);
  json.Field("why", "the suspect's own record");
  json.EndObject();
}

// What the spans of the report count, and in what.
void WriteCoordinates(OffsetUnit unit, JsonWriter& json) {
  json.Key("spans");
  json.BeginObject();
  json.Field("of", unit == OffsetUnit::kText ? "text" : "record");
  json.Field("unit", unit == OffsetUnit::kText ? Name(OffsetUnit::kByte) : Name(unit));
  json.EndObject();
}

constexpr size_t kIdSize = 32;  // hexadecimal digits of 128 bits

void WriteProgram(const Report& report, const JsonOptions& options, JsonWriter& json) {
  json.BeginObject();
  json.Field("version", report.version);
  json.Field("report_format", kReportFormat);
  json.Field("model", report.model);
  if (report.archive) {
    json.Key("archive");
    json.BeginObject();
    json.Field("fingerprint", report.archive->fingerprint);
    json.Field("articles", report.archive->articles);
    if (!report.archive->standing_text) json.Field("standing_text", false);
    json.EndObject();
  }
  WriteCoordinates(options.offsets, json);
  if (!options.options.empty()) {
    json.Key("options");
    json.Raw(options.options);
  }
  json.EndObject();
}

// The fields that the id is a hash of.
void WriteBody(const Report& report, const JsonOptions& options, JsonWriter& json) {
  const OffsetMap map(report.suspect, options.offsets);
  json.Key("suspect");
  Write(report.suspect, report.kept, json);
  json.Key("summary");
  Write(report.summary, json);
  WriteList("alerts", report.alerts, json, [&](const Alert& alert) { Write(alert, map, json); });
  WriteList("notices", report.notices, json, [&](const Notice& notice) { Write(notice, map, json); });
  WriteList("findings", report.findings, json,
            [&](const Finding& finding) { Write(finding, map, options.full, json); });
  if (!report.set_aside.empty())
    WriteList("set_aside", report.set_aside, json, [&](const std::string& id) { WriteSetAside(id, json); });
  if (report.error) json.Field("error", *report.error);
}

std::string Id(std::string_view body) {
  const Hash128Value hash = Hash128(body);
  char hex[kIdSize + 1];
  std::snprintf(hex, sizeof hex, "%016llx%016llx", static_cast<unsigned long long>(hash.high),
                static_cast<unsigned long long>(hash.low));
  return hex;
}

// The report, and the position of its id in it.
std::pair<std::string, size_t> Render(const Report& report, const JsonOptions& options) {
  JsonWriter json;
  json.BeginObject();
  json.Key("unspin");
  WriteProgram(report, options, json);
  json.Field("id", std::string(kIdSize, '0'));
  const size_t id_end = json.size();  // behind the closing quote
  WriteBody(report, options, json);
  json.EndObject();
  std::string line = json.Take();
  // The id is the hash of the body as an object of its own: a brace replaces the comma while it is computed.
  const char comma = std::exchange(line[id_end], '{');
  const size_t id_begin = id_end - 1 - kIdSize;
  line.replace(id_begin, kIdSize, Id(std::string_view(line).substr(id_end)));
  line[id_end] = comma;
  return {std::move(line), id_begin};
}

}  // namespace

std::string RenderJson(const Report& report, const JsonOptions& options) { return Render(report, options).first; }

std::string ReportId(const Report& report, const JsonOptions& options) {
  const auto [line, id_begin] = Render(report, options);
  return line.substr(id_begin, kIdSize);
}

}  // namespace unspin
