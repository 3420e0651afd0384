#include "cli/messages.h"

#include <cstdio>

#include "render/visible.h"
#include "unspin/base/strings.h"

namespace unspin::cli {

void PrintError(const std::string& message) { std::fprintf(stderr, "unspin: %s\n", Visible(message).c_str()); }
void PrintError(const absl::Status& status) { PrintError(std::string(StdView(status.message()))); }

ExitStatus Fail(const std::string& message) {
  PrintError(message);
  return ExitStatus::kFailed;
}

ExitStatus Fail(const absl::Status& status) {
  PrintError(status);
  return ExitStatus::kFailed;
}

bool ResultsWritten() {
  // A successful flush does not tell of an earlier one that failed.
  const bool flushed = std::fflush(stdout) == 0;
  if (flushed && std::ferror(stdout) == 0) return true;
  PrintError("cannot write to standard output: the device is full or the reader has gone");
  return false;
}

}  // namespace unspin::cli
