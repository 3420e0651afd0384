// A pair of articles → the numbers that tell a derived suspect from one written independently about the same matter.
//
// Each signal is a share or a logarithm of a count, so that neither length nor subject decides. Where only a part was
// taken, shares are small and the counts of shared word runs speak.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "unspin/align/described_article.h"
#include "unspin/verdict/evidence.h"

namespace unspin {

enum Signal : size_t {
  kShared1,
  kShared2,
  kShared3,
  kShared4,
  kShared5,  // shingles of n words: share of the smaller side found in the other
  kShared2Larger,
  kShared3Larger,
  kShared5Larger,    // … of the larger side
  kShared3Unquoted,  // as kShared3, outside of quotations, notices and names
  kRuns5,            // log of the number of 5-word runs shared outside of quotations
  kRuns3,            // log of the number of 3-word runs with a content word that is no name
  kIdfSuspect,       // idf-weighted share of the suspect's words that the original has
  kIdfOriginal,      // the other way round
  kRareSuspect,      // share of the suspect's rare words that the original has
  kRareOriginal,
  kRarePlain,             // the same for rare words that are no names and no numbers, of the smaller side
  kOrder,                 // longest increasing run of shared uncommon words, as a share, less what chance gives
  kOrderLength,           // log of that run's length
  kSentenceMean,          // per suspect sentence, the best idf cosine in the original: mean,
  kSentenceMedian,        // median,
  kSentenceShare3,        // share above .3,
  kSentenceShare5,        // share above .5,
  kSentenceOriginalMean,  // the mean the other way round,
  kSentenceOrder,         // how monotone the best sentences' places are
  kChain,                 // weight of the best monotone chain of sentences per sentence of the smaller side
  kBestRegion,            // log of the weight of the best run of neighbouring sentences
  kCoverageSuspect,       // counted words in aligned passages
  kCoverageOriginal,
  kKeptInPassages,     // 1 - rewrite where passages were found
  kSynonyms,           // share of replaced words that are synonyms of what they replace
  kLongestRun,         // log of the longest run of kept words outside of masked zones
  kLongestRunBeyond,   // the part of that logarithm beyond a run of ten words
  kBestStretch,        // log of the weight of the best aligned stretch
  kBestStretchBeyond,  // the part of that logarithm beyond a weight of nine
  kFunctionRuns,       // share of the smaller side's runs of eight function words found in the other
  kSignalCount,
};

using Signals = std::array<double, kSignalCount>;

Signals MeasureSignals(const DescribedArticle& original, const DescribedArticle& suspect, const Evidence& evidence);

// "shared-3" … and a sentence that says what a value means.
std::string_view SignalName(Signal signal);
std::string ExplainSignal(Signal signal, double value);

}  // namespace unspin
