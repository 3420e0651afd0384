#include "unspin/ingest/list_inputs.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <functional>
#include <iterator>
#include <set>
#include <system_error>
#include <utility>

#include "unspin/base/strings.h"
#include "unspin/inputs/foreign_files.h"
#include "unspin/io/descriptor.h"

namespace unspin {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPageExtensions[] = {".html", ".htm", ".xhtml", ".shtml"};

std::string Joined(const std::string& folder, const std::string& name) {
  if (folder == ".") return name == "-" ? "./-" : name;
  return (folder.ends_with('/') ? folder : folder + "/") + name;
}

bool IsFolder(const std::string& path) {
  struct stat about;
  return ::stat(path.c_str(), &about) == 0 && S_ISDIR(about.st_mode);
}

bool IsLink(const std::string& path) {
  struct stat about;
  return ::lstat(path.c_str(), &about) == 0 && S_ISLNK(about.st_mode);
}

// Whether it is a regular file that begins as files of this program do. A named pipe would be waited for.
bool IsOwnFile(const std::string& path) {
  const Descriptor file = OpenDescriptor(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  struct stat about;
  if (!file.is_open() || ::fstat(file.get(), &about) != 0 || !S_ISREG(about.st_mode)) return false;
  char head[16] = {};
  return ReadRetrying(file.get(), head, sizeof head) > 0 &&
         FindForeignFile({head, sizeof head}).kind == ForeignKind::kOurs;
}

// Lists the files below one folder.
class FolderWalk {
 public:
  FolderWalk(InputList& list, const ListOptions& options)
      : files_(list.files), folder_(list.folders.size()), options_(options) {}

  InputFolder Walk(const std::string& folder) && {
    InputFolder walked;
    std::vector<std::string> pending = {folder};  // a stack: the next path is the last one
    while (!pending.empty() && !IsStopped()) {
      const std::string path = std::move(pending.back());
      pending.pop_back();
      struct stat about;
      if (::stat(path.c_str(), &about) != 0) {
        Add(path, "cannot be read: " + std::system_category().message(errno) + "; check the link and the permissions");
      } else if (S_ISREG(about.st_mode)) {
        if (const std::string kind = ForeignKindOfName(path); !kind.empty()) {
          ++left_aside_[kind];
        } else {
          Add(path, "");
        }
      } else if (!S_ISDIR(about.st_mode)) {
        Add(path, "is not a regular file; give it as an input of its own if it is meant to be read");
      } else if (path != folder && IsLeftLink(path)) {
        Add(path, "is a link to a folder, and is not followed; name that folder itself if it is meant to be read");
      } else if (entered_.emplace(about.st_dev, about.st_ino).second) {
        walked.entered.push_back(path);
        AddEntries(path, pending);
      }
    }
    walked.left_aside = std::move(left_aside_);
    return walked;
  }

 private:
  bool IsStopped() const { return options_.is_stopped && options_.is_stopped(); }
  bool IsLeftLink(const std::string& folder) const { return !options_.follow_folder_links && IsLink(folder); }

  uint64_t CountFiles(const std::string& folder) const {
    if (IsLeftLink(folder)) return 1;
    uint64_t count = 0;
    std::error_code error;
    for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end && !IsStopped();
         entry.increment(error)) {
      count += !entry->is_directory(error);
    }
    return count;
  }

  void Add(const std::string& path, std::string problem) { files_.push_back({path, std::move(problem), folder_}); }

  void AddEntries(const std::string& folder, std::vector<std::string>& pending) {
    std::error_code error;
    std::vector<std::string> names;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end && !IsStopped();
         entry.increment(error)) {
      std::string name = entry->path().filename().string();
      if (name[0] != '.') names.push_back(std::move(name));
    }
    if (error) Add(folder, "the folder cannot be listed: " + error.message() + "; check its permissions");
    std::sort(names.begin(), names.end(), std::greater<>());
    const bool is_archive = Has(names, "MANIFEST") && IsOwnFile(Joined(folder, "MANIFEST"));
    for (const std::string& name : names) {
      std::string path = Joined(folder, name);
      if (is_archive && IsArchiveFileName(name)) {
        ++left_aside_["file of an archive"];
      } else if (IsTableBookkeeping(name)) {
        left_aside_["file beside a table"] += IsFolder(path) ? CountFiles(path) : 1;
      } else if (IsCompanion(name, names) && IsFolder(path)) {
        left_aside_["file of a saved page"] += CountFiles(path);
      } else {
        pending.push_back(std::move(path));
      }
    }
  }

  // REQUIRES: `names` descend.
  static bool Has(const std::vector<std::string>& names, const std::string& name) {
    return std::binary_search(names.begin(), names.end(), name, std::greater<>());
  }

  static bool IsCompanion(const std::string& name, const std::vector<std::string>& names) {
    const std::string_view page = PageOfCompanionFolder(name);
    return !page.empty() && std::any_of(std::begin(kPageExtensions), std::end(kPageExtensions), [&](auto extension) {
      return Has(names, std::string(page) + std::string(extension));
    });
  }

  std::vector<InputPath>& files_;
  const size_t folder_;  // its number
  const ListOptions& options_;
  LeftAside left_aside_;
  std::set<std::pair<dev_t, ino_t>> entered_;
};

}  // namespace

std::string NormalPath(std::string_view path) {
  std::string normal = path.starts_with('/') ? "/" : "";
  for (size_t begin = 0; begin < path.size();) {
    const size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view step = path.substr(begin, end - begin);
    if (!step.empty() && step != ".") {
      if (!normal.empty() && !normal.ends_with('/')) normal += '/';
      normal += step;
    }
    begin = end + 1;
  }
  if (normal == "-" && path != "-") return "./-";
  return normal.empty() ? "." : normal;
}

absl::StatusOr<InputList> ListInputs(const std::vector<std::string>& inputs, const ListOptions& options) {
  if (inputs.empty()) {
    return absl::NotFoundError("nothing to read; name a file, a folder or - for standard input");
  }
  std::string problems;
  InputList list;
  for (const std::string& path : inputs) {
    struct stat about;
    if (path == "-") {
      list.files.push_back({path, "", std::nullopt});
    } else if (::stat(path.c_str(), &about) != 0) {
      const std::string reason = std::system_category().message(errno);
      problems += (problems.empty() ? "" : "\n") + path + ": " + reason + "; check the name";
    } else if (S_ISDIR(about.st_mode)) {
      InputFolder walked = FolderWalk(list, options).Walk(NormalPath(path));
      walked.path = path;
      list.folders.push_back(std::move(walked));
    } else {
      list.files.push_back({NormalPath(path), "", std::nullopt});
    }
  }
  if (!problems.empty()) return absl::NotFoundError(AbslView(problems));
  if (options.is_stopped && options.is_stopped()) return absl::CancelledError("the listing was stopped");
  return list;
}

std::optional<uint64_t> TotalBytes(const std::vector<InputPath>& inputs) {
  uint64_t total = 0;
  for (const InputPath& input : inputs) {
    if (!input.problem.empty()) continue;
    struct stat about;
    if (input.path == "-" || ::stat(input.path.c_str(), &about) != 0 || !S_ISREG(about.st_mode)) return std::nullopt;
    total += static_cast<uint64_t>(about.st_size);
  }
  return total;
}

}  // namespace unspin
