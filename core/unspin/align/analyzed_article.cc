#include "unspin/align/analyzed_article.h"

#include <algorithm>
#include <utility>

#include "unspin/base/bucket_sort.h"
#include "unspin/base/hash_index.h"
#include "unspin/text/tokenize.h"

namespace unspin {
namespace {

// Fills `word`; returns the first token of each distinct word.
std::vector<uint32_t> NumberWords(const LexiconCache& lexicon, AnalyzedArticle& article) {
  const std::vector<Token>& tokens = article.text.tokens;
  article.word.resize(tokens.size());
  HashIndex numbers(tokens.size() / 2);  // articles say most words twice
  std::vector<uint32_t> first_tokens;
  std::vector<uint64_t> words;  // their hashes
  first_tokens.reserve(numbers.capacity());
  words.reserve(numbers.capacity());
  const auto word_of = [&](uint32_t number) { return words[number]; };
  for (size_t token = 0; token < tokens.size(); ++token) {
    const auto next = static_cast<uint32_t>(words.size());
    if (next == numbers.capacity()) numbers.Grow(next, word_of);
    const uint32_t number = numbers.FindOrInsert(tokens[token].word, next, word_of);
    if (number == next) {
      first_tokens.push_back(static_cast<uint32_t>(token));
      words.push_back(tokens[token].word);
      lexicon.PrefetchPlace(words.back());
    }
    article.word[token] = number;
  }
  return first_tokens;
}

void LookUpWords(const std::vector<uint32_t>& first_tokens, LexiconCache& lexicon, AnalyzedArticle& article) {
  constexpr size_t kAhead = 8;  // words
  const std::vector<Token>& tokens = article.text.tokens;
  article.vocabulary.reserve(first_tokens.size());
  for (size_t word = 0; word < first_tokens.size(); ++word) {
    if (word + kAhead < first_tokens.size()) lexicon.PrefetchWord(tokens[first_tokens[word + kAhead]].word);
    const uint32_t token = first_tokens[word];
    article.vocabulary.push_back(lexicon.Lookup(article.text.Word(token), tokens[token].word));
  }
}

void NumberKeys(AnalyzedArticle& article) {
  std::vector<std::pair<uint64_t, uint32_t>> words;  // key · word
  words.reserve(article.vocabulary.size());
  for (const WordInfo& info : article.vocabulary)
    words.emplace_back(info.number ? info.canonical : info.stem, static_cast<uint32_t>(words.size()));
  BucketSort(words, [](const auto& word, unsigned bits) { return word.first >> (64 - bits); });
  article.keys.resize(words.size());
  article.key_idf.resize(words.size());
  article.key_of_word.resize(words.size());
  uint32_t keys = 0;
  for (size_t i = 0; i < words.size(); ++i) {
    const auto [key, word] = words[i];
    const float idf = article.vocabulary[word].idf;
    const bool first = i == 0 || words[i - 1].first != key;
    keys += first;
    article.keys[keys - 1] = key;
    article.key_idf[keys - 1] = first ? idf : std::min(article.key_idf[keys - 1], idf);
    article.key_of_word[word] = keys - 1;
  }
  article.keys.resize(keys);
  article.key_idf.resize(keys);
  article.key.resize(article.word.size());
  for (size_t token = 0; token < article.word.size(); ++token)
    article.key[token] = article.key_of_word[article.word[token]];
}

}  // namespace

AnalyzedArticle Analyze(std::string_view text, LexiconCache& lexicon) {
  AnalyzedArticle out;
  out.text = Tokenize(text);
  out.zones = FindZones(text, out.text);
  LookUpWords(NumberWords(lexicon, out), lexicon, out);
  NumberKeys(out);
  out.story = FindBodySentences(out.text, out.zones, out.key, out.keys.size());
  return out;
}

std::vector<uint32_t> JoinKeys(const AnalyzedArticle& a, const AnalyzedArticle& b) {
  std::vector<uint32_t> joined(a.keys.size(), kNoKey);
  // Which side goes on is as good as chance: without branches, there is nothing to guess.
  for (size_t i = 0, j = 0; i < a.keys.size() && j < b.keys.size();) {
    const uint64_t left = a.keys[i], right = b.keys[j];
    joined[i] = left == right ? static_cast<uint32_t>(j) : kNoKey;
    i += left <= right;
    j += right <= left;
  }
  return joined;
}

}  // namespace unspin
