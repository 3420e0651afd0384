// A report as one line of JSON → the report with all that it was computed from.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "evidence/evidence.h"
#include "evidence/source_files.h"
#include "unspin/engine/engine.h"

namespace unspin {
class Archive;
}

namespace unspin::evidence {

struct GatherOptions {
  const Archive* archive = nullptr;  // null: only reports of two articles can be gathered
  // Folder that a report's `source.path` is looked for in, whole or its last parts; empty: the path as it stands.
  std::string suspects;
  std::string licences;          // licence rules as CSV
  bool licences_given = false;   // false: no table was named
  std::vector<std::string> log;  // lines of a chained log; those that concern the report are kept
};

// Gathers one report after the other. Suspects that come in the order of a large file cost one pass over it. Not safe
// to share between threads.
class EvidenceGatherer {
 public:
  // All arguments outlive this value.
  EvidenceGatherer(const GatherOptions& options, const Engine& engine, Workspace& workspace);

  // Finds the suspect's file, checks its hashes, checks the suspect again with a basis, and requires that the report
  // comes out as given. The error of another outcome names the first field that differs, and what to do. Of a brief
  // report, what it leaves out is made as well: `report_json` is then the full report, without "brief" in its options.
  absl::StatusOr<Evidence> Gather(std::string_view report_line);

 private:
  const GatherOptions& options_;
  const Engine& engine_;
  Workspace& workspace_;
  std::string options_of_files_;  // the options of the reports that files_ was read for
  std::unique_ptr<SourceFiles> files_;
};

// One report.
absl::StatusOr<Evidence> GatherEvidence(std::string_view report_line, const GatherOptions& options,
                                        const Engine& engine, Workspace& workspace);

}  // namespace unspin::evidence
