#include "cli/licences.h"

#include <CLI/CLI.hpp>

#include "cli/options.h"
#include "unspin/base/sha256.h"
#include "unspin/io/read_file.h"

namespace unspin::cli {

void AddLicencesOption(CLI::App& command, std::string& path) {
  command
      .add_option("--licences", path,
                  "table of licences as CSV (docs/licences.md): each finding says whether the suspect's site may use "
                  "the original, and on what terms; no verdict changes")
      ->type_name("FILE")
      ->group(kJudgingGroup);
}

absl::StatusOr<LicenceTable> LicenceTable::Read(const std::string& path) {
  LicenceTable table;
  if (path.empty()) return table;
  absl::StatusOr<std::string> csv = ReadFile(path);
  if (!csv.ok()) return csv.status();
  absl::StatusOr<std::vector<LicenceRule>> rules = ParseLicences(*csv, path);
  if (!rules.ok()) return rules.status();
  table.is_given_ = true;
  table.rules_ = *std::move(rules);
  table.sha256_ = Sha256Hex(*csv);
  return table;
}

}  // namespace unspin::cli
