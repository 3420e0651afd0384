#include "unspin/anchor/find_anchors.h"

#include <algorithm>
#include <array>
#include <bit>

#include "unspin/text/tokenize.h"

namespace unspin {
namespace {

constexpr size_t kFirstPlaces = size_t{1} << 14;  // for remembered words, 32 bytes each
constexpr size_t kMostPlaces = size_t{1} << 20;

// Each hash once. Of several forms of a stem, the rarest gives the weight.
void KeepDistinct(Anchors& anchors, std::vector<uint32_t>& slots) {
  constexpr uint32_t kNone = 0xffffffffu;
  slots.assign(std::bit_ceil(2 * anchors.size() + 2), kNone);
  const size_t mask = slots.size() - 1;
  uint32_t kept = 0;
  for (const Anchor& anchor : anchors) {
    size_t at = anchor.hash & mask;
    while (slots[at] != kNone && anchors[slots[at]].hash != anchor.hash) at = (at + 1) & mask;
    if (slots[at] == kNone) {
      slots[at] = kept;
      anchors[kept++] = anchor;
    } else if (Anchor& known = anchors[slots[at]]; known.weight < anchor.weight) {
      known = anchor;
    }
  }
  anchors.resize(kept);
}

// The `most` heaviest; of equal ones those with the least hashes.
void KeepHeaviest(Anchors& anchors, size_t most) {
  if (anchors.size() <= most) return;
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
  Anchors at_level;
  size_t kept = 0;
  for (const Anchor& anchor : anchors) {
    const size_t here = level_of(anchor);
    if (here > level) {
      anchors[kept++] = anchor;
    } else if (here == level) {
      at_level.push_back(anchor);
    }
  }
  const auto wanted = at_level.begin() + static_cast<std::ptrdiff_t>(most - kept);
  std::nth_element(at_level.begin(), wanted, at_level.end(), [](const Anchor& a, const Anchor& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.hash < b.hash;
  });
  anchors.resize(kept);
  anchors.insert(anchors.end(), at_level.begin(), wanted);
}

// `anchors` and `slots` are scratch memory from here on.
Anchors Select(Anchors& anchors, size_t most, std::vector<uint32_t>& slots) {
  KeepDistinct(anchors, slots);
  KeepHeaviest(anchors, most);
  Anchors selected(anchors.begin(), anchors.end());
  SortByHash(selected);
  return selected;
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
  std::vector<uint32_t> slots;
  return Select(anchors, options.most_words, slots);
}

AnchorFinder::AnchorFinder(const Lexicon& lexicon) : lexicon_(lexicon), known_(kFirstPlaces) {}

AnchorFinder::Known& AnchorFinder::Place(Known* table, size_t mask, uint64_t word) {
  size_t at = word & mask;
  while (table[at].word != word && table[at].word != 0) at = (at + 1) & mask;
  return table[at];
}

void AnchorFinder::Grow() {
  std::vector<Known> before(known_.size() < kMostPlaces ? known_.size() * 2 : known_.size());
  before.swap(known_);
  words_ = 0;
  // At the largest size all is forgotten: what is common is back soon.
  if (before.size() == known_.size()) return;
  for (const Known& known : before) {
    if (known.word == 0) continue;
    Place(known_.data(), known_.size() - 1, known.word) = known;
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

Anchors AnchorFinder::Find(std::string_view text, std::span<const uint64_t> words, std::span<const ByteSpan> places,
                           const AnchorOptions& options) {
  constexpr size_t kAhead = 20;  // words whose places are asked of memory before they are looked at
  ++article_;
  met_.clear();
  const auto meet = [&](const Anchor& anchor) {
    if (anchor.weight >= options.least_idf) met_.push_back(anchor);
  };
  Known* table = known_.data();
  size_t mask = known_.size() - 1;
  for (size_t i = 0; i < words.size(); ++i) {
    if (i + kAhead < words.size()) __builtin_prefetch(&table[words[i + kAhead] & mask]);
    const uint64_t word = words[i];
    if (word == 0) continue;  // a hash in 2^64 that is taken for an empty place
    Known& known = Place(table, mask, word);
    if (known.word == 0) {
      known = {word, Describe(text, word, places[i]), article_};
      meet(known.anchor);
      if (++words_ > known_.size() / 2) Grow();
      table = known_.data();
      mask = known_.size() - 1;
    } else if (known.article != article_) {
      known.article = article_;
      meet(known.anchor);
    }
  }
  return Select(met_, options.most_words, slots_);
}

}  // namespace unspin
