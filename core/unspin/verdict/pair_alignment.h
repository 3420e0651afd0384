// Two articles → their passages aligned word by word: what was kept and changed, and how much of each side it is.
#pragma once

#include <cstdint>
#include <vector>

#include "unspin/align/analyzed_pair.h"
#include "unspin/align/passage.h"
#include "unspin/report/report.h"
#include "unspin/verdict/aligned_passage.h"

namespace unspin {

struct PairAlignment {
  std::vector<AlignedPassage> passages;  // in the order of the suspect, without overlap there
  WordCounts words;
  Coverage coverage;      // shares of the counted words
  double rewrite = 1;     // 1 where nothing is aligned; this and the next two: means of the passages by their weight
  double order_kept = 0;  // lowered where the passages themselves are out of order
  double in_place = 0;
  uint32_t longest_verbatim_run = 0;    // words
  double best_stretch = 0;              // the heaviest BestStretch of a passage, in words
  uint32_t counted_words_original = 0;  // Zones::Counts: narration, and speech that was reworded
  uint32_t counted_words_suspect = 0;
};

// For the passages that explain a verdict: looser than the defaults, which are made for finding a passage in a foreign
// article.
PassageOptions ExplainingPassages();

// For a pair that derives by its evidence though those show nothing: sentences that correspond, with little wording in
// common.
PassageOptions WidestPassages();

// What becomes of a passage's sentences of which few words came over. Strictly: as if all passages were pasted, where a
// part was taken.
enum class OwnSentences { kCutOut, kCutOutStrictly, kKept };

// Total. Words in masked zones of either side enter neither numerator nor denominator.
PairAlignment AlignPair(const AnalyzedPair& pair, const PassageOptions& options, LexiconCache& lexicon,
                        OwnSentences own = OwnSentences::kCutOut);

}  // namespace unspin
