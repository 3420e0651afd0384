// The pages of `--html`: one file, standard output, or a folder with a page for each suspect and an index.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/output_guard.h"
#include "render/html.h"
#include "unspin/records/record.h"
#include "unspin/report/report.h"

namespace unspin::cli {

// Adds what `--html PATH` writes to the files of a command, for GuardOutputs.
void AddPages(const std::string& path, CommandFiles& files);

class HtmlPages {
 public:
  // An empty path: no pages. "-": standard output. A folder is one that exists, a name that ends with a slash, or any
  // new name but that of a page if there are `several` suspects. Fails where the path cannot be written to, or where
  // the folder has files under the names of pages that this program did not make.
  static absl::StatusOr<HtmlPages> Open(const std::string& path, bool several);

  bool to_standard_output() const { return kind_ == Kind::kStandardOutput; }
  // The page of one report. The second report makes a folder of a new path that names no page.
  absl::Status Add(const Report& report);
  // A record that could not be checked, for the index.
  void AddSkipped(const BadRecord& bad);
  // Writes a single page, or the index of a folder, and says which pages of an earlier run are still there. Call it
  // once, after the last report.
  absl::Status Finish();

 private:
  enum class Kind { kNone, kStandardOutput, kFile, kFolder };

  absl::Status OpenFolder();
  absl::Status AddToFolder(const HtmlIndexEntry& entry, const std::string& page);

  std::string path_;  // of a folder: with a slash at the end
  Kind kind_ = Kind::kNone;
  bool is_new_ = false;  // nothing was there when it was opened
  uint64_t reports_ = 0;
  std::string page_;                     // of a file: the first page, until the second comes
  std::vector<HtmlIndexEntry> entries_;  // of all reports
  std::vector<HtmlSkippedRecord> skipped_;
};

}  // namespace unspin::cli
