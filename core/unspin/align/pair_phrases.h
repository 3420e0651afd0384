// Two unmatched phrases → one step, where they are one number in two spellings or synonyms of several words.
#pragma once

#include <optional>

#include "unspin/align/analyzed_pair.h"
#include "unspin/align/word_step.h"
#include "unspin/base/span.h"

namespace unspin {

// Nothing where the phrases are not equivalent, leave their sentence, are too long, or have one word each.
// REQUIRES: neither span is empty.
std::optional<WordStep> PairPhrases(const AnalyzedPair& pair, TokenSpan original, TokenSpan suspect,
                                    const LexiconCache& lexicon);

}  // namespace unspin
