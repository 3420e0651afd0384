// A passage and what stands around it, sentence by sentence → where it begins and ends on either side.
//
// Each word of one side is paired with at most one of the other: an equal stem, as near as may be to the line on which
// the passage's rare words lie. A sentence that was taken has partners where they are expected; one that only speaks of
// the same matter finds its words spent by the sentence that was.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "unspin/align/analyzed_article.h"
#include "unspin/align/boosted_trees.h"
#include "unspin/align/find_passages.h"
#include "unspin/base/span.h"

namespace unspin {

// Shares are of the weight of words, 0 to 1, or -0.1 where there is no such sentence. "Near": within so many words of
// where a partner is expected. Inward and outward are seen from the middle of the passage.
enum SentenceSignal : size_t {
  kSentenceOfOriginal,  // 1 for a sentence of the original, 0 of the suspect
  kSentenceNear12,
  kSentenceNear40,
  kSentencePaired,
  kSentenceFound,       // stands anywhere in the other side of the passage
  kSentenceInside,      // is paired with a word of the other side of the passage
  kSentenceAdjacent,    // share of words whose neighbour's partner is a neighbour too
  kSentenceWords,       // logs of the number of words
  kSentenceNearWeight,  // and of the weight paired near
  kSentenceInward,      // near 40 and near 12 of the next sentence inward, outward
  kSentenceOutward,
  kSentenceInward12,
  kSentenceOutward12,
  kSentenceFurtherOut,  // near 40 of the next three
  kSentenceFurtherIn,
  kSentencePassageNear40,
  kSentencePassageNear12,
  kSentencePassageAdjacent,
  kSentenceOtherNear40,   // of the other side of the passage
  kSentencePassageWords,  // logs
  kSentenceOtherWords,
  kSentenceDistance,  // sentences outside the passage, 0 within
  kSentenceDepth,     // sentences between it and the passage's end, at most five; 0 outside
  kSentencePassageSentences,
  kSentenceSimilarity,  // of the passage
  kSentencePlain,       // share of its plain words that are paired near
  kSentenceSeeded,      // of the passage
  kSentenceSpread,
  kSentenceSignalCount,
};

using SentenceSignals = std::array<double, kSentenceSignalCount>;

extern const std::array<std::string_view, kSentenceSignalCount> kSentenceSignalNames;

struct WeighedSentence {
  TokenSpan words;
  double near_weight = 0;  // of words paired near
  SentenceSignals signals{};
};

// The sentences of a passage and those around it, in order.
struct PassageSurroundings {
  std::vector<WeighedSentence> suspect, original;
};

// `to_original`: MatchStems(suspect, original).
PassageSurroundings MeasureSurroundings(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                                        const std::vector<uint32_t>& to_original, const TokenPassage& passage);

// Which stretch of sentences was taken: that of the largest sum, over its bytes, of how much likelier than not each was
// (Kadane's maximum subarray). `taken`: probabilities, one for each sentence. Empty where none is likely.
TokenSpan LikeliestStretch(const AnalyzedArticle& article, const std::vector<WeighedSentence>& sentences,
                           const std::vector<double>& taken);

// Ends of what was copied word for word lie where the words stop running alike, also inside a sentence or beyond it.
// Leaves alone what was rewritten.
void SharpenEnds(const AnalyzedArticle& original, const AnalyzedArticle& suspect, TokenPassage& passage);

}  // namespace unspin
