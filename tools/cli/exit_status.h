// Exit statuses of the program, documented in `unspin --help`.
#pragma once

namespace unspin::cli {

enum class ExitStatus {
  kDone = 0,
  kFound = 1,    // `check --fail-on`: a finding at least that strong
  kFailed = 2,   // the work was not done
  kSkipped = 3,  // done, but records were skipped
};

}  // namespace unspin::cli
