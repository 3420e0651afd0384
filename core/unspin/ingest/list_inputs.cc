#include "unspin/ingest/list_inputs.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <functional>
#include <set>
#include <system_error>
#include <utility>

#include "unspin/base/strings.h"

namespace unspin {
namespace {

namespace fs = std::filesystem;

// Lists the files below one folder.
class FolderWalk {
 public:
  explicit FolderWalk(std::vector<InputPath>& files) : files_(files) {}

  void Walk(const std::string& folder) {
    std::vector<std::string> pending = {folder};  // a stack: the next path is the last one
    while (!pending.empty()) {
      const std::string path = std::move(pending.back());
      pending.pop_back();
      struct stat about;
      if (::stat(path.c_str(), &about) != 0) {
        files_.push_back({path, "cannot be read: " + std::system_category().message(errno) +
                                    "; check the link and the permissions"});
      } else if (S_ISREG(about.st_mode)) {
        files_.push_back({path, ""});
      } else if (!S_ISDIR(about.st_mode)) {
        files_.push_back({path, "is not a regular file; give it as an input of its own if it is meant to be read"});
      } else if (entered_.emplace(about.st_dev, about.st_ino).second) {
        AddEntries(path, pending);
      }
    }
  }

 private:
  void AddEntries(const std::string& folder, std::vector<std::string>& pending) {
    std::error_code error;
    std::vector<std::string> names;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
      std::string name = entry->path().filename().string();
      if (name[0] != '.') names.push_back(std::move(name));
    }
    if (error) {
      files_.push_back({folder, "the folder cannot be listed: " + error.message() + "; check its permissions"});
    }
    std::sort(names.begin(), names.end(), std::greater<>());
    const std::string prefix = folder.back() == '/' ? folder : folder + "/";
    for (const std::string& name : names) pending.push_back(prefix + name);
  }

  std::vector<InputPath>& files_;
  std::set<std::pair<dev_t, ino_t>> entered_;
};

}  // namespace

absl::StatusOr<std::vector<InputPath>> ListInputs(const std::vector<std::string>& inputs) {
  if (inputs.empty()) {
    return absl::NotFoundError("nothing to read; name a file, a folder or - for standard input");
  }
  std::string problems;
  std::vector<InputPath> files;
  for (const std::string& path : inputs) {
    struct stat about;
    if (path == "-") {
      files.push_back({path, ""});
    } else if (::stat(path.c_str(), &about) != 0) {
      const std::string reason = std::system_category().message(errno);
      problems += (problems.empty() ? "" : "\n") + path + ": " + reason + "; check the name";
    } else if (S_ISDIR(about.st_mode)) {
      FolderWalk(files).Walk(path);
    } else {
      files.push_back({path, ""});
    }
  }
  if (!problems.empty()) return absl::NotFoundError(AbslView(problems));
  return files;
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
