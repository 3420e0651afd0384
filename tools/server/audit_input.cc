#include "server/audit_input.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "unspin/base/sha256.h"
#include "unspin/base/strings.h"
#include "unspin/ingest/list_inputs.h"
#include "unspin/io/write_file.h"

namespace unspin::server {
namespace {

namespace fs = std::filesystem;

// In front of the paths that jobs keep.
constexpr std::string_view kUpload = "upload/", kInput = "input/";
constexpr size_t kMaxNameBytes = 120;  // of an uploaded file: file systems take 255
constexpr size_t kFolderDigits = 32;   // of the hash of its bytes: 128 bits

absl::Status Refuse(std::string_view path, std::string_view why) {
  return absl::InvalidArgumentError(
      AbslView(std::string(path) + ": " + std::string(why) + "; name a file or folder below the folder of --inputs"));
}

// A name for a file of ours: the last part of the path, without what a file's name cannot hold or a terminal obeys.
std::string FileName(std::string_view path) {
  const size_t slash = path.find_last_of("/\\");
  std::string name(slash == std::string_view::npos ? path : path.substr(slash + 1));
  std::replace_if(
      name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; }, '_');
  if (name.size() > kMaxNameBytes) name.erase(0, name.size() - kMaxNameBytes);  // the extension stays
  while (!name.empty() && (static_cast<unsigned char>(name[0]) & 0xc0) == 0x80) name.erase(0, 1);
  // A name that begins with a dot is hidden.
  if (name.empty() || name[0] == '.') name.insert(0, "upload");
  return name;
}

bool HasOddPart(std::string_view path) {
  for (const fs::path& part : fs::path(path)) {
    if (part == ".." || part == "." || part.empty()) return true;
  }
  return path.find('\0') != std::string_view::npos || path.find("//") != std::string_view::npos;
}

// Whether a path, behind all symbolic links, is below a folder or the folder itself.
bool IsBelow(const fs::path& path, const fs::path& folder) {
  std::error_code error;
  const fs::path real = fs::canonical(path, error);
  if (error) return false;
  return std::mismatch(folder.begin(), folder.end(), real.begin(), real.end()).first == folder.end();
}

absl::StatusOr<AuditInput> FindBelow(const std::string& folder, std::string_view relative) {
  if (folder.empty()) return Refuse(relative, "this server was started without --inputs");
  std::error_code error;
  const fs::path root = fs::canonical(folder, error);
  if (error) return Refuse(relative, "the folder of inputs cannot be opened");
  if (relative.empty() || fs::path(relative).is_absolute() || HasOddPart(relative))
    return Refuse(relative, "is no path below a folder");
  const fs::path path = root / fs::path(relative);
  if (!fs::exists(path, error)) return Refuse(relative, "there is no such file");
  // A pipe that nobody writes to would hold up all audits, and the end of the server.
  if (!fs::is_regular_file(path, error) && !fs::is_directory(path, error))
    return Refuse(relative, "is neither a file nor a folder");
  if (!IsBelow(path, root)) return Refuse(relative, "leads out of the folder of inputs");
  const auto files = ListInputs({path.string()});
  if (!files.ok()) return Refuse(relative, "cannot be read");
  for (const InputPath& file : files->files) {
    if (!IsBelow(file.path, root)) return Refuse(relative, "holds a link that leads out of the folder of inputs");
  }
  return AuditInput{path.string(), std::string(relative)};
}

}  // namespace

std::string NameInInput(const AuditInput& input, std::string text) {
  if (!text.starts_with(input.path)) return text;
  const std::string_view rest = std::string_view(text).substr(input.path.size());
  if (!rest.empty() && rest[0] != '#' && rest[0] != '/' && rest[0] != ':') return text;
  return input.name + std::string(rest);
}

absl::StatusOr<std::string> StoreUpload(const AuditFolders& folders, std::string_view bytes, std::string_view name) {
  const std::string kept = Sha256Hex(bytes).substr(0, kFolderDigits) + "/" + FileName(name);
  const fs::path path = fs::path(folders.data) / "uploads" / kept;
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (error)
    return absl::PermissionDeniedError(AbslView("cannot write " + path.parent_path().string() + ": " + error.message() +
                                                "; check that it may be written to"));
  if (!fs::exists(path, error)) {
    if (absl::Status status = WriteFileAtomically(path.string(), bytes); !status.ok()) return status;
  }
  return std::string(kUpload) + kept;
}

void RemoveUpload(const AuditFolders& folders, std::string_view kept) {
  if (!kept.starts_with(kUpload) || HasOddPart(kept)) return;
  const fs::path path = fs::path(folders.data) / "uploads" / kept.substr(kUpload.size());
  std::error_code error;
  fs::remove(path, error);
  fs::remove(path.parent_path(), error);  // stays where the same bytes have another name too
}

absl::StatusOr<std::string> NameAuditInput(const AuditFolders& folders, std::string_view relative) {
  const std::string kept = std::string(kInput) + std::string(relative);
  const auto found = FindAuditInput(folders, kept);
  if (!found.ok()) return found.status();
  return kept;
}

absl::StatusOr<AuditInput> FindAuditInput(const AuditFolders& folders, std::string_view kept) {
  if (kept.starts_with(kInput)) return FindBelow(folders.inputs, kept.substr(kInput.size()));
  if (!kept.starts_with(kUpload)) return Refuse(kept, "is neither an upload nor an input");
  auto upload = FindBelow(folders.data + "/uploads", kept.substr(kUpload.size()));
  if (!upload.ok()) return absl::NotFoundError("the uploaded file is gone; upload it again");
  upload->name = fs::path(upload->path).filename().string();
  return upload;
}

}  // namespace unspin::server
