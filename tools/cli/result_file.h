// A file of results that appears under its name only when it is whole.
#pragma once

#include <cstdio>
#include <functional>
#include <string>

#include "absl/status/status.h"

namespace unspin::cli {

// Written beside its name and renamed by Finish. Standard output ("-"), pipes and devices are written directly.
class ResultFile {
 public:
  explicit ResultFile(const std::string& path);
  ResultFile(const ResultFile&) = delete;
  ~ResultFile();  // removes the file unless it was finished

  void Write(const std::string& line);
  // True when everything was written; prints an error when it was not.
  bool Finish();

 private:
  std::string path_, temporary_;
  std::FILE* file_ = nullptr;
  int error_ = 0;  // number of the first one
};

// Writes a whole file. `write` returns why it could not. False after an error was printed.
bool WriteResults(const std::string& path, const std::function<absl::Status(ResultFile&)>& write);

}  // namespace unspin::cli
