// Exit statuses of the program, documented in `unspin --help`.
#pragma once

namespace unspin::cli {

enum class ExitStatus {
  kDone = 0,
  kFound = 1,    // `check --fail-on`: a finding at least that strong; `verify`: a pack differs
  kFailed = 2,   // the work was not done
  kSkipped = 3,  // done, but records were skipped
  // The reader of standard output has gone: the status that shells report of a program that SIGPIPE has ended.
  kReaderGone = 141,
};

}  // namespace unspin::cli
