// Checks a property in a fuzz target: a violation aborts the run, so that libFuzzer saves the input.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace unspin::fuzz {

inline void Require(bool holds, const char* property) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", property);
  std::abort();
}

}  // namespace unspin::fuzz
