// An article prepared for alignment: every word is looked up in the lexicon once, and numbered so that words compare as
// integers.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "unspin/align/body_sentences.h"
#include "unspin/lexicon/lexicon_cache.h"
#include "unspin/text/tokenized_article.h"
#include "unspin/zones/zones.h"

namespace unspin {

// Sentences and runs of words are compared by stems: "bridge" equals "bridges". The stem of a number is its value, so
// that "two" equals "2". A word id is an index into `vocabulary`, a stem id an index into `stems`.
struct ArticleWords {
  TokenizedArticle text;
  std::vector<WordInfo> vocabulary;       // distinct words, in order of first use
  std::vector<uint32_t> word_ids;         // one per token
  std::vector<uint64_t> stems;            // hashes of the distinct stems, ascending
  std::vector<uint32_t> stem_ids;         // one per token
  std::vector<uint32_t> stem_id_of_word;  // one per word id
  std::vector<float> stem_idf;            // one per stem id: the lowest idf of the words with that stem
};

// The words, which copies share and nobody changes, and what they are in this article or in a pair: their zones, and
// the sentences that count.
struct AnalyzedArticle {
  AnalyzedArticle(std::shared_ptr<const ArticleWords> of, Zones by_zone, BodySentences in_sentences)
      : words(std::move(of)), zones(std::move(by_zone)), body(std::move(in_sentences)) {}

  std::shared_ptr<const ArticleWords> words;
  // Those of `words`.
  const TokenizedArticle& text = words->text;
  std::span<const WordInfo> vocabulary = words->vocabulary;
  std::span<const uint32_t> word_ids = words->word_ids;
  std::span<const uint64_t> stems = words->stems;
  std::span<const uint32_t> stem_ids = words->stem_ids, stem_id_of_word = words->stem_id_of_word;
  std::span<const float> stem_idf = words->stem_idf;

  Zones zones;
  BodySentences body;
  // With the words that were excluded from this one (exclude_words.h); null where none were. Both have the same tokens.
  std::shared_ptr<const AnalyzedArticle> with_excluded = nullptr;
  const AnalyzedArticle& whole() const { return with_excluded ? *with_excluded : *this; }

  size_t size() const { return word_ids.size(); }  // tokens
  const WordInfo& Info(size_t token) const { return vocabulary[word_ids[token]]; }

  // A capitalised word inside a sentence.
  bool IsName(size_t token) const {
    const Token& at = text.tokens[token];
    return at.capitalised && !at.starts_sentence;
  }
  // Neither a name, nor a number, nor a function word.
  bool IsPlain(size_t token) const {
    return !text.tokens[token].numeric && !IsName(token) && !Info(token).function_word;
  }
};

AnalyzedArticle Analyze(std::string_view text, LexiconCache& lexicon);
// The same, of words and zones that were found. REQUIRES: `zones` are those of the tokens.
AnalyzedArticle AnalyzeTokens(TokenizedArticle tokens, Zones zones, LexiconCache& lexicon);

inline constexpr uint32_t kNoStem = 0xffffffffu;

// For each stem id of `from`, the id of the same stem in `to`, or kNoStem. One merge of the two sorted lists.
std::vector<uint32_t> MatchStems(const AnalyzedArticle& from, const AnalyzedArticle& to);

}  // namespace unspin
