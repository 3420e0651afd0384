#include "unspin/anchor/find_anchors.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "unspin/text/tokenize.h"

namespace unspin {
namespace {

constexpr size_t kFirstPlaces = size_t{1} << 14;  // for remembered words, 24 bytes each
constexpr size_t kMostPlaces = size_t{1} << 20;

// Each hash once, of ascending ones. Of several forms of a stem, the rarest gives the weight.
void KeepDistinct(Anchors& anchors) {
  size_t kept = 0;
  for (const Anchor& anchor : anchors) {
    if (kept == 0 || anchors[kept - 1].hash != anchor.hash) {
      anchors[kept++] = anchor;
    } else if (anchors[kept - 1].weight < anchor.weight) {
      anchors[kept - 1] = anchor;
    }
  }
  anchors.resize(kept);
}

// The `most` heaviest, in the order in which they come; of equal ones the first.
void KeepHeaviest(Anchors& anchors, size_t most) {
  if (anchors.size() <= most) return;
  if (most == 0) return anchors.clear();
  // All above some level, and the heaviest of those at it: few are at any.
  constexpr size_t kLevels = 256;
  const auto level_of = [](const Anchor& anchor) {
    return static_cast<size_t>(std::clamp(anchor.weight, 0.0f, 15.96f) * (kLevels / 16));
  };
  std::array<uint32_t, kLevels> counts{};
  for (const Anchor& anchor : anchors) ++counts[level_of(anchor)];
  size_t level = kLevels, above = 0;
  while (above + counts[level - 1] < most) above += counts[--level];
  --level;
  std::vector<float> at_level;
  for (const Anchor& anchor : anchors) {
    if (level_of(anchor) == level) at_level.push_back(anchor.weight);
  }
  const size_t wanted = most - above;
  std::nth_element(at_level.begin(), at_level.begin() + static_cast<std::ptrdiff_t>(wanted - 1), at_level.end(),
                   std::greater<>());
  const float least = at_level[wanted - 1];
  auto of_least =
      static_cast<size_t>(std::count(at_level.begin(), at_level.begin() + static_cast<std::ptrdiff_t>(wanted), least));
  size_t kept = 0;
  for (const Anchor& anchor : anchors) {
    const bool keep = anchor.weight > least || (anchor.weight == least && of_least > 0);
    of_least -= static_cast<size_t>(keep) & static_cast<size_t>(anchor.weight == least);
    anchors[kept] = anchor;
    kept += static_cast<size_t>(keep);
  }
  anchors.resize(kept);
}

// `anchors` is scratch memory from here on.
Anchors Select(Anchors& anchors, size_t most) {
  SortByHash(anchors);
  KeepDistinct(anchors);
  KeepHeaviest(anchors, most);
  return {anchors.begin(), anchors.end()};
}

Anchor AnchorOf(const WordInfo& info) {
  return {info.number ? info.canonical : info.stem, info.function_word ? 0 : info.idf};
}

}  // namespace

Anchors FindAnchors(const TokenizedArticle& article, const AnchorOptions& options, LexiconCache& lexicon) {
  Anchors anchors;
  anchors.reserve(article.tokens.size());
  for (size_t token = 0; token < article.tokens.size(); ++token) {
    const Anchor anchor = AnchorOf(lexicon.Describe(article.Word(token), article.tokens[token].word));
    if (anchor.weight >= options.least_idf) anchors.push_back(anchor);
  }
  return Select(anchors, options.most_words);
}

AnchorFinder::AnchorFinder(const Lexicon& lexicon)
    : lexicon_(lexicon), known_(kFirstPlaces), anchor_hashes_(kFirstPlaces) {}

size_t AnchorFinder::PlaceOf(uint64_t word) const {
  const Known* const known = known_.data();
  const size_t mask = known_.size() - 1;
  size_t at = word & mask;
  while (known[at].word != word && known[at].word != 0) at = (at + 1) & mask;
  return at;
}

void AnchorFinder::Grow() {
  const size_t before = known_.size(), size = before < kMostPlaces ? before * 2 : before;
  const auto known = std::exchange(known_, decltype(known_)(size));
  const auto hashes = std::exchange(anchor_hashes_, decltype(anchor_hashes_)(size));
  words_ = 0;
  // At the largest size all is forgotten: what is common is back soon.
  if (size == before) return;
  for (size_t i = 0; i < before; ++i) {
    if (known[i].word == 0) continue;
    const size_t place = PlaceOf(known[i].word);
    known_[place] = known[i];
    anchor_hashes_[place] = hashes[i];
    ++words_;
  }
}

Anchor AnchorFinder::Describe(std::string_view text, uint64_t word, ByteSpan place) {
  const TokenizedArticle words = Tokenize(text.substr(place.begin, place.size()));
  for (size_t token = 0; token < words.tokens.size(); ++token) {
    if (words.tokens[token].word == word)
      return AnchorOf(lexicon_.DescribeWithoutLemmas(words.Word(token), word, stemmer_));
  }
  return {};
}

size_t AnchorFinder::Learn(std::string_view text, uint64_t word, ByteSpan place) {
  const Anchor anchor = Describe(text, word, place);
  const size_t at = PlaceOf(word);
  known_[at] = {word, anchor.weight, 0};
  anchor_hashes_[at] = anchor.hash;
  ++words_;
  return at;
}

Anchors AnchorFinder::Find(std::string_view text, std::span<const uint64_t> words, std::span<const ByteSpan> places,
                           const AnchorOptions& options) {
  constexpr size_t kAhead = 20;  // words whose places are asked of memory before they are looked at
  ++article_;
  met_.resize(words.size());
  size_t met = 0, read = 0;  // of met_: behind the first ones stand places instead of hashes
  const auto read_hashes = [&] {
    for (size_t i = read; i < met; ++i) {
      if (i + kAhead < met) __builtin_prefetch(&anchor_hashes_[met_[i + kAhead].hash]);
      met_[i].hash = anchor_hashes_[met_[i].hash];
    }
    read = met;
  };
  for (size_t i = 0; i < words.size(); ++i) {
    Known* const known = known_.data();
    if (i + kAhead < words.size()) __builtin_prefetch(&known[words[i + kAhead] & (known_.size() - 1)]);
    if (words[i] == 0) continue;  // a hash in 2^64 that is taken for an empty place
    size_t at = PlaceOf(words[i]);
    if (known[at].word == 0) {
      if (words_ == known_.size() / 2) {
        read_hashes();
        Grow();
      }
      at = Learn(text, words[i], places[i]);
    }
    // Whether it counts is as good as random: a store that the next one overwrites costs less than a wrong guess.
    Known& word = known_[at];
    met_[met] = {at, word.weight};
    met += static_cast<size_t>(word.article != article_) & static_cast<size_t>(word.weight >= options.least_idf);
    word.article = article_;
  }
  read_hashes();
  met_.resize(met);
  return Select(met_, options.most_words);
}

}  // namespace unspin
