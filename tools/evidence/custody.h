// Lines of a chained log (event_line.h), some of them left out → what is wrong with them.
//
// A line's hash shows that the line was not changed by itself. Where lines are left out, nothing ties those before to
// those behind; and whoever writes a log can write another one, with hashes that fit. So lines are compared with the
// log of the service that has them all.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace unspin::evidence {

struct LogLinesCheck {
  std::vector<std::string> problems;  // each begins with "line 3: "
  int64_t left_out = 0;  // events whose numbers lie before the first line or between two; right where no problem is
};

enum class LogLines : uint8_t {
  kOfAnything,
  kOfOneCase,  // lines that name a case name the same one; others may be about no case
};

// Numbers ascend, times go back by no more than a correction of a clock, every hash fits its line, and each line names
// the hash of the one before it where their numbers are neighbours.
LogLinesCheck CheckLogLines(const std::vector<std::string>& lines, LogLines kind);

}  // namespace unspin::evidence
