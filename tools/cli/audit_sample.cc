#include "cli/audit_sample.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <simdjson.h>

#include "cli/line_reader.h"
#include "cli/result_file.h"
#include "render/json_writer.h"
#include "unspin/json/json_parser.h"

namespace unspin::cli {
namespace {

std::string_view Quote(const std::string& text, ByteSpan span) {
  return span.end <= text.size() ? std::string_view(text).substr(span.begin, span.size()) : std::string_view();
}

void WriteArticle(std::string_view key, const ArticleCard& card, JsonWriter& json) {
  json.Key(key);
  json.BeginObject();
  json.Field("id", card.id);
  if (card.version) json.Field("version", *card.version);
  json.FieldUnlessEmpty("title", card.title);
  json.FieldUnlessEmpty("url", card.url);
  json.FieldUnlessEmpty("site", card.site);
  json.FieldUnlessEmpty("published", card.published);
  json.EndObject();
}

// Reads the lines of a sample.
class ReadingsParser {
 public:
  // What is wrong with a line; empty if nothing.
  std::string Add(const std::string& line) {
    simdjson::dom::element json;
    if (parser_.Parse(line).get(json) || !json.is_object()) return "not JSON";
    std::optional<Verdict> verdict;
    for (size_t i = 0; i <= static_cast<size_t>(Verdict::kExcerpt); ++i) {
      if (JsonTextField(json, "verdict") == Name(static_cast<Verdict>(i))) verdict = static_cast<Verdict>(i);
    }
    const auto stratum_findings = Number(json, "stratum_findings"), verdict_findings = Number(json, "verdict_findings"),
               run_findings = Number(json, "run_findings");
    const std::string stratum(JsonTextField(json, "stratum"));
    if (!verdict || stratum.empty() || !stratum_findings || !verdict_findings || !run_findings)
      return "not a line of `unspin audit --sample-out`: verdict, stratum or one of the counts is missing";
    if (!lines_.insert(NameOfPair(json)).second) return "the same pair stands in an earlier line; keep one of them";
    ReadStratum& read = strata_[{*verdict, stratum}];
    const auto same = [](uint64_t& known, uint64_t now) {
      if (known == 0) known = now;
      return known == now;
    };
    if (!same(read.findings, *stratum_findings) ||
        !same(of_verdict_[static_cast<size_t>(*verdict)], *verdict_findings) || !same(of_run_, *run_findings))
      return "its counts differ from those of earlier lines; lines of different runs do not go together";
    if (!AddReading(JsonTextField(json, "reading"), read))
      return "reading: write derived, innocent or unsure, or leave it empty";
    if (read.derived + read.innocent + read.unsure > read.findings)
      return "more readings than the stratum has findings";
    return "";
  }

  Readings Finish() const {
    Readings readings;
    readings.unread = unread_;
    std::vector<ReadStratum> all;
    for (size_t i = 0; i < kVerdicts; ++i) {
      std::vector<ReadStratum> strata;
      for (const auto& [key, stratum] : strata_) {
        if (static_cast<size_t>(key.first) == i) strata.push_back(stratum);
      }
      all.insert(all.end(), strata.begin(), strata.end());
      AddUnseen(of_verdict_[i], strata);
      readings.of[i] = PrecisionOf(strata);
    }
    AddUnseen(of_run_, all);
    readings.all = PrecisionOf(all);
    return readings;
  }

 private:
  static std::optional<uint64_t> Number(simdjson::dom::element json, std::string_view name) {
    const auto field = JsonField(json, name);
    uint64_t number = 0;
    return field && !field->get(number) ? std::optional(number) : std::nullopt;
  }

  static std::string NameOfPair(simdjson::dom::element json) {
    std::string name;
    for (const char* side : {"suspect", "original"}) {
      if (const auto field = JsonField(json, side)) name += simdjson::minify(*field) + "\n";
    }
    return name;
  }

  bool AddReading(std::string_view reading, ReadStratum& read) {
    if (reading.empty()) {
      ++unread_;
    } else if (reading == "derived") {
      ++read.derived;
    } else if (reading == "innocent") {
      ++read.innocent;
    } else if (reading == "unsure") {
      ++read.unsure;
    } else {
      return false;
    }
    return true;
  }

  // Findings of strata of which no line was drawn.
  static void AddUnseen(uint64_t findings, std::vector<ReadStratum>& strata) {
    for (const ReadStratum& stratum : strata) findings -= std::min(findings, stratum.findings);
    if (findings > 0) strata.push_back({findings, 0, 0, 0});
  }

  JsonParser parser_;
  std::set<std::string> lines_;
  std::map<std::pair<Verdict, std::string>, ReadStratum> strata_;
  std::array<uint64_t, kVerdicts> of_verdict_{};
  uint64_t of_run_ = 0, unread_ = 0;
};

}  // namespace

std::string SampledFinding(const Report& report, const Finding& finding) {
  JsonWriter json;
  json.BeginObject();
  WriteArticle("suspect", report.suspect, json);
  WriteArticle("original", finding.original, json);
  json.Field("verdict", Name(finding.verdict));
  json.Field("probability", finding.probability);
  json.Key("passages");
  json.BeginArray();
  for (const ReportPassage& passage : finding.passages) {
    json.BeginObject();
    json.Field("original", Quote(finding.original.text, passage.original));
    json.Field("suspect", Quote(report.suspect.text, passage.suspect));
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  return json.Take();
}

bool WriteSample(const std::string& path, StratifiedSample& sample, const AuditCounts& counts) {
  return WriteResults(path, [&](ResultFile& out) {
    for (const StratifiedSample::Drawn& drawn : sample.Take()) {
      JsonWriter json;
      json.BeginObject();
      json.Field("reading", std::string_view());
      json.Field("stratum", drawn.stratum.Name());
      json.Field("stratum_findings", drawn.stratum_findings);
      json.Field("stratum_drawn", drawn.stratum_drawn);
      json.Field("weight", static_cast<double>(drawn.stratum_findings) / static_cast<double>(drawn.stratum_drawn));
      json.Field("verdict_findings", counts.findings_of[static_cast<size_t>(drawn.stratum.verdict)]);
      json.Field("run_findings", counts.findings());
      out.Write(json.Take() + "," + drawn.content.substr(1) + "\n");  // two objects as one
    }
    return absl::OkStatus();
  });
}

absl::StatusOr<Readings> ReadReadings(const std::string& path) {
  auto lines = LineReader::Open(path);
  if (!lines.ok()) return lines.status();
  ReadingsParser parser;
  uint64_t number = 0;
  while (const std::optional<std::string> line = lines->Next()) {
    ++number;
    if (line->empty()) continue;
    if (const std::string problem = parser.Add(*line); !problem.empty())
      return absl::InvalidArgumentError(path + ":" + std::to_string(number) + ": " + problem);
  }
  if (!lines->status().ok()) return lines->status();
  return parser.Finish();
}

}  // namespace unspin::cli
