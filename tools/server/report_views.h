// What the engine cannot make again once the archive has changed, kept as files: reports as the page shows them, and
// what they were made from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"

namespace unspin::server {

// Two files for each report, in a folder for each case, compressed. A view that is missing costs no data: the report's
// JSON is in the desk. Without its basis (unspin/engine/check_basis.h, as JSON with texts) a report of an archive that
// has changed cannot be proved any more. Safe to share between threads; a file is written by one at a time.
class ReportViews {
 public:
  explicit ReportViews(std::string folder) : folder_(std::move(folder)) {}

  // REQUIRES of all: `report_id` came from a report, so it has only hexadecimal digits.
  absl::Status Save(int64_t case_id, const std::string& report_id, const std::string& html) const;
  std::optional<std::string> Load(int64_t case_id, const std::string& report_id) const;
  absl::Status SaveBasis(int64_t case_id, const std::string& report_id, const std::string& json) const;
  std::optional<std::string> LoadBasis(int64_t case_id, const std::string& report_id) const;
  bool HasBasis(int64_t case_id, const std::string& report_id) const;
  // Removes the files of a case, whose texts were erased.
  void Remove(int64_t case_id) const;
  // The cases that have files.
  std::vector<int64_t> Cases() const;

 private:
  std::string FolderOf(int64_t case_id) const;
  std::string PathOf(int64_t case_id, const std::string& report_id, const char* ending) const;

  const std::string folder_;
};

}  // namespace unspin::server
