#include "unspin/align/described_article.h"

#include <algorithm>
#include <bit>

#include "unspin/text/tokenize.h"

namespace unspin {

DescribedArticle Describe(std::string_view text, LexiconCache& lexicon) {
  DescribedArticle out;
  out.text = Tokenize(text);
  out.zones = FindZones(text, out.text);
  const size_t n = out.text.tokens.size();
  out.word.resize(n);
  // Open addressing, at most half full; kNoKey marks an empty place.
  std::vector<uint32_t> places(std::bit_ceil(2 * n + 2), kNoKey);
  const size_t mask = places.size() - 1;
  std::vector<uint32_t> first_tokens;  // of each distinct word
  first_tokens.reserve(n / 2);
  for (size_t token = 0; token < n; ++token) {
    const uint64_t hash = out.text.tokens[token].word;
    size_t at = hash & mask;
    while (places[at] != kNoKey && out.text.tokens[first_tokens[places[at]]].word != hash) at = (at + 1) & mask;
    if (places[at] == kNoKey) {
      places[at] = static_cast<uint32_t>(first_tokens.size());
      first_tokens.push_back(static_cast<uint32_t>(token));
    }
    out.word[token] = places[at];
  }
  constexpr size_t kAhead = 8;  // words whose places are asked of memory before they are looked at
  std::vector<uint64_t> keys;
  keys.reserve(first_tokens.size());
  out.vocabulary.reserve(first_tokens.size());
  for (size_t word = 0; word < first_tokens.size(); ++word) {
    if (word + kAhead < first_tokens.size()) lexicon.Prefetch(out.text.tokens[first_tokens[word + kAhead]].word);
    const size_t token = first_tokens[word];
    const WordInfo& info = lexicon.Describe(out.text.Word(token), out.text.tokens[token].word);
    out.vocabulary.push_back(info);
    keys.push_back(info.number ? info.canonical : info.stem);
  }
  out.keys = keys;
  std::sort(out.keys.begin(), out.keys.end());
  out.keys.erase(std::unique(out.keys.begin(), out.keys.end()), out.keys.end());
  out.key_idf.assign(out.keys.size(), 1e9f);
  out.key_of_word.resize(keys.size());
  for (size_t word = 0; word < keys.size(); ++word) {
    const auto at = std::lower_bound(out.keys.begin(), out.keys.end(), keys[word]);
    const auto key = static_cast<uint32_t>(at - out.keys.begin());
    out.key_of_word[word] = key;
    out.key_idf[key] = std::min(out.key_idf[key], out.vocabulary[word].idf);
  }
  out.key.resize(n);
  for (size_t token = 0; token < n; ++token) out.key[token] = out.key_of_word[out.word[token]];
  return out;
}

std::vector<uint32_t> JoinKeys(const DescribedArticle& a, const DescribedArticle& b) {
  std::vector<uint32_t> joined(a.keys.size(), kNoKey);
  for (size_t i = 0, j = 0; i < a.keys.size() && j < b.keys.size();) {
    if (a.keys[i] < b.keys[j]) {
      ++i;
    } else if (b.keys[j] < a.keys[i]) {
      ++j;
    } else {
      joined[i++] = static_cast<uint32_t>(j++);
    }
  }
  return joined;
}

}  // namespace unspin
