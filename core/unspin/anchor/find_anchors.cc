#include "unspin/anchor/find_anchors.h"

#include <algorithm>

#include "unspin/base/hash.h"

namespace unspin {
namespace {

constexpr uint32_t kPairReach = 4;   // words between the two of a pair, at most
constexpr float kPairIdf = 3.5f;     // a word rarer than one article in thirty can be part of a pair
constexpr float kPairWeight = 0.6f;  // of the sum of its words: the words themselves count as well

void KeepHeaviest(Anchors& anchors, size_t most) {
  std::sort(anchors.begin(), anchors.end(), [](const Anchor& a, const Anchor& b) { return a.hash < b.hash; });
  anchors.erase(
      std::unique(anchors.begin(), anchors.end(), [](const Anchor& a, const Anchor& b) { return a.hash == b.hash; }),
      anchors.end());
  if (anchors.size() <= most) return;
  std::nth_element(anchors.begin(), anchors.begin() + most, anchors.end(), [](const Anchor& a, const Anchor& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.hash < b.hash;
  });
  anchors.resize(most);
}

}  // namespace

Anchors FindAnchors(const TokenizedArticle& article, const AnchorOptions& options, LexiconCache& lexicon) {
  Anchors words, pairs;
  words.reserve(article.tokens.size());
  uint64_t last_key = 0;
  float last_idf = 0;
  size_t last_token = 0;
  for (size_t token = 0; token < article.tokens.size(); ++token) {
    const WordInfo& info = lexicon.Describe(article.Word(token), article.tokens[token].word);
    if (info.function_word || info.idf < options.least_idf) continue;
    const uint64_t key = info.number ? info.canonical : info.stem;
    words.push_back({key, info.idf});
    if (info.idf < kPairIdf) continue;
    if (last_key != 0 && last_key != key && token - last_token <= kPairReach) {
      pairs.push_back({Mix64(last_key) ^ key, kPairWeight * (info.idf + last_idf)});
    }
    last_key = key;
    last_idf = info.idf;
    last_token = token;
  }
  KeepHeaviest(words, options.most_words);
  KeepHeaviest(pairs, options.most_pairs);
  words.insert(words.end(), pairs.begin(), pairs.end());
  KeepHeaviest(words, words.size());
  return words;
}

}  // namespace unspin
