// The file that `audit` writes its reports to, one a line, which a later run can go on with.
#pragma once

#include <cstdint>
#include <cstdio>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace unspin::cli {

// Not safe to share between threads.
class ReportFile {
 public:
  // "-" is standard output. With `resume` the whole lines of an existing file stay, and a cut-off line at its end is
  // removed; otherwise the file is emptied. `each` gets every line that stays.
  static absl::StatusOr<ReportFile> Open(const std::string& path, bool resume,
                                         const std::function<void(const std::string&)>& each = {});
  ReportFile(ReportFile&& other) noexcept;
  ~ReportFile();  // closes the file

  // Reports of earlier runs, and the id of the suspect of the last one.
  uint64_t resumed() const { return resumed_; }
  const std::string& last_id() const { return last_id_; }

  // Writes a line. False when it could not be written; Close then says so.
  bool Write(std::string report);
  absl::Status Close();

 private:
  explicit ReportFile(const std::string& path) : path_(path) {}
  // Counts the lines of an existing file, cuts it behind the last whole line and goes there. False on failure.
  bool GoBehindLastLine(const std::function<void(const std::string&)>& each);

  std::string path_;
  std::FILE* file_ = nullptr;
  bool failed_ = false;
  uint64_t resumed_ = 0;
  std::string last_id_;
};

}  // namespace unspin::cli
