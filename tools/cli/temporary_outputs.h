// Temporary files and folders beside an output: removed when a signal ends the command, and swept when an earlier one
// was killed.
#pragma once

#include <string>

#include "cli/interrupt.h"

namespace unspin::cli {

// The scratch folder of process `process` beside the output `prefix`.
std::string ScratchFolderName(const std::string& prefix, long process);

// Beside one output ("-" for none): PREFIX.tmp-PROCESS, also with more behind it, and PREFIX.scratch-PROCESS.
class TemporaryOutputs {
 public:
  // Sweeps those of processes that have ended.
  explicit TemporaryOutputs(std::string prefix);

 private:
  OnInterrupt on_interrupt_;
};

}  // namespace unspin::cli
