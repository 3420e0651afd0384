// Scores of articles → which of them are high enough, read from front to back.
//
// A question gives a score to a tenth of a segment's articles. Looking at all of them in order is faster than looking
// at that tenth in the order in which they came.
#pragma once

#include <cstddef>
#include <cstdint>

namespace unspin {

struct HighScore {
  uint32_t place;
  float score;  // scaled
};

// Writes those scores that are above 0 and, times `scale` and their norm, at least `least`; sets all to 0. No norm is
// above `most_norm`, so that those of low scores need not be read. `high` has room for n. Returns how many they are.
size_t TakeScores(float* scores, const float* norms, float most_norm, size_t n, float scale, float least,
                  HighScore* high);

}  // namespace unspin
