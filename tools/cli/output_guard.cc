#include "cli/output_guard.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <optional>
#include <utility>

#include "unspin/base/strings.h"
#include "unspin/ingest/list_inputs.h"
#include "unspin/ingest/open_source.h"
#include "unspin/ingest/walk_filter.h"

namespace unspin::cli {
namespace {

using FileNumber = std::pair<dev_t, ino_t>;

struct Target {
  std::string_view option;
  std::string path;                  // as it was given
  std::string resolved;              // absolute, without links as far as it exists
  std::optional<FileNumber> number;  // of a regular file or folder that exists
  bool is_special = false;           // a pipe or a device
  bool is_folder = false;
};

std::string Resolved(const std::string& path) {
  const auto real = [](const std::string& name) -> std::string {
    char* const found = ::realpath(name.c_str(), nullptr);
    const std::string result = found == nullptr ? "" : found;
    std::free(found);
    return result;
  };
  if (std::string whole = real(path); !whole.empty()) return whole;
  const std::string normal = NormalPath(path);
  const size_t slash = normal.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : slash == 0 ? "/" : normal.substr(0, slash);
  const std::string parent = real(folder);
  return parent.empty() ? normal : (parent == "/" ? "" : parent) + "/" + normal.substr(slash + 1);
}

Target MakeTarget(std::string_view option, const std::string& path, int stream) {
  Target target{option, path, "", std::nullopt};
  struct stat about;
  const bool is_stream = path == "-";
  if (!is_stream) target.resolved = Resolved(path);
  if (is_stream ? ::fstat(stream, &about) != 0 : ::stat(path.c_str(), &about) != 0) return target;
  target.is_special = !S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode);
  target.is_folder = S_ISDIR(about.st_mode);
  if (!target.is_special) target.number = FileNumber(about.st_dev, about.st_ino);
  return target;
}

bool IsSame(const Target& a, const Target& b) {
  if (a.is_special || b.is_special) return false;
  if (a.number && b.number) return a.number == b.number;
  return !a.resolved.empty() && a.resolved == b.resolved;
}

std::string Named(const Target& output) {
  return std::string(output.option) + " " + (output.path == "-" ? "- (standard output)" : output.path);
}

absl::Status Refusal(const Target& output, const std::string& why) {
  const std::string message = Named(output) + ": " + why + "; nothing was written, name another file";
  return absl::InvalidArgumentError(AbslView(message));
}

std::string FolderOf(const std::string& resolved) { return resolved.substr(0, resolved.rfind('/')); }
std::string NameOf(const std::string& resolved) { return resolved.substr(resolved.rfind('/') + 1); }

bool Exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

class Guard {
 public:
  explicit Guard(const CommandFiles& files) : files_(files) {
    for (const auto& [option, path] : files.outputs) {
      if (!path.empty()) outputs_.push_back(MakeTarget(option, path, STDOUT_FILENO));
    }
    for (const std::string& path : files.inputs) {
      if (!path.empty()) inputs_.push_back(MakeTarget("input", path, STDIN_FILENO));
    }
  }

  absl::Status Check() {
    for (size_t i = 0; i < outputs_.size(); ++i) {
      if (absl::Status status = CheckOutput(outputs_[i]); !status.ok()) return status;
      for (size_t j = 0; j < i; ++j) {
        if (outputs_[i].path == "-" ? outputs_[j].path == "-" : IsSame(outputs_[i], outputs_[j]))
          return Refusal(outputs_[i], "is the same file as " + Named(outputs_[j]));
      }
    }
    for (const OutputFolder& folder : files_.output_folders) {
      if (folder.path.empty()) continue;
      if (absl::Status status = CheckFolder(folder); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

 private:
  absl::Status CheckOutput(const Target& output) {
    for (const Target& input : inputs_) {
      if (IsSame(output, input)) return Refusal(output, "is the input " + input.path);
    }
    if (!files_.archive.empty() && IsSame(output, MakeTarget("", files_.archive, -1)))
      return Refusal(output, "is the folder of the archive " + files_.archive);
    if (output.number && IsArchiveFileName(NameOf(output.resolved)) && Exists(FolderOf(output.resolved) + "/MANIFEST"))
      return Refusal(output, "is a file of the archive " + FolderOf(output.resolved));
    if (output.is_folder) return Refusal(output, "is a folder");
    // A file that does not exist yet is no input.
    if (!output.number) return CheckNewFile(output);
    ListInputFiles();
    for (const auto& [path, number] : listed_) {
      if (number == *output.number && WillBeRead(path))
        return Refusal(output, "is the file " + path + " of an input folder");
    }
    return absl::OkStatus();
  }

  // Hours of work are not to end with a file that cannot be made.
  absl::Status CheckNewFile(const Target& output) {
    if (output.path == "-" || output.is_special || Exists(output.path)) return absl::OkStatus();
    const size_t slash = output.path.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : output.path.substr(0, slash + 1);
    if (::access(folder.c_str(), W_OK | X_OK) == 0) return absl::OkStatus();
    return absl::PermissionDeniedError("cannot write " + output.path +
                                       ": check that its folder exists and may be written to");
  }

  absl::Status CheckFolder(const OutputFolder& folder) {
    const Target target = MakeTarget(folder.option, folder.path, -1);
    if (!files_.archive.empty() && IsSame(target, MakeTarget("", files_.archive, -1)))
      return Refusal(target, "is the folder of the archive " + files_.archive);
    if (!target.number) return absl::OkStatus();
    ListInputFiles();
    std::vector<std::string> paths = files_.inputs;
    for (const auto& [path, number] : listed_) paths.push_back(path);
    for (const std::string& path : paths) {
      if (path.empty() || path == "-") continue;
      const std::string resolved = Resolved(path);
      if (FolderOf(resolved) == target.resolved && folder.writes(NameOf(resolved)) && IsRegular(path))
        return Refusal(target, "the input " + path + " lies there and may be overwritten");
    }
    return absl::OkStatus();
  }

  static bool IsRegular(const std::string& path) {
    struct stat about;
    return ::stat(path.c_str(), &about) == 0 && S_ISREG(about.st_mode);
  }

  // The files of input folders. The command walks them once more; that costs little beside reading them, and only a
  // command whose output is there already pays it.
  void ListInputFiles() {
    if (std::exchange(is_listed_, true)) return;
    std::vector<std::string> folders;
    for (const std::string& path : files_.inputs) {
      struct stat about;
      if (::stat(path.c_str(), &about) == 0 && S_ISDIR(about.st_mode)) folders.push_back(path);
    }
    if (folders.empty()) return;
    const auto list = ListInputs(folders, {.follow_folder_links = files_.follow_folder_links, .is_stopped = {}});
    if (!list.ok()) return;  // the command will say why
    for (const InputPath& file : list->files) {
      struct stat about;
      if (::stat(file.path.c_str(), &about) == 0)
        listed_.emplace_back(file.path, FileNumber(about.st_dev, about.st_ino));
    }
  }

  const CommandFiles& files_;
  std::vector<Target> outputs_, inputs_;
  bool is_listed_ = false;
  std::vector<std::pair<std::string, FileNumber>> listed_;
};

}  // namespace

absl::Status GuardOutputs(const CommandFiles& files) { return Guard(files).Check(); }

}  // namespace unspin::cli
