// What the signals of a pair are computed from: whatever several of them need is measured once.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "unspin/align/analyzed_article.h"
#include "unspin/verdict/pair_view.h"
#include "unspin/verdict/signal_list.h"
#include "unspin/verdict/signals/common_order.h"
#include "unspin/verdict/signals/common_runs.h"
#include "unspin/verdict/signals/sentence_similarity.h"
#include "unspin/verdict/signals/synonym_stems.h"
#include "unspin/verdict/signals/vocabulary_share.h"

namespace unspin {

// Words of the suspect in runs that both articles have.
struct SharedRunWords {
  explicit SharedRunWords(const SharedWording& wording);

  uint32_t narration = 0, all = 0, longest_narration_run = 0;
};

struct PairMeasurements {
  // The view outlives it.
  PairMeasurements(const PairView& view, const Lexicon& lexicon);

  const AnalyzedArticle& original;
  const AnalyzedArticle& suspect;
  const PairAlignment& alignment;

  const std::vector<uint32_t>& to_original;  // stems of the suspect → stems of the original, or kNoStem
  std::vector<uint32_t> to_suspect;          // the other way round
  SharedRunWords shared;
  CommonRuns runs;
  SynonymStems synonyms;  // of the suspect's words that the original lacks
  VocabularyShare suspect_vocabulary, original_vocabulary;
  CommonOrders orders;
  SentenceSimilarity sentences;
};

// One function for each row of signal_list.h.
#define UNSPIN_MEASURE(enumerator, measure, family, name, sentence) double measure(const PairMeasurements& pair);
UNSPIN_SIGNALS(UNSPIN_MEASURE)
#undef UNSPIN_MEASURE

// Counts grow with the length of the articles; their logarithms can be weighed.
inline double LogOfCount(double count) { return std::log1p(count); }

}  // namespace unspin
