// The options that change what a report says, as the report names them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "render/json.h"
#include "render/offsets.h"
#include "unspin/engine/engine.h"
#include "unspin/records/reader_options.h"

namespace unspin {

// What the command line and reports call it.
std::string Name(TextIs text_is);

// What spans of the suspect's record were excluded (Exclusions::spans), in the unit of the report's spans: "12-40",
// "95-130". Ascending, and spans that touch are joined, so that the order of exclusions changes no report.
std::vector<std::string> NamesOfExcluded(std::vector<RecordSpan> excluded);

// The options that change what a report says and are not at their defaults, by their names on the command line, as JSON
// for JsonOptions::options; empty if there are none. A command's other options change no report. `excluded` stands for
// `check.exclude.spans`; `licences` is the SHA-256 of the file of licence rules, in hexadecimal, empty where none was
// given.
std::string OptionsInReports(const ReaderOptions& reader, const CheckOptions& check, OffsetUnit offsets,
                             const std::vector<RecordSpan>& excluded = {}, std::string_view licences = {});

// What a report says of how it was made.
struct ReportOptions {
  ReaderOptions reader;              // `hash_files` where the report has a hash of the file
  CheckOptions check;                // without `exclude.spans`, which are of a text
  JsonOptions json;                  // to write the report again
  std::vector<RecordSpan> excluded;  // of the suspect's record, in the unit of json.offsets
  std::string licences;              // SHA-256 of the file of licence rules; empty: none was given
};

// The inverse of OptionsInReports: reads the options of one line that RenderJson wrote. Fails where the line is no
// report, or names options that this program does not know.
absl::StatusOr<ReportOptions> ReadOptionsInReport(std::string_view report_line);

}  // namespace unspin
