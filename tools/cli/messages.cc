#include "cli/messages.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <system_error>

#include "cli/progress.h"
#include "render/visible.h"
#include "unspin/base/strings.h"

namespace unspin::cli {

void PrintError(const std::string& message) {
  WipeProgress();
  std::fprintf(stderr, "unspin: %s\n", Visible(message).c_str());
}
void PrintError(const absl::Status& status) { PrintError(std::string(StdView(status.message()))); }

ExitStatus Fail(const std::string& message) {
  PrintError(message);
  return ExitStatus::kFailed;
}

ExitStatus Fail(const absl::Status& status) {
  PrintError(status);
  return ExitStatus::kFailed;
}

std::string CannotWrite(const std::string& path, int error_number) {
  const std::string message = "cannot write " + (path == "-" ? "to standard output" : path) + ": ";
  switch (error_number) {
    case 0:  // an earlier call failed
      return message + "the disk is full or the reader has gone";
    case EPIPE:
      return message + "the reader has gone";
    case ENOSPC:
      return message + "the disk is full";
    default:
      return message + std::system_category().message(error_number);
  }
}

bool TakesColours() {
  const char *const no_color = std::getenv("NO_COLOR"), *const terminal = std::getenv("TERM");
  return isatty(STDOUT_FILENO) != 0 && (no_color == nullptr || *no_color == '\0') &&
         (terminal == nullptr || std::strcmp(terminal, "dumb") != 0);
}

bool ResultsWritten() {
  // A successful flush does not tell of an earlier one that failed.
  const bool flushed = std::fflush(stdout) == 0;
  if (flushed && std::ferror(stdout) == 0) return true;
  PrintError(CannotWrite("-", flushed ? 0 : errno));
  return false;
}

}  // namespace unspin::cli
