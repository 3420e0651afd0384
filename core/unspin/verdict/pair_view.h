// Two articles as their pair shows them: what is narration in both, and the narration aligned word by word.
#pragma once

#include "unspin/align/analyzed_article.h"
#include "unspin/standing/standing_text.h"
#include "unspin/verdict/pair_alignment.h"
#include "unspin/verdict/shared_wording.h"

namespace unspin {

struct PairView {
  // Copies whose zones are those of `wording`, and whose sentences are narration. Their tokens are those of the
  // articles, so spans of tokens hold for both.
  AnalyzedArticle original, suspect;
  SharedWording wording;
  PairAlignment alignment;
};

// `standing`: which runs of the suspect are standing text; null where nothing is known. Total.
PairView ViewPair(const AnalyzedArticle& original, const AnalyzedArticle& suspect, const StandingText* standing,
                  LexiconCache& lexicon);

}  // namespace unspin
