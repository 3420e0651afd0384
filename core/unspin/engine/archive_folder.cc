#include "unspin/engine/archive_folder.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <vector>

#include "absl/status/status.h"

namespace unspin {
namespace {

constexpr std::string_view kSegmentPrefix = "segment-";
constexpr std::string_view kSegmentSuffix = ".unspin";
constexpr size_t kMinSegmentDigits = 6;
constexpr std::string_view kTemporaryMark = ".tmp-";

// "segment-DIGITS.unspin" as SegmentName makes it, and nothing else: the folder may hold the owner's own files.
bool IsSegmentName(std::string_view name) {
  if (!name.starts_with(kSegmentPrefix) || !name.ends_with(kSegmentSuffix)) return false;
  if (name.size() < kSegmentPrefix.size() + kMinSegmentDigits + kSegmentSuffix.size()) return false;
  const std::string_view digits =
      name.substr(kSegmentPrefix.size(), name.size() - kSegmentPrefix.size() - kSegmentSuffix.size());
  return std::all_of(digits.begin(), digits.end(), [](char digit) { return digit >= '0' && digit <= '9'; });
}

bool IsTemporaryName(std::string_view name) {
  const size_t mark = name.find(kTemporaryMark);
  if (mark == std::string_view::npos) return false;
  const std::string_view target = name.substr(0, mark);
  return target == "MANIFEST" || IsSegmentName(target);
}

std::vector<std::string> FileNames(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  std::filesystem::directory_iterator entries(folder, error);
  for (; !error && entries != std::filesystem::directory_iterator(); entries.increment(error)) {
    names.push_back(entries->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

void RemoveLeftovers(const std::string& folder, const Manifest& manifest) {
  for (const std::string& name : FileNames(folder)) {
    const bool live = std::any_of(manifest.segments.begin(), manifest.segments.end(),
                                  [&name](const SegmentEntry& entry) { return entry.name == name; });
    if (live || !(IsSegmentName(name) || IsTemporaryName(name))) continue;
    std::error_code error;
    std::filesystem::remove(folder + "/" + name, error);
  }
}

absl::Status RefuseForeignFolder(const std::string& folder) {
  std::error_code error;
  const auto status = std::filesystem::status(folder, error);
  if (std::filesystem::exists(status) && !std::filesystem::is_directory(status))
    return absl::FailedPreconditionError(folder + ": is a file, and an archive is a folder; name a new one");
  if (std::filesystem::exists(Manifest::Path(folder), error)) return absl::OkStatus();
  constexpr std::string_view kOfTheDisk = "lost+found";
  for (const std::string& name : FileNames(folder)) {
    if (name.starts_with('.') || name == "LOCK" || name == kOfTheDisk || IsSegmentName(name) || IsTemporaryName(name))
      continue;
    return absl::FailedPreconditionError(folder + ": holds other files (" + name +
                                         ", …) and no archive; name a new folder, or an empty one");
  }
  return absl::OkStatus();
}

absl::StatusOr<Manifest> LoadOrCreateManifest(const std::string& folder, uint64_t scheme) {
  absl::StatusOr<Manifest> manifest = Manifest::Load(folder, scheme);
  if (!absl::IsNotFound(manifest.status())) return manifest;
  for (const std::string& name : FileNames(folder)) {
    // A new archive gets its manifest before its first segment, so this archive has lost its manifest.
    if (IsSegmentName(name)) {
      return absl::DataLossError(Manifest::Path(folder) + ": missing, though " + name +
                                 " is there; restore it from a copy, " +
                                 "or index the originals again into a new folder: unspin index INPUT... --archive DIR");
    }
  }
  Manifest empty;
  empty.scheme = scheme;
  if (absl::Status status = empty.Save(folder); !status.ok()) return status;
  return empty;
}

}  // namespace unspin
