// The file that `audit` writes its reports to, one a line, which a later run can go on with.
#pragma once

#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace unspin::cli {

// What becomes of reports that are there.
enum class EarlierReports {
  kRefuse,   // a file that is not empty is an error
  kReplace,  // --force
  kResume,   // whole lines stay, and a cut-off line at the end is removed
};

// What the reports of this run will say of themselves. Reports of an earlier run must say the same to be resumed.
struct ReportOrigin {
  std::string archive;  // fingerprint
  std::string model;
  bool has_details = true;  // no --brief
};

// Not safe to share between threads, except where a method says so.
class ReportFile {
 public:
  // Fails where the file has reports and they must not be replaced. Opens nothing.
  static absl::Status CheckEarlier(const std::string& path, EarlierReports earlier);

  // "-" is standard output. To resume, the file's first report must be of this origin, and all of them as detailed.
  // `each` gets every line that stays.
  static absl::StatusOr<ReportFile> Open(const std::string& path, EarlierReports earlier, const ReportOrigin& origin,
                                         const std::function<void(const std::string&)>& each = {});
  ReportFile(ReportFile&& other) noexcept;
  ~ReportFile();  // closes the file

  // Reports of earlier runs, and the id of the suspect of the last one.
  uint64_t resumed() const { return resumed_; }
  const std::string& last_id() const { return last_id_; }

  // Writes a line. False when it could not be written; Close then says so.
  bool Write(std::string report);
  // Sends what was written to the file and returns the number of reports in it. Safe to call from another thread.
  uint64_t Flush();
  absl::Status Close();

 private:
  explicit ReportFile(const std::string& path) : path_(path) {}
  // Reads the lines of an existing file, and counts the bytes of whole ones.
  absl::Status ReadLines(const ReportOrigin& origin, const std::function<void(const std::string&)>& each,
                         uint64_t& bytes);

  std::string path_;
  std::FILE* file_ = nullptr;
  std::unique_ptr<std::mutex> mutex_ = std::make_unique<std::mutex>();  // guards the file
  bool failed_ = false;
  uint64_t resumed_ = 0, written_ = 0;
  std::string last_id_;
};

}  // namespace unspin::cli
