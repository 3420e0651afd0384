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
  article.word_ids.resize(tokens.size());
  HashIndex numbers(tokens.size() / 2);  // articles say most words twice
  std::vector<uint32_t> first_tokens;
  std::vector<uint64_t> words;  // their hashes
  first_tokens.reserve(numbers.room());
  words.reserve(numbers.room());
  const auto word_of = [&](uint32_t number) { return words[number]; };
  for (size_t token = 0; token < tokens.size(); ++token) {
    const auto next = static_cast<uint32_t>(words.size());
    if (next == numbers.room()) numbers.Grow(next, word_of);
    const uint32_t number = numbers.FindOrInsert(tokens[token].word, next, word_of);
    if (number == next) {
      first_tokens.push_back(static_cast<uint32_t>(token));
      words.push_back(tokens[token].word);
      lexicon.PrefetchPlace(words.back());
    }
    article.word_ids[token] = number;
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

void NumberStems(AnalyzedArticle& article) {
  std::vector<std::pair<uint64_t, uint32_t>> words;  // stem · word
  words.reserve(article.vocabulary.size());
  for (const WordInfo& info : article.vocabulary)
    words.emplace_back(info.number ? info.canonical : info.stem, static_cast<uint32_t>(words.size()));
  BucketSort(words, [](const auto& word, unsigned bits) { return word.first >> (64 - bits); });
  article.stems.resize(words.size());
  article.stem_idf.resize(words.size());
  article.stem_id_of_word.resize(words.size());
  uint32_t stems = 0;
  for (size_t i = 0; i < words.size(); ++i) {
    const auto [stem, word] = words[i];
    const float idf = article.vocabulary[word].idf;
    const bool first = i == 0 || words[i - 1].first != stem;
    stems += first;
    article.stems[stems - 1] = stem;
    article.stem_idf[stems - 1] = first ? idf : std::min(article.stem_idf[stems - 1], idf);
    article.stem_id_of_word[word] = stems - 1;
  }
  article.stems.resize(stems);
  article.stem_idf.resize(stems);
  article.stem_ids.resize(article.word_ids.size());
  for (size_t token = 0; token < article.word_ids.size(); ++token)
    article.stem_ids[token] = article.stem_id_of_word[article.word_ids[token]];
}

}  // namespace

AnalyzedArticle Analyze(std::string_view text, LexiconCache& lexicon) {
  AnalyzedArticle out;
  out.text = Tokenize(text);
  out.zones = FindZones(text, out.text);
  LookUpWords(NumberWords(lexicon, out), lexicon, out);
  NumberStems(out);
  out.body = FindBodySentences(out.text, out.zones, out.stem_ids, out.stems.size());
  return out;
}

std::vector<uint32_t> MatchStems(const AnalyzedArticle& a, const AnalyzedArticle& b) {
  std::vector<uint32_t> joined(a.stems.size(), kNoStem);
  // Which side goes on is as good as chance: without branches, there is nothing to guess.
  for (size_t i = 0, j = 0; i < a.stems.size() && j < b.stems.size();) {
    const uint64_t left = a.stems[i], right = b.stems[j];
    joined[i] = left == right ? static_cast<uint32_t>(j) : kNoStem;
    i += left <= right;
    j += right <= left;
  }
  return joined;
}

}  // namespace unspin
