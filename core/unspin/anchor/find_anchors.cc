#include "unspin/anchor/find_anchors.h"

#include <algorithm>

#include "unspin/text/tokenize.h"

namespace unspin {
namespace {

constexpr size_t kMostKnown = size_t{1} << 20;  // words remembered, 32 bytes each

void KeepHeaviest(Anchors& anchors, size_t most) {
  // Of several forms of a stem, the rarest gives the weight.
  std::sort(anchors.begin(), anchors.end(),
            [](const Anchor& a, const Anchor& b) { return a.hash != b.hash ? a.hash < b.hash : a.weight > b.weight; });
  anchors.erase(
      std::unique(anchors.begin(), anchors.end(), [](const Anchor& a, const Anchor& b) { return a.hash == b.hash; }),
      anchors.end());
  if (anchors.size() <= most) return;
  std::nth_element(anchors.begin(), anchors.begin() + most, anchors.end(), [](const Anchor& a, const Anchor& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.hash < b.hash;
  });
  anchors.resize(most);
}

Anchor AnchorOf(const WordInfo& info) {
  return {info.number ? info.canonical : info.stem, info.function_word ? 0 : info.idf};
}

Anchors Finish(Anchors anchors, const AnchorOptions& options) {
  KeepHeaviest(anchors, options.most_words);
  std::sort(anchors.begin(), anchors.end(), [](const Anchor& a, const Anchor& b) { return a.hash < b.hash; });
  return anchors;
}

}  // namespace

Anchors FindAnchors(const TokenizedArticle& article, const AnchorOptions& options, LexiconCache& lexicon) {
  Anchors anchors;
  anchors.reserve(article.tokens.size());
  for (size_t token = 0; token < article.tokens.size(); ++token) {
    const Anchor anchor = AnchorOf(lexicon.Describe(article.Word(token), article.tokens[token].word));
    if (anchor.weight >= options.least_idf) anchors.push_back(anchor);
  }
  return Finish(std::move(anchors), options);
}

const Anchor& AnchorFinder::Describe(std::string_view text, uint64_t word, ByteSpan place) {
  const auto [entry, is_new] = known_.try_emplace(word);
  if (!is_new) return entry->second;
  const TokenizedArticle words = Tokenize(text.substr(place.begin, place.size()));
  for (size_t token = 0; token < words.tokens.size(); ++token) {
    if (words.tokens[token].word != word) continue;
    entry->second = AnchorOf(lexicon_.Describe(words.Word(token), word, stemmer_));
    break;
  }
  return entry->second;
}

Anchors AnchorFinder::Find(std::string_view text, std::span<const uint64_t> words, std::span<const ByteSpan> places,
                           const AnchorOptions& options) {
  if (known_.size() > kMostKnown) known_.clear();
  Anchors anchors;
  anchors.reserve(words.size() / 2);
  for (size_t i = 0; i < words.size(); ++i) {
    const Anchor& anchor = Describe(text, words[i], places[i]);
    if (anchor.weight >= options.least_idf) anchors.push_back(anchor);
  }
  return Finish(std::move(anchors), options);
}

}  // namespace unspin
