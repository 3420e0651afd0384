// A passage that one article may have taken from another, and the thresholds by which passages are found.
#pragma once

#include <cstdint>

#include "unspin/base/span.h"

namespace unspin {

struct PassageOptions {
  double seed_cosine = 0.30;      // threshold of the weighted cosine of two sentences
  double seed_dice = 0.33;        // threshold of the Dice coefficient of two sentences' stems
  double whole_cosine = 0.34;     // threshold of the weighted cosine of the two sides of a passage
  uint32_t max_gap = 4;           // sentences of the suspect without a seed inside a passage
  uint32_t max_original_gap = 4;  // likewise, of the original
  uint32_t min_plain_words =
      4;                     // shared words that are neither names, numbers nor function words, where there is one seed
  uint32_t min_bytes = 150;  // of either side
};

struct TokenPassage {
  TokenSpan original;
  TokenSpan suspect;
  double similarity = 0;   // cosine of the two sides
  uint32_t sentences = 0;  // of the suspect
  double seeded = 0;       // share of these sentences that have a counterpart in the original
  double spread = 0;       // sentences of the original from the first to the last counterpart, per counterpart
};

}  // namespace unspin
