// What the program says to a person: messages and progress on standard error, never results.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"

namespace unspin::cli {

// "unspin: MESSAGE" and a line feed.
void PrintError(const std::string& message);
void PrintError(const absl::Status& status);

// Whether all results reached standard output; complains where they did not. For the end of a command.
bool ResultsWritten();

// A line on a terminal that says how far a long piece of work is; silent for work under a second, when standard error
// is no terminal, and when asked to be.
class Progress {
 public:
  Progress(std::string what, bool quiet);
  ~Progress();  // wipes the line

  void Update(uint64_t articles, uint64_t bytes, std::optional<uint64_t> bytes_total);
  double seconds() const;

 private:
  std::string what_;
  bool shown_ = false;
  bool silent_;
  std::chrono::steady_clock::time_point start_, last_;
};

}  // namespace unspin::cli
