// The pages of `unspin check --html`: one file, or a folder with a page for each suspect and an index.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "render/html.h"
#include "unspin/report/report.h"

namespace unspin::cli {

class HtmlPages {
 public:
  // A folder is one that exists, or a name that ends with a slash, which is made. Empty: no pages.
  explicit HtmlPages(const std::string& path);

  // Writes the page of one report. Fails on the second report of a single file.
  absl::Status Add(const Report& report);
  // Writes the index of a folder. Call it once, after the last report.
  absl::Status Finish() const;

 private:
  std::string path_;  // of a folder: with a slash at the end
  bool is_folder_ = false;
  uint64_t reports_ = 0;
  std::vector<HtmlIndexEntry> entries_;  // of a folder
};

}  // namespace unspin::cli
