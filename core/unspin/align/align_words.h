// Two passages → the edit script that turns the original's words into the suspect's: what happened to every word.
#pragma once

#include <vector>

#include "unspin/align/analyzed_pair.h"
#include "unspin/align/operation.h"
#include "unspin/align/word_step.h"
#include "unspin/base/span.h"

namespace unspin {

// Steps are in the order of the suspect; deleted words come where they were lost. Every word of both spans is in
// exactly one step. Time and memory are bounded: a passage too large for one matrix is cut at words that it has once on
// each side (chain_equal_words.h). REQUIRES: the spans lie inside their articles.
std::vector<WordStep> AlignWords(const AnalyzedPair& pair, TokenSpan original_span, TokenSpan suspect_span,
                                 LexiconCache& lexicon);

}  // namespace unspin
