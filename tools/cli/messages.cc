#include "cli/messages.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "cli/progress.h"
#include "cli/terminal.h"
#include "render/visible.h"
#include "unspin/base/strings.h"

namespace unspin::cli {
namespace {

bool reader_gone = false;  // the main thread alone writes results

// The number of the error is lost where an earlier call failed, so the pipe or socket itself is asked.
bool IsReaderOfOutputGone() {
  pollfd output{STDOUT_FILENO, POLLOUT, 0};
  return poll(&output, 1, 0) == 1 && (output.revents & (POLLERR | POLLHUP)) != 0;
}

}  // namespace

void PrintError(const std::string& message) {
  WipeProgress();
  std::fprintf(stderr, "unspin: %s\n", ForStream(STDERR_FILENO, Visible(message)).c_str());
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
    case 0:
      return message + "is the disk full?";
    case ENOSPC:
      return message + "the disk is full";
    default:
      return message + std::system_category().message(error_number);
  }
}

ExitStatus FailToWrite(const std::string& path, int error_number) {
  if (error_number == EPIPE || (path == "-" && IsReaderOfOutputGone())) {
    reader_gone = true;
  } else {
    PrintError(CannotWrite(path, error_number));
  }
  return ExitStatus::kFailed;
}

ExitStatus FailToWrite(const std::string& path, const absl::Status& status) {
  if (path != "-" || !IsReaderOfOutputGone()) return Fail(status);
  reader_gone = true;
  return ExitStatus::kFailed;
}

bool HasReaderGone() { return reader_gone; }

bool ResultsWritten() {
  // A successful flush does not tell of an earlier one that failed.
  const bool flushed = std::fflush(stdout) == 0;
  if (flushed && std::ferror(stdout) == 0) return true;
  FailToWrite("-", flushed ? 0 : errno);
  return false;
}

}  // namespace unspin::cli
