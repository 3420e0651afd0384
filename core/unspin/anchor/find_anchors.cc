#include "unspin/anchor/find_anchors.h"

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <utility>

#include "unspin/base/hash.h"
#include "unspin/base/word_hash.h"
#include "unspin/text/tokenize.h"

namespace unspin {
namespace {

constexpr size_t kFirstKnown = size_t{1} << 13;  // words, 48 bytes each
constexpr size_t kMaxKnown = size_t{1} << 19;
constexpr size_t kLast = 2048;  // words of an article

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

// Weights in steps of a sixteenth: enough to tell most of the heaviest anchors from the others at a glance.
constexpr size_t kLevels = 256;

size_t LevelOf(float weight) { return static_cast<size_t>(std::clamp(weight, 0.0f, 15.96f) * (kLevels / 16)); }

// The highest level at or above which there are `most` anchors, how many are at it and how many above. REQUIRES: there
// are so many.
struct LeastLevel {
  size_t level = kLevels, at = 0, above = 0;

  LeastLevel(std::span<const Anchor> anchors, size_t most) {
    std::array<uint32_t, kLevels> counts{};
    for (const Anchor& anchor : anchors) ++counts[LevelOf(anchor.weight)];
    while (above + counts[level - 1] < most) above += counts[--level];
    at = counts[--level];
  }
};

// The `most` heaviest, in the order in which they come; of equal ones the first.
void KeepHeaviest(Anchors& anchors, size_t most) {
  if (anchors.size() <= most) return;
  if (most == 0) return anchors.clear();
  // All above some level, and the heaviest of those at it: few are at any.
  const LeastLevel kept_level(anchors, most);
  std::vector<float> at_level;
  at_level.reserve(kept_level.at);
  for (const Anchor& anchor : anchors) {
    if (LevelOf(anchor.weight) == kept_level.level) at_level.push_back(anchor.weight);
  }
  const size_t wanted = most - kept_level.above;
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

void SortDistinct(Anchors& anchors) {
  SortByHash(anchors);
  KeepDistinct(anchors);
}

// The `most` heaviest of distinct hashes, ascending, in no more memory than they take. `heavy` is scratch memory.
Anchors Select(std::span<const Anchor> anchors, size_t most, Anchors& heavy) {
  // Light ones need not be sorted, unless too many of the heavy ones turn out to be forms of one stem.
  const size_t enough = most + most / 8;
  if (anchors.size() > enough && most > 0) {
    const LeastLevel least(anchors, enough);
    heavy.resize(least.above + least.at + 1);
    size_t count = 0;
    for (const Anchor& anchor : anchors) {
      heavy[count] = anchor;
      count += static_cast<size_t>(LevelOf(anchor.weight) >= least.level);
    }
    heavy.resize(count);
    SortDistinct(heavy);
    if (heavy.size() >= most) {
      KeepHeaviest(heavy, most);
      return {heavy.begin(), heavy.end()};
    }
  }
  heavy.assign(anchors.begin(), anchors.end());
  SortDistinct(heavy);
  KeepHeaviest(heavy, most);
  return {heavy.begin(), heavy.end()};
}

Anchor AnchorFrom(const WordInfo& info) {
  return {info.number ? info.canonical : info.stem, info.function_word ? 0 : info.idf};
}

}  // namespace

Anchors FindAnchors(const TokenizedArticle& article, const AnchorOptions& options, LexiconCache& lexicon) {
  Anchors anchors;
  anchors.reserve(article.tokens.size());
  for (size_t token = 0; token < article.tokens.size(); ++token) {
    const Anchor anchor = AnchorFrom(lexicon.Lookup(article.Word(token), article.tokens[token].word));
    if (anchor.weight >= options.least_idf) anchors.push_back(anchor);
  }
  Anchors heavy;
  return Select(anchors, options.most_words, heavy);
}

AnchorFinder::AnchorFinder(const Lexicon& lexicon) : lexicon_(lexicon), places_(kFirstKnown), last_(kLast) {}

Anchor AnchorFinder::Describe(std::string_view text, uint64_t word, ByteSpan place) {
  const std::string_view bytes = text.substr(place.begin, place.size());
  const auto anchor_of = [&](std::string_view spelling) {
    return AnchorFrom(lexicon_.LookupWithoutLemmas(spelling, word, stemmer_));
  };
  // Nearly always, a word is its bytes in lower case: its hash says so.
  std::string lower(bytes);
  for (char& c : lower) c = static_cast<char>(c + ('A' <= c && c <= 'Z' ? 'a' - 'A' : 0));
  if (HashWord(lower) == word) return anchor_of(lower);
  const TokenizedArticle words = Tokenize(bytes);
  for (size_t token = 0; token < words.tokens.size(); ++token) {
    if (words.tokens[token].word == word) return anchor_of(words.Word(token));
  }
  return {};
}

const Anchor& AnchorFinder::AnchorOf(std::string_view text, uint64_t word, ByteSpan place) {
  const auto word_of = [&](uint32_t number) { return known_[number].word; };
  if (known_.size() == kMaxKnown) {
    // All is forgotten: what is common is back soon.
    known_.clear();
    places_ = HashIndex(kFirstKnown);
  }
  const auto count = static_cast<uint32_t>(known_.size());
  if (count == places_.capacity()) places_.Grow(count, word_of);
  const uint32_t number = places_.FindOrInsert(word, count, word_of);
  if (number == count) known_.push_back({word, Describe(text, word, place)});
  return known_[number].anchor;
}

std::span<const AnchorFinder::Fresh> AnchorFinder::FindFresh(std::span<const uint64_t> words) {
  // That a word of another article is taken for one of this is as unlikely as two words of one hash.
  const uint64_t article = Mix64(++articles_);
  if (fresh_.size() < words.size()) fresh_.resize(words.size());
  size_t fresh = 0;
  // Whether it was there is as good as random: a store that the next one overwrites costs less than a wrong guess.
  for (size_t i = 0; i < words.size(); ++i) {
    uint64_t& last = last_[words[i] % kLast];
    fresh_[fresh] = {words[i], i};
    fresh += static_cast<size_t>(last != (words[i] ^ article));
    last = words[i] ^ article;
  }
  return {fresh_.data(), fresh};
}

Anchors AnchorFinder::Find(std::string_view text, std::span<const uint64_t> words, std::span<const ByteSpan> places,
                           const AnchorOptions& options) {
  constexpr size_t kAhead = 24, kAtOnce = 512;  // words
  const std::span<const Fresh> fresh = FindFresh(words);
  if (met_.size() < fresh.size()) met_.resize(fresh.size());
  size_t met = 0;
  std::array<uint32_t, kAtOnce> likely;
  for (size_t begin = 0; begin < fresh.size(); begin += kAtOnce) {
    const size_t end = std::min(begin + kAtOnce, fresh.size());
    // Memory is asked for what is known of many words before the first is looked at.
    for (size_t i = begin; i < end; ++i) {
      places_.Prefetch(fresh[std::min(i + kAhead, fresh.size() - 1)].word);
      const uint32_t number = places_.PeekSlot(fresh[i].word);
      __builtin_prefetch(known_.data() + std::min<size_t>(number, known_.size()));
      likely[i - begin] = number;
    }
    for (size_t i = begin; i < end; ++i) {
      const auto [word, place] = fresh[i];
      const uint32_t number = likely[i - begin];
      const bool is_known = number < known_.size() && known_[number].word == word;
      const Anchor& anchor = is_known ? known_[number].anchor : AnchorOf(text, word, places[place]);
      met_[met] = anchor;
      met += static_cast<size_t>(anchor.weight >= options.least_idf);
    }
  }
  return Select({met_.data(), met}, options.most_words, heavy_);
}

}  // namespace unspin
