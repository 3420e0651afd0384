#include "cli/html_pages.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "cli/messages.h"
#include "unspin/base/strings.h"
#include "unspin/inputs/foreign_files.h"
#include "unspin/io/file_error.h"
#include "unspin/io/write_file.h"

namespace unspin::cli {
namespace {

constexpr std::string_view kIndexName = "index.html";
constexpr size_t kPageDigits = 6;  // at least, in the name of a page

std::string PageName(uint64_t number) {
  const std::string digits = std::to_string(number);
  return std::string(kPageDigits - std::min(kPageDigits, digits.size()), '0') + digits + ".html";
}

// Whether HtmlPages will make a folder of the path whatever comes: one is there, or the name ends with a slash.
bool IsFolderOfPages(const std::string& path) {
  struct stat about;
  return path.ends_with('/') || (stat(path.c_str(), &about) == 0 && S_ISDIR(about.st_mode));
}

// Whether a page of a folder may have this name: "000001.html", "index.html".
bool IsPageName(std::string_view name) {
  if (name == kIndexName) return true;
  if (!name.ends_with(".html")) return false;
  name.remove_suffix(5);
  return name.size() >= kPageDigits &&
         std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool IsOwnPage(const std::string& path) {
  constexpr size_t kHead = 4096;  // bytes: enough for the head of a page
  std::string head(kHead, '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(head.data(), kHead);
  head.resize(static_cast<size_t>(file.gcount()));
  return IsOwnReport(head);
}

// The names of pages in a folder, ascending.
std::vector<std::string> PagesIn(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  std::filesystem::directory_iterator entry(folder, error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (IsPageName(name)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

absl::Status Refused(const std::string& path, const std::string& why) {
  const std::string message = "--html " + path + ": " + why;
  return absl::InvalidArgumentError(AbslView(message));
}

// Whether the name is one of a page, which is no name for a folder.
bool NamesPage(const std::string& path) { return path.ends_with(".html") || path.ends_with(".htm"); }

absl::Status NeedsFolder(const std::string& path) {
  return Refused(path, "is one page, and several suspects need a folder; name one, or end the name with a slash");
}

}  // namespace

void AddPages(const std::string& path, CommandFiles& files) {
  if (IsFolderOfPages(path)) {
    files.output_folders.push_back({"--html", path, IsPageName});
  } else {
    files.outputs.push_back({"--html", path});
  }
}

absl::StatusOr<HtmlPages> HtmlPages::Open(const std::string& path, bool several) {
  HtmlPages pages;
  pages.path_ = path;
  if (path.empty()) return pages;
  if (path == "-") {
    pages.kind_ = Kind::kStandardOutput;
    return pages;
  }
  struct stat about;
  pages.is_new_ = stat(path.c_str(), &about) != 0;
  if (IsFolderOfPages(path) || (several && pages.is_new_ && !NamesPage(path))) {
    if (const absl::Status status = pages.OpenFolder(); !status.ok()) return status;
    return pages;
  }
  if (several) return NeedsFolder(path);
  pages.kind_ = Kind::kFile;
  const size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  if (access(folder.c_str(), F_OK) != 0) return FileError(path, "cannot create", errno);
  if (access(folder.c_str(), W_OK | X_OK) != 0) return FileError(path, "cannot create", errno);
  return pages;
}

absl::Status HtmlPages::OpenFolder() {
  kind_ = Kind::kFolder;
  if (mkdir(path_.c_str(), 0777) != 0 && (errno != EEXIST || !IsFolderOfPages(path_)))
    return FileError(path_, "cannot create the folder", errno);
  struct stat about;
  if (stat(path_.c_str(), &about) != 0 || !S_ISDIR(about.st_mode)) return Refused(path_, "is a file; name a folder");
  if (access(path_.c_str(), W_OK | X_OK) != 0) return FileError(path_, "cannot write to the folder", errno);
  if (!path_.ends_with('/')) path_ += '/';
  for (const std::string& name : PagesIn(path_)) {
    if (!IsOwnPage(path_ + name))
      return Refused(path_, path_ + name + " is no page of unspin, and would be overwritten; name another folder");
  }
  return absl::OkStatus();
}

absl::Status HtmlPages::AddToFolder(const HtmlIndexEntry& entry, const std::string& page) {
  return WriteFileAtomically(path_ + entry.file, page);
}

absl::Status HtmlPages::Add(const Report& report) {
  if (kind_ == Kind::kNone) return absl::OkStatus();
  entries_.push_back(MakeHtmlIndexEntry(report, PageName(++reports_)));
  std::string page = RenderHtml(report);
  if (kind_ != Kind::kFolder && reports_ == 1) {
    page_ = std::move(page);
    return absl::OkStatus();
  }
  if (kind_ == Kind::kStandardOutput)
    return Refused(path_, "standard output takes one page, and there are several suspects; name a folder");
  if (kind_ == Kind::kFile) {
    if (!is_new_ || NamesPage(path_)) return NeedsFolder(path_);
    if (const absl::Status status = OpenFolder(); !status.ok()) return status;
    if (const absl::Status status = AddToFolder(entries_.front(), page_); !status.ok()) return status;
  }
  return AddToFolder(entries_.back(), page);
}

void HtmlPages::AddSkipped(const BadRecord& bad) {
  if (kind_ != Kind::kNone) skipped_.push_back({bad.location, bad.message});
}

absl::Status HtmlPages::Finish() {
  if (kind_ == Kind::kNone || (kind_ != Kind::kFolder && reports_ == 0)) return absl::OkStatus();
  if (kind_ == Kind::kStandardOutput) {
    std::fwrite(page_.data(), 1, page_.size(), stdout);
    return absl::OkStatus();
  }
  if (kind_ == Kind::kFile) return WriteFileAtomically(path_, page_);
  uint64_t stale = 0;
  for (const std::string& name : PagesIn(path_))
    stale += name != kIndexName && std::strtoull(name.c_str(), nullptr, 10) > reports_;
  if (stale > 0)
    PrintError(path_ + ": " + std::to_string(stale) + (stale == 1 ? " page" : " pages") +
               " of an earlier run are still there, behind " + PageName(reports_) + "; the index does not list them");
  return WriteFileAtomically(path_ + std::string(kIndexName), RenderHtmlIndex(entries_, skipped_));
}

}  // namespace unspin::cli
