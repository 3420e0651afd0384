// The learnt replacements that can occur between a suspect and some originals: the others change no alignment of them.
#pragma once

#include <span>
#include <vector>

#include "unspin/engine/check_basis.h"
#include "unspin/text/tokenized_article.h"

namespace unspin {

// Those whose original phrase stands in one of the originals, and whose other phrase stands in the suspect; ascending,
// each once.
std::vector<LearntReplacement> OccurringReplacements(std::vector<LearntReplacement> learnt,
                                                     const TokenizedArticle& suspect,
                                                     std::span<const TokenizedArticle* const> originals);

}  // namespace unspin
