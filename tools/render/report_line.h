// A report as one line of JSON → the parts of it that a later command counts or lists.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "unspin/report/report.h"

namespace unspin {

class JsonParser;

// What RenderJson wrote. Of `report` only these are filled: version, model, archive, identities, sizes, summary,
// verdicts and numbers of findings, `shared`, the kinds of credit, kinds, states and the original's texts of notices,
// marks, licences, and of the suspect's reading whether it was a page.
struct ReportLine {
  Report report;
  int format = 0;       // report_format
  std::string id;       // of the report
  std::string options;  // JsonOptions::options; empty: none
};

// Reads lines one after the other. Not safe to share between threads.
class ReportLineReader {
 public:
  ReportLineReader();
  ~ReportLineReader();

  // Nothing where the line is no report. Fields that are missing keep their defaults.
  std::optional<ReportLine> Read(std::string_view line);

 private:
  std::unique_ptr<JsonParser> parser_;
};

}  // namespace unspin
