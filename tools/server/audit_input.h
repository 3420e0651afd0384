// What an audit reads: a file that was uploaded, or a path below the folder of inputs.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace unspin::server {

struct AuditFolders {
  std::string data;    // of the server: uploads and reports are in it
  std::string inputs;  // whose files an audit may name; empty: none
};

// Where the input of a job is. `name` is what reports call it, so that they say nothing of this machine's folders and
// are those of `unspin audit NAME`, run in the folder of inputs.
struct AuditInput {
  std::string path;  // absolute
  std::string name;
};

// A path, an id or a location of a reader of `input.path`, as reports call it: with the name of the input in front. Ids
// that a record does not give are made of the file's path ("path#17"), and so are locations ("path:17").
std::string NameInInput(const AuditInput& input, std::string text);

// Stores an uploaded file below the data folder, and returns the path that a job keeps (FindAuditInput). `name` is that
// of the user's file: its extension tells the format; of a path only the last part is used. The same bytes under the
// same name are stored once.
absl::StatusOr<std::string> StoreUpload(const AuditFolders& folders, std::string_view bytes, std::string_view name);
// Removes an upload; nothing else that a job may name. `kept`: of StoreUpload.
void RemoveUpload(const AuditFolders& folders, std::string_view kept);

// The path that a job keeps for an input below the folder of inputs. Fails as FindAuditInput does.
absl::StatusOr<std::string> NameAuditInput(const AuditFolders& folders, std::string_view relative);

// `kept`: of the two functions above. Fails (InvalidArgument) for a path that is absolute, has "..", leads out of the
// folder by a symbolic link, itself or one of the files below it, or where there is nothing.
absl::StatusOr<AuditInput> FindAuditInput(const AuditFolders& folders, std::string_view kept);

}  // namespace unspin::server
