// A line on a terminal that shows the progress of a long command.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace unspin::cli {

// Wipes the line, if one is shown, so that something else can be printed. Safe to call from any thread.
void WipeProgress();

// Whether results on standard output would be printed into the line.
bool ResultsGoToTerminal();

// Prints to standard error after one second of work. Prints nothing with `quiet` or when standard error is no terminal.
// Not safe to share between threads.
class Progress {
 public:
  Progress(std::string verb, bool quiet);  // "indexing"
  Progress(const Progress&) = delete;
  ~Progress();  // wipes the line

  // `bytes` read of `bytes_total`, from which the time left follows; 0 and nothing where they are unknown.
  void Update(uint64_t articles, uint64_t bytes, std::optional<uint64_t> bytes_total);
  // Wipes the line; call it before results are printed. Returns the seconds since the constructor.
  double Finish();

 private:
  double seconds() const;

  std::string verb_;
  bool silent_;
  std::chrono::steady_clock::time_point start_, last_;
};

}  // namespace unspin::cli
