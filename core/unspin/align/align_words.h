// One passage → what happened to every word of it: the edit script that turns the original's words into the suspect's.
#pragma once

#include <optional>
#include <vector>

#include "unspin/align/analyzed_article.h"
#include "unspin/align/operation.h"
#include "unspin/base/span.h"

namespace unspin {

// A step of the script. Kept, inflected, synonym and replaced words have one word on each side, or, where a phrase of
// another length took the place ("support", "back up"; "22", "twenty two"), a few; an inserted word has an empty
// original span, a deleted one an empty suspect span; a moved word has one on each side, out of order.
struct WordStep {
  WordChange change = WordChange::kKept;
  TokenSpan original;
  TokenSpan suspect;
  std::optional<SubstitutionSource> evidence;
};

// Steps in the order of the suspect; deleted words stand where they were lost. Every word of both spans is in exactly
// one step. Time and memory are bounded by kMaxCells cells per passage: longer passages are cut at their rarest
// common words first.
std::vector<WordStep> AlignWords(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                                 TokenSpan original_span, TokenSpan suspect_span, LexiconCache& lexicon);

}  // namespace unspin
