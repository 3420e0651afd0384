// Two articles → the evidence: passages aligned word by word, what was kept and changed, and how much of each side it
// is.
#pragma once

#include <array>
#include <vector>

#include "unspin/align/align_words.h"
#include "unspin/align/analyzed_article.h"
#include "unspin/align/find_passages.h"
#include "unspin/report/report.h"

namespace unspin {

struct AlignedPassage {
  TokenPassage place;
  std::vector<WordStep> steps;
  double rewrite = 1;   // 0 … 1, of the counted words
  double weight = 0;    // idf-weighted words of the original side: what the passage counts for in the whole
  double in_place = 0;  // content words replaced in place, as a share of the passage's content words
  double order = 1;     // share of the suspect's words that stand in line with the original
};

// All that Judge needs to know about a pair.
struct PairAlignment {
  std::vector<AlignedPassage> passages;
  WordCounts words;
  Coverage coverage;   // shares of the counted words
  double rewrite = 1;  // 1 where nothing is aligned
  double order_kept = 0;
  double in_place = 0;
  uint32_t longest_verbatim_run = 0;
  double best_stretch = 0;  // the aligned stretch with the most words kept over words changed, in words
  uint32_t counted_words_original = 0;
  uint32_t counted_words_suspect = 0;
};

// Total. Words in masked zones of either side enter neither numerator nor denominator.
PairAlignment Weigh(const AnalyzedArticle& original, const AnalyzedArticle& suspect, const PassageOptions& options,
                    LexiconCache& lexicon);

// Weight of one word in `rewrite`: rare words say more than common ones, no word says nothing.
double WordWeight(const WordInfo& word);

}  // namespace unspin
