#include "unspin/io/file_error.h"

#include <cerrno>
#include <system_error>

#include "unspin/base/strings.h"

namespace unspin {
namespace {

std::string_view Advice(int error_number) {
  switch (error_number) {
    case ENOSPC:
    case EDQUOT:
      return "free some space there or choose another disk";
    case EACCES:
    case EPERM:
      return "check the permissions of the file and its folder";
    case EROFS:
      return "choose a folder that can be written to";
    case ENOENT:
      return "check the name, and that its folder exists";
    case ENOTDIR:
      return "a name before the last slash is that of a file, not of a folder";
    case EISDIR:
      return "give the name of a file";
    case EEXIST:
      return "choose another name or remove the file first";
    case EMFILE:
    case ENFILE:
      return "raise the limit of open files (ulimit -n)";
    case EFBIG:
      return "raise the limit of file sizes (ulimit -f)";
    default:
      return "check the disk and try again";
  }
}

}  // namespace

absl::Status FileError(const std::string& path, std::string_view what, int error_number) {
  std::string message = path;
  message.append(": ").append(what).append(": ");
  message.append(std::system_category().message(error_number)).append("; ").append(Advice(error_number));
  const auto view = AbslView(message);
  switch (error_number) {
    case ENOENT:
      return absl::NotFoundError(view);
    case EACCES:
    case EPERM:
      return absl::PermissionDeniedError(view);
    case EEXIST:
      return absl::AlreadyExistsError(view);
    case ENOSPC:
    case EDQUOT:
    case EMFILE:
    case ENFILE:
    case EFBIG:
      return absl::ResourceExhaustedError(view);
    default:
      return absl::UnavailableError(view);
  }
}

}  // namespace unspin
