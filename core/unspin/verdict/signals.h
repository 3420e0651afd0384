// A pair of articles → the numbers that tell a derived suspect from one written independently about the same matter.
//
// Each signal is a share or a logarithm of a count, so that neither length nor subject decides. Where only a part was
// taken, shares are small and the counts of shared word runs speak.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "unspin/align/analyzed_article.h"
#include "unspin/verdict/pair_alignment.h"

namespace unspin {

enum Signal : size_t {
  kShared4,           // runs of four words: share of the smaller side found in the other
  kShared5,           // runs of five
  kShared5Larger,     // … of the larger side
  kRuns5,             // log of the number of 5-word runs shared outside of quotations
  kRuns3,             // log of the number of shared 3-word runs that are neither quoted nor names
  kContentPairs,      // log of the number of shared pairs of neighbouring content words, in either order
  kIdfSuspect,        // idf-weighted share of the suspect's vocabulary that the original has
  kIdfOriginal,       // the other way round
  kRareSuspect,       // share of the suspect's rare words that the original has
  kRareOriginal,      // the other way round
  kRarePlain,         // the same for rare words that are no names and no numbers, of the smaller side
  kNames,             // idf-weighted share of the suspect's names that the original has
  kNumbers,           // the same for its numbers
  kFactsOfRegion,     // the same for names and numbers inside of the best region
  kQuotations,        // share of the suspect's quoted runs of three words that the original has
  kOrderLength,       // log of the longest increasing run of shared uncommon words, less what chance gives
  kPlainOrder,        // the same over plain words and their synonyms, as a share
  kPlainOrderLength,  // and as a log
  kSentenceMean,      // per suspect sentence the best idf cosine in the original, synonyms counting in part: mean,
  kSentenceMedian,    // median,
  kSentenceOriginal,  // the mean the other way round,
  kSentenceOrder,     // how monotone the best sentences' places are
  kBestRegion,        // log of the weight of the best run of neighbouring sentences
  kCoverageOriginal,  // counted words of the original in aligned passages
  kBestStretch,       // log of the weight of the best aligned stretch
  kSignalCount,
};

using Signals = std::array<double, kSignalCount>;

Signals MeasureSignals(const AnalyzedArticle& original, const AnalyzedArticle& suspect, const PairAlignment& evidence,
                       const Lexicon& lexicon);

// "shared-3" … and a sentence that says what a value means.
std::string_view SignalName(Signal signal);
std::string ExplainSignal(Signal signal, double value);

}  // namespace unspin
