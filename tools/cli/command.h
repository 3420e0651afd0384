// Registers a command with CLI11: name, help, two examples, and the function that runs it.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "cli/command_list.h"
#include "cli/exit_status.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "unspin/engine/engine.h"

namespace unspin::cli {

template <typename Options>
struct Command {
  CLI::App& app;     // to declare options on
  Options& options;  // lives as long as `app`
};

// The foot of a help text, behind notes whose paragraphs end with an empty line. Examples begin with "unspin" and the
// command.
inline std::string Examples(const char* first, const char* second) {
  return std::string(kExamplesHeading) + "  " + first + "\n  " + second;
}

// Adds a command to `parent`: the program, or a command that has commands of its own. When the command line names it,
// `run` gets the options that were read, and `status` what it returns. `status` must outlive `parent`.
template <typename Options>
Command<Options> AddCommand(CLI::App& parent, ExitStatus& status, const char* name, const char* purpose,
                            const std::string& footer, ExitStatus (*run)(const Options&)) {
  const auto options = std::make_shared<Options>();
  CLI::App& command = *parent.add_subcommand(name, purpose);
  command.footer(footer);
  command.get_help_ptr()->group(kGeneralGroup);
  command.callback([options, run, &status] {
    const std::string problem = Engine::SetupProblem();
    status = problem.empty() ? run(*options) : Fail(problem);
  });
  return {command, *options};
}

}  // namespace unspin::cli
