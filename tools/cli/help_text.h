// The text of `--help`: what a command is for, its options in groups, exit statuses and examples.
#pragma once

#include <cstddef>
#include <string>

#include "cli/command_list.h"
#include "render/text_page.h"

namespace unspin::cli {

inline constexpr size_t kHelpColumns = 80;      // where the width of the terminal is not known
inline constexpr size_t kMaxHelpColumns = 100;  // longer lines are hard to read

std::string HelpText(const CommandHelp& command, const TextStyle& style);

// "unspin check INPUT... --archive FOLDER [OPTIONS]".
std::string UsageLine(const CommandHelp& command);

}  // namespace unspin::cli
