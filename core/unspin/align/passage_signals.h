// A passage → what speaks for its having been taken: numbers for the trees of the passage model.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "unspin/align/analyzed_pair.h"
#include "unspin/align/overlap_counter.h"
#include "unspin/align/passage.h"
#include "unspin/align/sentence_signals.h"
#include "unspin/base/enum_array.h"

namespace unspin {

enum class PassageSignal : size_t {
  kCosine,          // of the two sides
  kSharedSuspect,   // idf-weighted share of the suspect's stems that occur in the other side
  kSharedOriginal,  // and of the original's
  kRuns1,           // share of the distinct stems of the side with fewer that the other side has,
  kRuns2,           // of pairs of neighbouring words,
  kRuns3,           // of runs of three
  kRuns5,           // and of five
  kPlain,           // log of the number of shared words that are neither names, numbers nor function words
  kWordsSuspect,    // logs of the numbers of words
  kWordsOriginal,
  kSentences,      // log of the suspect's number of sentences
  kLengthRatio,    // log of the original's bytes per byte of the suspect
  kSeeded,         // share of the suspect's sentences with a counterpart
  kSpread,         // log of the original's sentences per counterpart
  kOthers,         // number of the pair's other passages; for `join` of those inside,
  kOthersRuns,     // their maximum of kRuns5
  kOthersCosine,   // and of kCosine,
  kOthersSuspect,  // and the share of each side that lies inside of them
  kOthersOriginal,
  kTakenSuspect,  // means over the sentences of either side, by bytes: the probability that each was taken,
  kTakenOriginal,
  kInsideSuspect,  // and some of the SentenceSignals
  kInsideOriginal,
  kNearSuspect,
  kNearOriginal,
  kAdjacentSuspect,
  kAdjacentOriginal,
  kPlainSuspect,
  kPlainOriginal,
  kMaxTakenSuspect,  // probability of the likeliest sentence
  kMaxTakenOriginal,
  kNearWeightSuspect,  // log of the sum over the sentences
  kNearWeightOriginal,
};

inline constexpr size_t kPassageSignals = static_cast<size_t>(PassageSignal::kNearWeightOriginal) + 1;
using PassageSignals = EnumArray<PassageSignal, double, kPassageSignals>;

extern const std::array<std::string_view, kPassageSignals> kPassageSignalNames;

// Measures the passages of one pair of articles, which must outlive it. Reuses its memory.
class PassageMeter {
 public:
  explicit PassageMeter(const AnalyzedPair& pair) : pair_(pair) {}

  // The signals that the passage has by itself: kCosine to kSpread.
  void MeasurePassage(const TokenPassage& passage, PassageSignals& signals);

  // The signals that sentences of both sides add up to: kTakenSuspect to kNearWeightOriginal. Sentences outside of the
  // passage do not count. REQUIRES: one probability for each sentence, of the suspect's side and of the original's.
  void MeasureSentences(const TokenPassage& passage, const PassageSurroundings& around,
                        std::span<const double> suspect_taken, std::span<const double> original_taken,
                        PassageSignals& signals) const;

 private:
  static constexpr std::array<uint32_t, 3> kRunWords = {2, 3, 5};
  using RunHashes = std::array<std::vector<uint64_t>, kRunWords.size()>;

  static void HashRuns(const AnalyzedArticle& article, TokenSpan span, RunHashes& runs);
  void MeasureRuns(const TokenPassage& passage, PassageSignals& signals);
  void MeasureVocabulary(const TokenPassage& passage, PassageSignals& signals) const;

  const AnalyzedPair& pair_;
  RunHashes original_runs_, suspect_runs_;
  OverlapCounter counter_;
};

// One of a pair's other passages, and its signals.
struct MeasuredPassage {
  TokenPassage passage;
  PassageSignals signals;
};

// The signals kOthers to kOthersOriginal: an author who took one passage took others.
void MeasureOthers(const TokenPassage& passage, std::span<const MeasuredPassage* const> others,
                   PassageSignals& signals);

}  // namespace unspin
