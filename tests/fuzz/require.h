// A law that a fuzz target states: broken, it stops the run, so that the input is kept.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace unspin::fuzz {

inline void Require(bool holds, const char* law) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", law);
  std::abort();
}

}  // namespace unspin::fuzz
