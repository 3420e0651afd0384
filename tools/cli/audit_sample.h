// Findings drawn from an audit, as lines for a person to read, and what the person wrote into them.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "unspin/audit/audit_counts.h"
#include "unspin/audit/precision.h"
#include "unspin/audit/stratified_sample.h"
#include "unspin/report/report.h"

namespace unspin::cli {

// A finding as a JSON object: who, the verdict, and the wording that the two share side by side. The report was made
// with details.
std::string SampledFinding(const Report& report, const Finding& finding);

// Writes a line for each finding drawn, with an empty `reading`; false after an error was printed. Empties the sample.
bool WriteSample(const std::string& path, StratifiedSample& sample, const AuditCounts& counts);

struct Readings {
  uint64_t unread = 0;  // lines without a reading
  Precision all;
  std::array<Precision, kVerdicts> of{};  // by verdict
};

// The file of WriteSample, with "derived", "innocent" or "unsure" in the field `reading` of lines that were read. A
// line may lack other fields than ids, verdict and counts. Errors name the line.
absl::StatusOr<Readings> ReadReadings(const std::string& path);

}  // namespace unspin::cli
