// A passage and the sentences around it → what speaks for each sentence's being taken with the passage.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "unspin/align/analyzed_pair.h"
#include "unspin/align/passage.h"
#include "unspin/base/enum_array.h"
#include "unspin/base/span.h"

namespace unspin {

// Shares are of the weight of the sentence's words, 0 to 1, or -0.1 where there is no such sentence. Partners are those
// of pair_words.h. "Near 12" means at most 12 words from where a partner is expected. Inward is towards the middle of
// the passage, outward away from it.
enum class SentenceSignal : size_t {
  kOfOriginal,  // 1 for a sentence of the original, 0 for one of the suspect
  kNear12,
  kNear40,
  kPaired,
  kFound,          // stem occurs anywhere in the other side of the passage
  kInside,         // partner lies in the other side of the passage
  kAdjacent,       // share of the number of words: a neighbour's partner is a neighbour of the partner
  kWords,          // log of the number of words
  kNearWeight,     // log of the weight that is near 40
  kInward,         // near 40 of the next sentence inward
  kOutward,        // and outward
  kInward12,       // near 12 of the next sentence inward
  kOutward12,      // and outward
  kFurtherOut,     // near 40 of the next three sentences outward
  kFurtherIn,      // and inward
  kPassageNear40,  // of the sentence's side of the passage
  kPassageNear12,
  kPassageAdjacent,
  kOtherNear40,   // of the other side of the passage
  kPassageWords,  // logs of the number of words
  kOtherWords,
  kDistance,  // sentences between it and the passage; 0 inside
  kDepth,     // sentences between it and the passage's nearer end, at most five; 0 outside
  kPassageSentences,
  kSimilarity,  // of the passage
  kPlain,       // share of its plain words that are near 40
  kSeeded,      // of the passage
  kSpread,      // of the passage
};

inline constexpr size_t kSentenceSignals = static_cast<size_t>(SentenceSignal::kSpread) + 1;
using SentenceSignals = EnumArray<SentenceSignal, double, kSentenceSignals>;

extern const std::array<std::string_view, kSentenceSignals> kSentenceSignalNames;

struct MeasuredSentence {
  TokenSpan words;
  double near_weight = 0;  // of words near 40
  SentenceSignals signals;
};

// The sentences of a passage and those around it, in order.
struct PassageSurroundings {
  std::vector<MeasuredSentence> suspect, original;
};

// REQUIRES: neither side of the passage is empty.
PassageSurroundings MeasureSurroundings(const AnalyzedPair& pair, const TokenPassage& passage);

}  // namespace unspin
