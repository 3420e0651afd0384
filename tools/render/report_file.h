// The file that an audit writes its reports to, one a line, which a later run can go on with.
#pragma once

#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "render/report_line.h"
#include "unspin/article/article.h"

namespace unspin {

// What becomes of reports that are there.
enum class EarlierReports {
  kRefuse,   // a file that is not empty is an error
  kReplace,  // --force
  kResume,   // whole lines stay, and a cut-off line at the end is removed
};

// Whether `path` is a file that is not empty.
bool HoldsSomething(const std::string& path);

// What the reports of this run will say of how they were made. Reports of an earlier run must say the same to be
// resumed.
struct ReportOrigin {
  std::string version, model;
  ArchiveIdentity archive;
  std::string options;  // JsonOptions::options
};

// Not safe to share between threads, except where a method says so.
class ReportFile {
 public:
  // Fails where the file has reports and they must not be replaced. Opens nothing.
  static absl::Status CheckEarlier(const std::string& path, EarlierReports earlier);

  // "-" is standard output, where nothing can be resumed. To resume, all reports of the file must be of this origin.
  // `each` gets every report that stays.
  static absl::StatusOr<ReportFile> Open(const std::string& path, EarlierReports earlier, const ReportOrigin& origin,
                                         const std::function<void(const ReportLine&)>& each = {});
  ReportFile(ReportFile&& other) noexcept;
  ~ReportFile();  // closes the file

  // Reports of earlier runs.
  uint64_t resumed() const { return suspects_.size(); }
  // Fails where earlier report `number`, from 0, is of another suspect, by id and size. REQUIRES: number < resumed().
  absl::Status CheckSuspect(uint64_t number, const Article& suspect) const;

  // Writes a line. False when it could not be written; Close then says so.
  bool Write(std::string report);
  // Sends what was written to the file and returns the number of reports in it. Safe to call from another thread.
  uint64_t Flush();
  // The number of the first error; 0 when everything was written.
  int Close();

 private:
  explicit ReportFile(const std::string& path) : path_(path) {}
  // Reads the lines of an existing file, and counts the bytes of whole ones.
  absl::Status ReadLines(const ReportOrigin& origin, const std::function<void(const ReportLine&)>& each,
                         uint64_t& bytes);
  absl::Status AddEarlier(const std::string& line, const ReportOrigin& origin,
                          const std::function<void(const ReportLine&)>& each);

  std::string path_;
  std::FILE* file_ = nullptr;
  std::unique_ptr<std::mutex> mutex_ = std::make_unique<std::mutex>();  // guards the file
  int error_ = 0;                                                       // number of the first one
  uint64_t written_ = 0;
  std::vector<uint64_t> suspects_;  // of the earlier reports: HashOfSuspect
  std::unique_ptr<ReportLineReader> reader_ = std::make_unique<ReportLineReader>();
};

}  // namespace unspin
