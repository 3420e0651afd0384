// A passage and the sentences around it → which word of one side is the partner of which word of the other.
//
// A word has at most one partner: a word with the same stem, as near as possible to where it is expected. The line of
// expected positions is drawn through words that occur once on each side (collinear_chain.h). A sentence that was taken
// has partners where they are expected. A sentence on the same matter only finds its words paired with those of the
// sentence that was taken.
#pragma once

#include <cstdint>
#include <vector>

#include "unspin/align/analyzed_pair.h"
#include "unspin/align/passage.h"
#include "unspin/align/sentence_span.h"

namespace unspin {

inline constexpr uint32_t kUnpaired = 0xffffffffu;

// What a word counts for: its idf, within bounds.
double PairingWeight(const AnalyzedArticle& article, uint32_t token);

// One side of a passage with the sentences around it; sentences are those of `article.text`.
struct PairedSide {
  PairedSide(const AnalyzedArticle& article, TokenSpan passage);

  const AnalyzedArticle& article;
  TokenSpan passage;       // without its surroundings
  SentenceSpan sentences;  // of the passage
  SentenceSpan with_surroundings;
  TokenSpan words;  // of `with_surroundings`

  // One entry per word of `words`.
  std::vector<uint32_t> partners;  // token of the other side, or kUnpaired
  std::vector<double> distances;   // words between the partner and where it was expected; 0 where unpaired
  std::vector<uint8_t> found;      // whether the stem occurs anywhere in the other side of the passage

  bool InPassage(uint32_t token) const { return token - passage.begin < passage.size(); }
  bool IsPaired(uint32_t index) const { return partners[index] != kUnpaired; }
};

struct PairedSides {
  PairedSide original, suspect;
};

// REQUIRES: neither side of the passage is empty.
PairedSides PairWords(const AnalyzedPair& pair, const TokenPassage& passage);

}  // namespace unspin
