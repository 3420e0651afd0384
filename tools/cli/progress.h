// A line on a terminal that shows the progress of a long command.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace unspin::cli {

// Prints to standard error after one second of work. Prints nothing with `quiet` or when standard error is no terminal.
// Not safe to share between threads.
class Progress {
 public:
  Progress(std::string verb, bool quiet);  // "indexing"
  Progress(const Progress&) = delete;
  ~Progress();  // wipes the line

  // `bytes` read of `bytes_total`, from which the time left follows; 0 and nothing where they are unknown.
  void Update(uint64_t articles, uint64_t bytes, std::optional<uint64_t> bytes_total);
  double seconds() const;  // since the constructor

 private:
  std::string verb_;
  bool shown_ = false;
  bool silent_;
  std::chrono::steady_clock::time_point start_, last_;
};

}  // namespace unspin::cli
