// A report as one line of JSON → the report with all that it was computed from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "evidence/evidence.h"
#include "unspin/engine/engine.h"

namespace unspin {
class Archive;
}

namespace unspin::evidence {

struct GatherOptions {
  const Archive* archive = nullptr;  // null: only reports of two articles can be gathered
  std::string suspects;              // folder that `source.path` of a report is looked for in; empty: as it stands
  std::string licences;              // licence rules as CSV; empty: none
  bool licences_given = false;       // the user named a file of licences, which may be empty
  std::vector<std::string> log;      // lines of a chained log; those that concern the report are kept
  // A larger file is not kept whole: the article's record stands for it.
  uint64_t max_file_bytes = uint64_t{64} << 20;
};

// Finds the suspect's file, checks its hashes, checks the suspect again with a basis, and requires that the report
// comes out as given (of a brief one, every field that it has). The error of another outcome names the first field that
// differs, and what to do.
absl::StatusOr<Evidence> GatherEvidence(std::string_view report_line, const GatherOptions& options,
                                        const Engine& engine, Workspace& workspace);

}  // namespace unspin::evidence
