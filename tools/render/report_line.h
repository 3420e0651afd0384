// A report as one line of JSON → the parts of it that a later command counts or lists.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "unspin/ingest/json_parser.h"
#include "unspin/report/report.h"

namespace unspin {

// What RenderJson wrote. Of `report` only these are filled: version, model, archive, identities, sizes, summary,
// verdicts and numbers of findings, `shared`, the kinds of credit, and kinds and states of notices.
struct ReportLine {
  Report report;
  int format = 0;       // report_format
  std::string id;       // of the report
  std::string options;  // JsonOptions::options; empty: none
};

// Nothing where the line is no report. Fields that are missing keep their defaults.
std::optional<ReportLine> ReadReportLine(std::string_view line, JsonParser& parser);

}  // namespace unspin
