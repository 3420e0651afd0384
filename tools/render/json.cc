#include "render/json.h"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "unspin/base/hash.h"

namespace unspin {
namespace {

using Json = nlohmann::ordered_json;

// Digits that differ between machines never reach the report: the last of a double's sixteen or so may.
constexpr int kSignificantDigits = 6;
constexpr double kLargest = 1e300;

double Stable(double value) {
  if (std::isnan(value)) return 0;
  if (std::isinf(value)) return value > 0 ? kLargest : -kLargest;
  char digits[64];
  const auto end =
      std::to_chars(digits, digits + sizeof digits, value, std::chars_format::scientific, kSignificantDigits - 1).ptr;
  double rounded = 0;
  std::from_chars(digits, end, rounded);
  return rounded == 0 ? 0 : rounded;  // no negative zero
}

std::string Dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

void SetUnlessEmpty(Json& object, const char* key, const std::string& value) {
  if (!value.empty()) object[key] = value;
}

Json Span(const RecordSpan& span) { return Json::array({span.begin, span.end}); }

Json Card(const ArticleCard& card) {
  Json json = Json::object();
  json["id"] = card.id;
  if (card.version) json["version"] = *card.version;
  SetUnlessEmpty(json, "title", card.title);
  SetUnlessEmpty(json, "url", card.url);
  SetUnlessEmpty(json, "site", card.site);
  SetUnlessEmpty(json, "published", card.published);
  SetUnlessEmpty(json, "fetched", card.fetched);
  Json source = Json::object();
  SetUnlessEmpty(source, "path", card.path);
  if (card.record) source["record"] = *card.record;
  if (!source.empty()) json["source"] = std::move(source);
  json["bytes"] = card.bytes;
  json["words"] = card.words;
  SetUnlessEmpty(json, "sha256", card.sha256);
  return json;
}

// A copied field that is not JSON after all stays readable, as a string.
Json Kept(const std::vector<std::pair<std::string, std::string>>& fields) {
  Json json = Json::object();
  for (const auto& [name, raw] : fields) {
    Json value = Json::parse(raw, nullptr, /*allow_exceptions=*/false);
    json[name] = value.is_discarded() ? Json(raw) : std::move(value);
  }
  return json;
}

Json Summary(const unspin::Summary& summary) {
  return {{"verdict", Name(summary.verdict)},     {"extent", Name(summary.extent)},
          {"manner", Name(summary.manner)},       {"probability", Stable(summary.probability)},
          {"coverage", Stable(summary.coverage)}, {"rewrite", Stable(summary.rewrite)},
          {"originals", summary.originals}};
}

Json Alerts(const std::vector<Alert>& alerts, const OffsetMap& map) {
  Json list = Json::array();
  for (const Alert& alert : alerts) {
    Json spans = Json::array();
    for (const ByteSpan& span : alert.spans) {
      if (const auto place = map.Convert(span)) spans.push_back(Span(*place));
    }
    list.push_back({{"kind", alert.kind}, {"count", alert.count}, {"spans", std::move(spans)}});
  }
  return list;
}

Json Notices(const std::vector<Notice>& notices, const OffsetMap& map) {
  Json list = Json::array();
  for (const Notice& notice : notices) {
    Json json = {{"kind", notice.kind}, {"state", notice.state}};
    SetUnlessEmpty(json, "original", notice.original);
    SetUnlessEmpty(json, "suspect", notice.suspect);
    if (const auto place = notice.span ? map.Convert(*notice.span) : std::nullopt) json["span"] = Span(*place);
    list.push_back(std::move(json));
  }
  return list;
}

Json Passages(const Finding& finding, const OffsetMap& suspect) {
  const OffsetMap original(finding.original, suspect.unit());
  Json list = Json::array();
  for (const ReportPassage& passage : finding.passages) {
    const auto in_suspect = suspect.Convert(passage.suspect);
    const auto in_original = original.Convert(passage.original);
    if (!in_suspect || !in_original) continue;
    list.push_back({{"suspect", Span(*in_suspect)},
                    {"original", Span(*in_original)},
                    {"manner", Name(passage.manner)},
                    {"rewrite", Stable(passage.rewrite)}});
  }
  return list;
}

Json Substitutions(const std::vector<Substitution>& substitutions) {
  Json list = Json::array();
  for (const Substitution& substitution : substitutions) {
    list.push_back({{"original", substitution.original},
                    {"suspect", substitution.suspect},
                    {"count", substitution.count},
                    {"evidence", Name(substitution.evidence)}});
  }
  return list;
}

Json Facts(const std::vector<Fact>& facts) {
  Json list = Json::array();
  for (const Fact& fact : facts) {
    Json json = {{"kind", fact.kind}, {"original", fact.original}};
    SetUnlessEmpty(json, "suspect", fact.suspect);
    json["state"] = fact.state;
    list.push_back(std::move(json));
  }
  return list;
}

Json Because(const std::vector<Reason>& reasons) {
  Json list = Json::array();
  for (const Reason& reason : reasons) {
    list.push_back({{"signal", reason.signal},
                    {"value", Stable(reason.value)},
                    {"weight", Stable(reason.weight)},
                    {"text", reason.text}});
  }
  return list;
}

Json Words(const WordCounts& words) {
  return {{"kept", words.kept},         {"inflected", words.inflected}, {"synonym", words.synonym},
          {"replaced", words.replaced}, {"inserted", words.inserted},   {"deleted", words.deleted},
          {"moved", words.moved}};
}

Json Finding(const unspin::Finding& finding, const OffsetMap& suspect, bool full) {
  Json json = Json::object();
  json["original"] = Card(finding.original);
  json["verdict"] = Name(finding.verdict);
  json["extent"] = Name(finding.extent);
  json["manner"] = Name(finding.manner);
  json["direction"] = Name(finding.direction);
  json["probability"] = Stable(finding.probability);
  json["evidence"] = Stable(finding.evidence);
  json["rewrite"] = Stable(finding.rewrite);
  json["distance"] = Stable(finding.distance);
  json["coverage"] = {{"suspect", Stable(finding.coverage.suspect)}, {"original", Stable(finding.coverage.original)}};
  json["words"] = Words(finding.words);
  json["order_kept"] = Stable(finding.order_kept);
  json["longest_verbatim_run"] = finding.longest_verbatim_run;
  json["passages"] = full ? Passages(finding, suspect) : Json::array();
  json["substitutions"] = full ? Substitutions(finding.substitutions) : Json::array();
  json["facts"] = Facts(finding.facts);
  json["because"] = Because(finding.because);
  return json;
}

// Everything that the id is a hash of, as the bytes that follow it.
std::string Body(const Report& report, const JsonOptions& options) {
  const OffsetMap map(report.suspect, options.offsets);
  Json json = Json::object();
  json["suspect"] = Card(report.suspect);
  if (!report.kept.empty()) json["suspect"]["kept"] = Kept(report.kept);
  json["summary"] = Summary(report.summary);
  json["alerts"] = Alerts(report.alerts, map);
  json["notices"] = Notices(report.notices, map);
  json["findings"] = Json::array();
  for (const unspin::Finding& finding : report.findings)
    json["findings"].push_back(Finding(finding, map, options.full));
  if (report.error) json["error"] = *report.error;
  return Dump(json);
}

std::string Id(std::string_view body) {
  const XXH128_hash_t hash = XXH3_128bits(body.data(), body.size());
  char hex[33];
  std::snprintf(hex, sizeof hex, "%016llx%016llx", static_cast<unsigned long long>(hash.high64),
                static_cast<unsigned long long>(hash.low64));
  return hex;
}

}  // namespace

std::string RenderJson(const Report& report, const JsonOptions& options) {
  Json program = {{"version", report.version}, {"report_format", kReportFormat}, {"model", report.model}};
  if (report.archive) {
    program["archive"] = {{"fingerprint", report.archive->fingerprint}, {"articles", report.archive->articles}};
  }
  const std::string body = Body(report, options);
  std::string line = "{\"unspin\":" + Dump(program) + ",\"id\":\"" + Id(body) + "\",";
  return line.append(body, 1);  // the body without its opening brace
}

std::string ReportId(const Report& report, const JsonOptions& options) { return Id(Body(report, options)); }

}  // namespace unspin
