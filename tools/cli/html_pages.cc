#include "cli/html_pages.h"

#include <sys/stat.h>

#include <cstdio>

#include "unspin/io/write_file.h"

namespace unspin::cli {
namespace {

bool IsFolder(const std::string& path) {
  struct stat about{};
  return path.ends_with('/') || (stat(path.c_str(), &about) == 0 && S_ISDIR(about.st_mode));
}

}  // namespace

HtmlPages::HtmlPages(const std::string& path) : path_(path), is_folder_(!path.empty() && IsFolder(path)) {
  if (!is_folder_) return;
  mkdir(path.c_str(), 0777);  // if it fails, so does writing the first page, and says why
  if (!path_.ends_with('/')) path_ += '/';
}

absl::Status HtmlPages::Add(const Report& report) {
  if (path_.empty()) return absl::OkStatus();
  ++reports_;
  if (is_folder_) {
    char name[32];
    std::snprintf(name, sizeof name, "%06llu.html", static_cast<unsigned long long>(reports_));
    entries_.push_back(MakeHtmlIndexEntry(report, name));
    return WriteFileAtomically(path_ + name, RenderHtml(report));
  }
  if (reports_ > 1) {
    return absl::InvalidArgumentError(
        "--html " + path_ + ": several suspects need a folder; name one that exists, or end the name with a slash");
  }
  return WriteFileAtomically(path_, RenderHtml(report));
}

absl::Status HtmlPages::Finish() const {
  return is_folder_ ? WriteFileAtomically(path_ + "index.html", RenderHtmlIndex(entries_)) : absl::OkStatus();
}

}  // namespace unspin::cli
