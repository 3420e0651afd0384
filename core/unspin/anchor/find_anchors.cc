#include "unspin/anchor/find_anchors.h"

#include <algorithm>

namespace unspin {
namespace {

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
  Anchors anchors;
  anchors.reserve(article.tokens.size());
  for (size_t token = 0; token < article.tokens.size(); ++token) {
    const WordInfo& info = lexicon.Describe(article.Word(token), article.tokens[token].word);
    if (info.function_word || info.idf < options.least_idf) continue;
    anchors.push_back({info.number ? info.canonical : info.stem, info.idf});
  }
  KeepHeaviest(anchors, options.most_words);
  std::sort(anchors.begin(), anchors.end(), [](const Anchor& a, const Anchor& b) { return a.hash < b.hash; });
  return anchors;
}

}  // namespace unspin
