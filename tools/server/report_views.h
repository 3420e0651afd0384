// Reports as the page shows them, kept as files: when the archive has changed, the engine cannot make them again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"

namespace unspin::server {

// A file for each report, in a folder for each case, compressed. A view that is missing costs no data: the report's
// JSON is in the desk. Safe to share between threads; a view is written by one at a time.
class ReportViews {
 public:
  explicit ReportViews(std::string folder) : folder_(std::move(folder)) {}

  // REQUIRES of all: `report_id` came from a report, so it has only hexadecimal digits.
  absl::Status Save(int64_t case_id, const std::string& report_id, const std::string& html) const;
  std::optional<std::string> Load(int64_t case_id, const std::string& report_id) const;
  // Removes the views of a case, whose texts were erased.
  void Remove(int64_t case_id) const;
  // The cases that have views.
  std::vector<int64_t> Cases() const;

 private:
  std::string FolderOf(int64_t case_id) const;

  const std::string folder_;
};

}  // namespace unspin::server
