// Standing text: runs of words that many articles of one site print, or articles of sites that share nothing else. It
// proves no derivation. An implementation says which runs are such; an archive counts them, a built-in table knows
// some.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace unspin {

class StandingText {
 public:
  virtual ~StandingText() = default;

  // Sets standing[i] where run `i` is standing text, and leaves the others as they are. `runs` are
  // HashShingles(words, 5) of an article, in order. REQUIRES: standing.size() == runs.size().
  virtual void Mark(std::span<const uint64_t> runs, std::vector<bool>& standing) const = 0;
};

}  // namespace unspin
