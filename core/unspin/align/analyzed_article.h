// An article as the aligner sees it: every word looked up in the lexicon once, and numbered so that words compare as
// integers.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "unspin/align/body_sentences.h"
#include "unspin/lexicon/lexicon_cache.h"
#include "unspin/text/tokenized_article.h"
#include "unspin/zones/zones.h"

namespace unspin {

// Words are equal for sentences and shingles when their keys are: the number's value for numbers, else the stem.
struct AnalyzedArticle {
  TokenizedArticle text;
  Zones zones;
  std::vector<WordInfo> vocabulary;   // distinct words, in order of first use
  std::vector<uint32_t> word;         // token → vocabulary
  std::vector<uint64_t> keys;         // distinct keys, ascending
  std::vector<uint32_t> key;          // token → keys
  std::vector<uint32_t> key_of_word;  // vocabulary → keys
  std::vector<float> key_idf;         // one per key: of the commonest word with that key
  BodySentences story;

  const WordInfo& Info(size_t token) const { return vocabulary[word[token]]; }
  size_t size() const { return word.size(); }
  bool IsName(size_t token) const {
    const Token& at = text.tokens[token];
    return at.capitalised & !at.starts_sentence;
  }
  // Neither a name, nor a number, nor a function word; without branches, as what is so is as good as chance.
  bool IsPlain(size_t token) const { return !(text.tokens[token].numeric | IsName(token) | Info(token).function_word); }
};

AnalyzedArticle Analyze(std::string_view text, LexiconCache& lexicon);

// For each key of `a`, its number in `b`, or kNoKey.
inline constexpr uint32_t kNoKey = 0xffffffffu;
std::vector<uint32_t> JoinKeys(const AnalyzedArticle& a, const AnalyzedArticle& b);

}  // namespace unspin
