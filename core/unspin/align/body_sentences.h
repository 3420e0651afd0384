// The sentences of an article's body as counts of stems: what the article brings to every search for passages.
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
  uint32_t stem;  // id
  float count;    // words of the sentence with that stem; a whole number
};

// Navigation and notices are left out. They recur on every page of a site: they must neither start a passage nor change
// how rare a stem is.
struct BodySentences {
  std::vector<TokenSpan> sentences;          // ascending; very short ones are joined to the next
  std::vector<uint32_t> begins;              // of each sentence in `counts`, and the end of the last one
  std::vector<StemCount> counts;             // of each sentence its distinct stems, in order of first use
  std::vector<uint32_t> sentence_frequency;  // one per stem id: sentences that have it

  std::span<const StemCount> CountsOf(size_t sentence) const {
    return {counts.data() + begins[sentence], counts.data() + begins[sentence + 1]};
  }
};

// REQUIRES: one stem id per token, each below `stems`.
BodySentences FindBodySentences(const TokenizedArticle& article, const Zones& zones, std::span<const uint32_t> stem_ids,
                                size_t stems);

// The same of narration alone: sentences with too few counted words are left out, and of the others only the counted
// words are counted.
BodySentences FindNarrationSentences(const TokenizedArticle& article, const Zones& zones,
                                     std::span<const uint32_t> stem_ids, size_t stems);

}  // namespace unspin
