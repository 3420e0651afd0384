// Two articles as their pair shows them: what is narration in both, and the narration aligned word by word.
#pragma once

#include <cstdint>
#include <vector>

#include "unspin/align/analyzed_article.h"
#include "unspin/standing/standing_text.h"
#include "unspin/verdict/pair_alignment.h"
#include "unspin/verdict/shared_wording.h"

namespace unspin {

struct PairView {
  SharedWording wording;
  // The articles with the zones of `wording`, and with sentences that are narration. They share the words, so spans of
  // tokens hold for both.
  AnalyzedArticle original, suspect;
  std::vector<uint32_t> to_original;  // MatchStems(suspect, original)
  PairAlignment alignment;
};

// `standing`: which runs of the suspect are standing text; null where nothing is known. Total.
PairView ViewPair(const AnalyzedArticle& original, const AnalyzedArticle& suspect, const StandingText* standing,
                  LexiconCache& lexicon);

}  // namespace unspin
