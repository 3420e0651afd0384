// An article as the aligner sees it: every word looked up in the lexicon once, and numbered so that words compare as
// integers.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "unspin/align/body_sentences.h"
#include "unspin/lexicon/lexicon.h"
#include "unspin/text/tokenized_article.h"
#include "unspin/zones/zones.h"

namespace unspin {

// Words are equal for sentences and shingles when their stems are: the number's value for numbers, else the stem.
struct AnalyzedArticle {
  TokenizedArticle text;
  Zones zones;
  std::vector<WordInfo> vocabulary;       // distinct words, in order of first use
  std::vector<uint32_t> word_ids;         // token → vocabulary
  std::vector<uint64_t> stems;            // distinct stems, ascending
  std::vector<uint32_t> stem_ids;         // token → stems
  std::vector<uint32_t> stem_id_of_word;  // vocabulary → stems
  std::vector<float> stem_idf;            // one per stem: of the commonest word with that stem
  BodySentences body;

  const WordInfo& Info(size_t token) const { return vocabulary[word_ids[token]]; }
  size_t size() const { return word_ids.size(); }
  bool IsName(size_t token) const {
    const Token& at = text.tokens[token];
    return at.capitalised & !at.starts_sentence;
  }
  // Neither a name, nor a number, nor a function word; without branches, as what is so is as good as chance.
  bool IsPlain(size_t token) const { return !(text.tokens[token].numeric | IsName(token) | Info(token).function_word); }
};

AnalyzedArticle Analyze(std::string_view text, LexiconCache& lexicon);

// For each stem of `a`, its number in `b`, or kNoStem.
inline constexpr uint32_t kNoStem = 0xffffffffu;
std::vector<uint32_t> MatchStems(const AnalyzedArticle& a, const AnalyzedArticle& b);

}  // namespace unspin
