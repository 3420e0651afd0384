// The body sentences of two articles as sparse vectors of weighted stems (tf · idf), comparable by their cosine.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "unspin/align/analyzed_pair.h"

namespace unspin {

struct WeightedStem {
  uint32_t stem;  // id of the original
  float weight;
};

// The sentences of one article.
struct SentenceVectors {
  std::vector<uint32_t> begins;     // of each sentence in `stems`, and the end of the last one
  std::vector<WeightedStem> stems;  // only those that both articles have
  std::vector<float> norms;         // of all stems of the sentence

  std::span<const WeightedStem> Of(uint32_t sentence) const {
    return {stems.data() + begins[sentence], stems.data() + begins[sentence + 1]};
  }
};

struct SentenceVectorPair {
  SentenceVectors original, suspect;
};

// idf counts the sentences of both articles.
SentenceVectorPair MakeSentenceVectors(const AnalyzedPair& pair);

}  // namespace unspin
