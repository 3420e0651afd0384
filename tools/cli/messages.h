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

// Why the stream or file `path` ("-": standard output) could not be written, by the error number of the call; 0: an
// earlier call failed.
std::string CannotWrite(const std::string& path, int error_number);

// Says why `path` could not be written, and returns kFailed. Says nothing where its reader has gone, as `head` goes
// when it has enough: the program then ends with kReaderGone.
ExitStatus FailToWrite(const std::string& path, int error_number);
ExitStatus FailToWrite(const std::string& path, const absl::Status& status);
bool HasReaderGone();  // whether FailToWrite found so

// True when all results reached standard output; otherwise FailToWrite was called. Call it at the end of a command.
bool ResultsWritten();

}  // namespace unspin::cli
