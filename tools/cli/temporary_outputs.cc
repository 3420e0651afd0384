#include "cli/temporary_outputs.h"

#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace unspin::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kScratchMark = ".scratch-", kTemporaryMark = ".tmp-";

// Paths beside `prefix` whose names begin with its name and `mark`, each with what follows the mark.
std::vector<std::pair<fs::path, std::string>> Beside(const std::string& prefix, std::string_view mark) {
  const fs::path path(prefix);
  const std::string begin = path.filename().string() + std::string(mark);
  std::vector<std::pair<fs::path, std::string>> found;
  std::error_code error;
  fs::directory_iterator entry(path.has_parent_path() ? path.parent_path() : fs::path("."), error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.starts_with(begin)) found.emplace_back(entry->path(), name.substr(begin.size()));
  }
  return found;
}

// `process` is a number, also with a dash and more behind it.
bool HasEnded(const std::string& process) {
  pid_t number = 0;
  const char* const last = process.data() + process.size();
  const auto [end, error] = std::from_chars(process.data(), last, number);
  return error == std::errc() && (end == last || *end == '-') && number > 0 && kill(number, 0) != 0 && errno == ESRCH;
}

void RemoveOwn(const std::string& prefix) {
  const std::string process = std::to_string(getpid());
  std::error_code ignored;
  for (const auto& [path, name] : Beside(prefix, kTemporaryMark)) {
    if (name == process || name.starts_with(process + "-")) fs::remove(path, ignored);
  }
  fs::remove_all(ScratchFolderName(prefix, getpid()), ignored);
}

}  // namespace

std::string ScratchFolderName(const std::string& prefix, long process) {
  return prefix + std::string(kScratchMark) + std::to_string(process);
}

TemporaryOutputs::TemporaryOutputs(std::string prefix)
    : on_interrupt_([prefix] {
        if (prefix != "-") RemoveOwn(prefix);
      }) {
  if (prefix == "-") return;
  // Folders without their contents: those are files without a name, which end with their process. A folder that holds
  // something is not ours.
  std::error_code ignored;
  for (const std::string_view mark : {kScratchMark, kTemporaryMark}) {
    for (const auto& [path, process] : Beside(prefix, mark)) {
      if (HasEnded(process)) fs::remove(path, ignored);
    }
  }
}

}  // namespace unspin::cli
