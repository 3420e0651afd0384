// Articles and edits of them, drawn from a number: the same number gives the same text on every machine.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/english.h"
#include "support/sample_articles.h"
#include "unspin/text/tokenize.h"
#include "unspin/zones/zones.h"

namespace unspin::testing {

// A generator whose draws do not depend on the standard library.
class Draw {
 public:
  explicit Draw(uint64_t seed) : random_(seed) {}
  size_t Below(size_t limit) { return static_cast<size_t>(random_() % limit); }
  bool Chance(double share) { return static_cast<double>(random_() >> 11) * 0x1p-53 < share; }
  template <typename Value>
  const Value& From(const std::vector<Value>& values) {
    return values[Below(values.size())];
  }
  template <typename Value>
  void Shuffle(std::vector<Value>& values) {
    for (size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[Below(i)]);
  }

 private:
  std::mt19937_64 random_;
};

// All words of all originals, lower case, as a pool of real words to put in the place of others.
inline std::vector<std::string> WordPool() {
  std::vector<std::string> pool;
  for (const std::string& story : SampleStories()) {
    const TokenizedArticle article = Tokenize(ReadSample(story, "independent.txt"));
    for (size_t token = 0; token < article.tokens.size(); ++token) pool.emplace_back(article.Word(token));
  }
  std::sort(pool.begin(), pool.end());
  pool.erase(std::unique(pool.begin(), pool.end()), pool.end());
  return pool;
}

// Words of the body in random order, each with a word that the text does not have: the first n of them are what an edit
// of size n replaces, and no edit gives back what another one took.
inline std::vector<std::pair<ByteSpan, std::string>> Replacements(const std::string& text, Draw& draw) {
  static const std::vector<std::string> pool = WordPool();
  const TokenizedArticle article = Tokenize(text);
  const Zones zones = FindZones(text, article);
  std::vector<std::string> own, others;
  for (size_t token = 0; token < article.tokens.size(); ++token) own.emplace_back(article.Word(token));
  std::sort(own.begin(), own.end());
  std::set_difference(pool.begin(), pool.end(), own.begin(), own.end(), std::back_inserter(others));
  std::vector<std::pair<ByteSpan, std::string>> edits;
  for (size_t token = 0; token < article.tokens.size(); ++token) {
    if (!zones.Counts(token) || article.tokens[token].numeric) continue;
    std::string word = draw.From(others);
    if (article.tokens[token].capitalised && word[0] >= 'a' && word[0] <= 'z')
      word[0] = static_cast<char>(word[0] - 'a' + 'A');
    edits.emplace_back(article.tokens[token].source, std::move(word));
  }
  draw.Shuffle(edits);
  return edits;
}

// The text with the first `count` replacements made.
inline std::string Replace(const std::string& text, std::vector<std::pair<ByteSpan, std::string>> edits, size_t count) {
  edits.resize(std::min(count, edits.size()));
  std::sort(edits.begin(), edits.end());
  std::string out;
  size_t at = 0;
  for (const auto& [span, word] : edits) {
    out += text.substr(at, span.begin - at) + word;
    at = span.end;
  }
  return out + text.substr(at);
}

}  // namespace unspin::testing
