// Made-up suspects and reports for tests of the rights desk.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "render/json_writer.h"
#include "server/desk_records.h"

namespace unspin::testing {

struct MadeFinding {
  std::string original = "ours-1";
  std::string verdict = "spun";
  double probability = 0.99;
  double coverage = 0.8;
};

struct MadeReport {
  std::string id = "report-1";
  std::string suspect_id = {};  // empty: one of the address
  std::string url = "https://copies.example/a";
  std::string site = "copies.example";
  std::string title = "Harbour cranes stand still";
  std::string published = "2026-05-04T10:00:00Z";
  std::string verdict = "spun";
  double probability = 0.99;
  std::vector<MadeFinding> findings = {MadeFinding{}};
};

// The fields of a report that the desk reads, as RenderJson writes them.
inline std::string ReportLine(const MadeReport& report) {
  JsonWriter json;
  json.BeginObject();
  json.Field("id", report.id);
  json.Key("suspect");
  json.BeginObject();
  json.Field("id", report.suspect_id.empty() ? "suspect of " + report.url : report.suspect_id);
  json.Field("url", report.url);
  json.Field("site", report.site);
  json.Field("title", report.title);
  json.FieldUnlessEmpty("published", report.published);
  json.EndObject();
  json.Key("summary");
  json.BeginObject();
  json.Field("verdict", report.verdict);
  json.Field("probability", report.probability);
  json.Key("coverage");
  report.findings.empty() ? json.Raw("null") : json.Real(0.9);
  json.Key("rewrite");
  report.findings.empty() ? json.Raw("null") : json.Real(0.25);
  json.EndObject();
  json.Key("findings");
  json.BeginArray();
  for (const MadeFinding& finding : report.findings) {
    json.BeginObject();
    json.Key("original");
    json.BeginObject();
    json.Field("id", finding.original);
    json.Field("title", "Title of " + finding.original);
    json.EndObject();
    json.Field("verdict", finding.verdict);
    json.Field("probability", finding.probability);
    json.Key("coverage");
    json.BeginObject();
    json.Field("suspect", 0.9);
    json.Field("original", finding.coverage);
    json.EndObject();
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  return json.Take();
}

inline server::NewCase MadeCase(const MadeReport& report, std::string text = "The cranes of the harbour stand still.") {
  server::NewCase made;
  made.bytes = text;
  made.content_type = "text/plain";
  made.name = "page.txt";
  made.text = std::move(text);
  made.report = ReportLine(report);
  return made;
}

// The `number`-th of cases that all differ in address and text.
inline server::NewCase NumberedCase(int number) {
  MadeReport report;
  report.id = "report-" + std::to_string(number);
  report.url = "https://copies.example/" + std::to_string(number);
  return MadeCase(report, "Story number " + std::to_string(number) + " of the harbour.");
}

}  // namespace unspin::testing
