// Messages for people on standard error, and failures that end a command.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "cli/exit_status.h"

namespace unspin::cli {

// "unspin: MESSAGE" and a line feed. Ids and names in it are made visible: no control of theirs reaches a terminal.
void PrintError(const std::string& message);
void PrintError(const absl::Status& status);

// Prints the message and returns kFailed.
[[nodiscard]] ExitStatus Fail(const std::string& message);
[[nodiscard]] ExitStatus Fail(const absl::Status& status);

// Why the stream or file `path` ("-": standard output) could not be written, by the error number of the call.
std::string CannotWrite(const std::string& path, int error_number);

// Whether standard output takes colours: a terminal, unless NO_COLOR is set or TERM is "dumb".
bool TakesColours();

// True when all results reached standard output; prints an error when they did not. Call it at the end of a command.
bool ResultsWritten();

}  // namespace unspin::cli
