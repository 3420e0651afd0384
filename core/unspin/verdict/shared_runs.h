// Two articles → the runs of words that both have.
#pragma once

#include <cstdint>
#include <vector>

#include "unspin/align/analyzed_pair.h"
#include "unspin/base/span.h"

namespace unspin {

// Shorter runs are shared by chance: names, titles and common phrases.
inline constexpr uint32_t kMinSharedRun = 5;  // words

// The same words on both sides, by their stems. The spans have one length.
struct SharedRun {
  TokenSpan original, suspect;
};

// Maximal runs in the order of the suspect, where they do not overlap: each begins behind the one before and is the
// longest from there on. About O(n log n) in the words of both articles.
std::vector<SharedRun> FindSharedRuns(const AnalyzedPair& pair);

}  // namespace unspin
