// The sentences of an article's story as counts of its stems: what the article brings to every comparison.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "unspin/base/span.h"
#include "unspin/text/tokenized_article.h"
#include "unspin/zones/zones.h"

namespace unspin {

struct StemCount {
  uint32_t stem;
  float count;  // of words in the sentence that have it; a whole number
};

// Without site furniture and notices: they stand on every page of a site, and neither seed a passage nor weigh in what
// is rare.
struct BodySentences {
  std::vector<TokenSpan> sentences;      // ascending; very short ones are joined to the next
  std::vector<uint32_t> begins;          // sentence → counts, and the end of the last one's
  std::vector<StemCount> counts;         // of each sentence its distinct stems, in order of first use
  std::vector<uint32_t> sentences_with;  // one per stem: how many sentences have it

  std::span<const StemCount> CountsOf(size_t sentence) const {
    return {counts.data() + begins[sentence], counts.data() + begins[sentence + 1]};
  }
};

// `stem`: of each token, below `stems`.
BodySentences FindBodySentences(const TokenizedArticle& article, const Zones& zones, const std::vector<uint32_t>& stem,
                                size_t stems);

}  // namespace unspin
