// --licences: a table of licence rules that reports are read against.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "unspin/licence/licence_rules.h"

namespace CLI {
class App;
}  // namespace CLI

namespace unspin::cli {

// `path`: of the file; empty: none.
void AddLicencesOption(CLI::App& command, std::string& path);

// Safe to read from many threads at once.
class LicenceTable {
 public:
  // Reads nothing where `path` is empty.
  static absl::StatusOr<LicenceTable> Read(const std::string& path);

  // Sets the licences of all findings where there is a table.
  void Apply(Report& report) const {
    if (is_given_) ApplyLicences(rules_, report);
  }
  // SHA-256 of the file, for OptionsInReports; empty without a table.
  const std::string& sha256() const { return sha256_; }

 private:
  bool is_given_ = false;
  std::vector<LicenceRule> rules_;
  std::string sha256_;
};

}  // namespace unspin::cli
