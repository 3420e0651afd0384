// A passage whose sentences stand in another order than in the original, or more than once → blocks, inside of which
// they follow each other as in the original.
//
// A word alignment is one line from the beginning of a passage to its end. It loses each sentence that changed places
// with another, and each second copy of a sentence: their words seem to be inserted. A sentence is displaced where few
// of its words are in that line, though a sentence of the original is nearly the same (a seed of high cosine, which
// another sentence of the suspect, or none, is in line with). The passage is cut where the order breaks. Without a
// displaced sentence it stays as it is.
#pragma once

#include <span>
#include <vector>

#include "unspin/align/analyzed_pair.h"
#include "unspin/align/find_seeds.h"
#include "unspin/align/passage.h"
#include "unspin/align/word_step.h"

namespace unspin {

// In the order of the suspect; together they hold all of the passage's sentences in the suspect. Nothing where no
// sentence is displaced. Linear in the sentences and seeds of the passage.
// REQUIRES: `seeds` are ordered by the suspect's sentence; `steps` align the words of the passage.
std::vector<TokenPassage> SplitIntoOrderedBlocks(const AnalyzedPair& pair, std::span<const Seed> seeds,
                                                 const TokenPassage& passage, std::span<const WordStep> steps);

}  // namespace unspin
