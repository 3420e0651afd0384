// Two runs of tokens → for each stem that both have, its tokens on either side.
//
// Unlike MatchStems, which compares whole articles, it lists every use within two spans. Unlike OverlapCounter, it says
// where what is common lies.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "unspin/align/analyzed_pair.h"
#include "unspin/base/span.h"

namespace unspin {

// The tokens of one span, grouped by stem id of the original. Tokens ascend in each group. A counting sort.
class TokensByStem {
 public:
  // `stem_of(token)` is the stem id of the original, below `stems`, or kNoStem: such tokens are left out.
  template <typename StemOf>
  TokensByStem(TokenSpan span, size_t stems, const StemOf& stem_of) : begins_(stems + 2, 0) {
    for (uint32_t token = span.begin; token < span.end; ++token) {
      if (const uint32_t stem = stem_of(token); stem != kNoStem) ++begins_[stem + 2];
    }
    for (size_t stem = 2; stem < begins_.size(); ++stem) begins_[stem] += begins_[stem - 1];
    tokens_.resize(begins_.back());
    // While tokens are placed, begins_[stem + 1] runs from the begin of the stem's group to its end.
    for (uint32_t token = span.begin; token < span.end; ++token) {
      if (const uint32_t stem = stem_of(token); stem != kNoStem) tokens_[begins_[stem + 1]++] = token;
    }
  }

  std::span<const uint32_t> Of(size_t stem) const {
    return {tokens_.data() + begins_[stem], tokens_.data() + begins_[stem + 1]};
  }

 private:
  std::vector<uint32_t> begins_, tokens_;
};

class SharedStems {
 public:
  SharedStems(const AnalyzedPair& pair, TokenSpan original, TokenSpan suspect)
      : original_(original, pair.original.stems.size(), [&](uint32_t token) { return pair.OriginalStem(token); }),
        suspect_(suspect, pair.original.stems.size(), [&](uint32_t token) { return pair.SuspectStem(token); }) {
    stems_.reserve(std::min(original.size(), suspect.size()));
    for (uint32_t stem = 0; stem < pair.original.stems.size(); ++stem) {
      if (!suspect_.Of(stem).empty() && !original_.Of(stem).empty()) stems_.push_back(stem);
    }
  }

  // visit(tokens of the suspect, tokens of the original), stem after stem.
  template <typename Visit>
  void Each(const Visit& visit) const {
    for (const uint32_t stem : stems_) visit(suspect_.Of(stem), original_.Of(stem));
  }

 private:
  TokensByStem original_, suspect_;
  std::vector<uint32_t> stems_;  // ids of the original; shared ones
};

}  // namespace unspin
