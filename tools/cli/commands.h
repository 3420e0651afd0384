// The commands of the program, in the order of `unspin --help`.
//
// To add one, write tools/cli/NAME.cc with a function AddName and list it here.
#pragma once

#include "cli/exit_status.h"

namespace CLI {
class App;
}

namespace unspin::cli {

#define UNSPIN_COMMANDS(COMMAND) \
  COMMAND(Index)                 \
  COMMAND(Check)                 \
  COMMAND(Compare)               \
  COMMAND(Align)                 \
  COMMAND(Audit)                 \
  COMMAND(Watch)                 \
  COMMAND(Serve)                 \
  COMMAND(Dedup)                 \
  COMMAND(Stage)                 \
  COMMAND(Sketch)                \
  COMMAND(Read)                  \
  COMMAND(List)                  \
  COMMAND(Show)                  \
  COMMAND(Remove)                \
  COMMAND(Merge)                 \
  COMMAND(Info)                  \
  COMMAND(Verify)                \
  COMMAND(Pack)                  \
  COMMAND(Notice)                \
  COMMAND(Spins)

// Each adds its command to the program; when the command line names it, it runs and sets `status` (cli/command.h).
#define UNSPIN_DECLARE(Name) void Add##Name(CLI::App& app, ExitStatus& status);
UNSPIN_COMMANDS(UNSPIN_DECLARE)
#undef UNSPIN_DECLARE

}  // namespace unspin::cli
