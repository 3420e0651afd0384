// Standing text between two articles, as far as sampled runs tell: their runs of words, and the runs near them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "unspin/standing/standing_text.h"

namespace unspin {

// A run between two sampled runs is standing text where the nearer one is, and stands not too far away.
class StandingRuns : public StandingText {
 public:
  // Two runs are from one standing text where they stand at most this many words apart.
  static constexpr size_t kMaxWordsApart = 24;

  // `sampled`: runs that are standing text, ascending; those that are not sampled (IsSampled) change nothing.
  explicit StandingRuns(std::vector<uint64_t> sampled);

  void Mark(std::span<const uint64_t> runs, std::vector<bool>& standing) const override;

 private:
  const std::vector<uint64_t> sampled_;
};

}  // namespace unspin
