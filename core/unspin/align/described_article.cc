#include "unspin/align/described_article.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "unspin/text/tokenize.h"

namespace unspin {

DescribedArticle Describe(std::string_view text, LexiconCache& lexicon) {
  DescribedArticle out;
  out.text = Tokenize(text);
  out.zones = FindZones(text, out.text);
  const size_t n = out.text.tokens.size();
  out.word.resize(n);
  absl::flat_hash_map<uint64_t, uint32_t> numbers;
  numbers.reserve(n / 2);
  std::vector<uint64_t> keys;
  for (size_t token = 0; token < n; ++token) {
    const uint64_t hash = out.text.tokens[token].word;
    const auto [entry, is_new] = numbers.try_emplace(hash, static_cast<uint32_t>(out.vocabulary.size()));
    if (is_new) {
      const WordInfo& info = lexicon.Describe(out.text.Word(token), hash);
      out.vocabulary.push_back(info);
      keys.push_back(info.number ? info.canonical : info.stem);
    }
    out.word[token] = entry->second;
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
