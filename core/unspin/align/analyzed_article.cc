#include "unspin/align/analyzed_article.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <utility>

#include "unspin/base/bucket_sort.h"
#include "unspin/base/hash_index.h"
#include "unspin/text/tokenize.h"

namespace unspin {
namespace {

// Fills `word_ids`; returns the first token of each distinct word. Prefetches where the lexicon's cache will look for
// the word: without this and the prefetch of LookUpWords, `align` takes 1.09 times as long, 21 runs in turns.
std::vector<uint32_t> NumberWords(const LexiconCache& lexicon, ArticleWords& article) {
  const std::vector<Token>& tokens = article.text.tokens;
  article.word_ids.resize(tokens.size());
  HashIndex index(tokens.size() / 2);  // an article uses each word twice on average
  std::vector<uint32_t> first_tokens;
  std::vector<uint64_t> hashes;  // one per word id
  first_tokens.reserve(index.capacity());
  hashes.reserve(index.capacity());
  const auto hash_of = [&](uint32_t word) { return hashes[word]; };
  for (size_t token = 0; token < tokens.size(); ++token) {
    const auto next = static_cast<uint32_t>(hashes.size());
    if (next == index.capacity()) index.Grow(next, hash_of);
    const uint32_t word = index.FindOrInsert(tokens[token].word, next, hash_of);
    if (word == next) {
      first_tokens.push_back(static_cast<uint32_t>(token));
      hashes.push_back(tokens[token].word);
      lexicon.PrefetchPlace(hashes.back());
    }
    article.word_ids[token] = word;
  }
  return first_tokens;
}

void LookUpWords(const std::vector<uint32_t>& first_tokens, LexiconCache& lexicon, ArticleWords& article) {
  constexpr size_t kAhead = 8;  // words between the prefetch and its use
  const std::vector<Token>& tokens = article.text.tokens;
  article.vocabulary.reserve(first_tokens.size());
  for (size_t word = 0; word < first_tokens.size(); ++word) {
    if (word + kAhead < first_tokens.size()) lexicon.PrefetchWord(tokens[first_tokens[word + kAhead]].word);
    const uint32_t token = first_tokens[word];
    article.vocabulary.push_back(lexicon.Lookup(article.text.Word(token), tokens[token].word));
  }
}

void NumberStems(ArticleWords& article) {
  std::vector<std::pair<uint64_t, uint32_t>> words;  // hash of the stem, word id
  words.reserve(article.vocabulary.size());
  for (const WordInfo& info : article.vocabulary)
    words.emplace_back(info.number ? info.canonical : info.stem, static_cast<uint32_t>(words.size()));
  BucketSort(words, [](const auto& word, unsigned bits) { return word.first >> (64 - bits); });
  article.stems.resize(words.size());
  article.stem_idf.resize(words.size());
  article.stem_id_of_word.resize(words.size());
  size_t stems = 0;
  for (size_t i = 0; i < words.size(); ++i) {
    const auto [stem, word] = words[i];
    const float idf = article.vocabulary[word].idf;
    if (i == 0 || words[i - 1].first != stem) {
      article.stems[stems] = stem;
      article.stem_idf[stems++] = idf;
    } else {
      article.stem_idf[stems - 1] = std::min(article.stem_idf[stems - 1], idf);
    }
    article.stem_id_of_word[word] = static_cast<uint32_t>(stems - 1);
  }
  article.stems.resize(stems);
  article.stem_idf.resize(stems);
  article.stem_ids.resize(article.word_ids.size());
  for (size_t token = 0; token < article.word_ids.size(); ++token)
    article.stem_ids[token] = article.stem_id_of_word[article.word_ids[token]];
}

}  // namespace

AnalyzedArticle Analyze(std::string_view text, LexiconCache& lexicon) {
  const Language& language = lexicon.lexicon().language();
  TokenizedArticle tokens = Tokenize(text, language);
  Zones zones = FindZones(text, tokens, language);
  return AnalyzeTokens(std::move(tokens), std::move(zones), lexicon);
}

AnalyzedArticle AnalyzeTokens(TokenizedArticle tokens, Zones zones, LexiconCache& lexicon) {
  assert(zones.of_token.size() == tokens.tokens.size());
  auto words = std::make_shared<ArticleWords>();
  words->text = std::move(tokens);
  LookUpWords(NumberWords(lexicon, *words), lexicon, *words);
  NumberStems(*words);
  BodySentences body = FindBodySentences(words->text, zones, words->stem_ids, words->stems.size());
  return {std::move(words), std::move(zones), std::move(body)};
}

std::vector<uint32_t> MatchStems(const AnalyzedArticle& from, const AnalyzedArticle& to) {
  std::vector<uint32_t> matched(from.stems.size(), kNoStem);
  for (size_t i = 0, j = 0; i < from.stems.size() && j < to.stems.size();) {
    if (from.stems[i] < to.stems[j]) {
      ++i;
    } else if (to.stems[j] < from.stems[i]) {
      ++j;
    } else {
      matched[i++] = static_cast<uint32_t>(j++);
    }
  }
  return matched;
}

}  // namespace unspin
