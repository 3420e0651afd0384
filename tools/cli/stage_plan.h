// `unspin stage plan`: what a dedup in stages will take, and the commands of it.
#pragma once

#include "cli/exit_status.h"

namespace CLI {
class App;
}

namespace unspin::cli {

// Adds the command to `stage`.
void AddStagePlan(CLI::App& stage, ExitStatus& status);

}  // namespace unspin::cli
