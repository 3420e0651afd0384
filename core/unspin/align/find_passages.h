// Two articles → the passages that one took from the other, in whole sentences.
//
// Sentences that share enough weighted words are seeds; seeds that lie close together on both sides grow into passages;
// a passage whose two sides do not resemble each other as wholes is split at its widest gap: the scheme of
// Sanchez-Perez, Sidorov and Gelbukh (PAN at CLEF 2014). Added to it: gaps are decided for every passage by itself,
// and names alone make no passage.
#pragma once

#include <span>
#include <vector>

#include "unspin/align/analyzed_article.h"
#include "unspin/base/span.h"

namespace unspin {

struct PassageOptions {
  double seed_cosine = 0.30;       // weighted cosine of two sentences, at least
  double seed_dice = 0.33;         // share of common words of two sentences, at least
  double whole_cosine = 0.34;      // the same for the two sides of a passage
  uint32_t gap = 4;                // sentences without a seed inside a passage, at most, in the suspect
  uint32_t original_gap = 4;       // and in the original
  uint32_t least_plain_words = 4;  // shared words that are neither names, numbers nor function words, at least
  uint32_t least_bytes = 150;      // shorter passages are dropped
};

struct TokenPassage {
  TokenSpan original;
  TokenSpan suspect;
  double similarity = 0;   // cosine of the two sides
  uint32_t sentences = 0;  // of the suspect
  double seeded = 0;       // share of them that have a counterpart in the original
  double spread = 0;       // sentences of the original from the first to the last counterpart, per counterpart
};

// The same by several options at once, in their order; what they have in common is done once. `to_original`:
// MatchStems(suspect, original). REQUIRES: equal thresholds of seeds.
std::vector<std::vector<TokenPassage>> FindPassages(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                                                    const std::vector<uint32_t>& to_original,
                                                    std::span<const PassageOptions> options);

// Passages do not overlap in the suspect; in its order.
std::vector<TokenPassage> FindPassages(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                                       const PassageOptions& options);

}  // namespace unspin
