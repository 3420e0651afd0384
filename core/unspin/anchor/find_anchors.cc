#include "unspin/anchor/find_anchors.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <functional>
#include <string>
#include <utility>

#include "unspin/base/hash.h"
#include "unspin/base/word_hash.h"
#include "unspin/text/tokenize.h"

namespace unspin {
namespace {

constexpr size_t kFirstCachedWords = size_t{1} << 13;  // 48 bytes each, with the index
constexpr size_t kMaxCachedWords = size_t{1} << 19;
constexpr size_t kLastWords = 2048;  // words in which an article's repetitions are recognized

// Keeps each hash once. Of several forms of a stem, the rarest gives the weight. REQUIRES: ascending hashes.
void KeepDistinct(Anchors& anchors) {
  assert(std::is_sorted(anchors.begin(), anchors.end()));
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

// A histogram of weights in steps of a sixteenth: fine enough that few anchors share a level.
constexpr size_t kLevels = 256;

size_t LevelOf(float weight) { return static_cast<size_t>(std::clamp(weight, 0.0f, 15.96f) * (kLevels / 16)); }

// The highest level at or above which there are `count` anchors, how many are at it and how many above it. REQUIRES:
// 0 < count <= anchors.size().
struct CutLevel {
  size_t level = kLevels, at = 0, above = 0;

  CutLevel(std::span<const Anchor> anchors, size_t count) {
    assert(0 < count && count <= anchors.size());
    std::array<uint32_t, kLevels> counts{};
    for (const Anchor& anchor : anchors) ++counts[LevelOf(anchor.weight)];
    while (above + counts[level - 1] < count) above += counts[--level];
    at = counts[--level];
  }
};

// Keeps the `max` heaviest, in their order; of equal ones the first.
void KeepHeaviest(Anchors& anchors, size_t max) {
  if (anchors.size() <= max) return;
  if (max == 0) return anchors.clear();
  // All above the cut, and the heaviest of the few at it.
  const CutLevel cut(anchors, max);
  std::vector<float> at_cut;
  at_cut.reserve(cut.at);
  for (const Anchor& anchor : anchors) {
    if (LevelOf(anchor.weight) == cut.level) at_cut.push_back(anchor.weight);
  }
  const auto kept_at_cut = static_cast<std::ptrdiff_t>(max - cut.above);
  std::nth_element(at_cut.begin(), at_cut.begin() + kept_at_cut - 1, at_cut.end(), std::greater<>());
  const float min_weight = at_cut[static_cast<size_t>(kept_at_cut - 1)];
  auto of_min_weight = static_cast<size_t>(std::count(at_cut.begin(), at_cut.begin() + kept_at_cut, min_weight));
  size_t kept = 0;
  for (const Anchor& anchor : anchors) {
    const bool keep = anchor.weight > min_weight || (anchor.weight == min_weight && of_min_weight > 0);
    of_min_weight -= static_cast<size_t>(keep) & static_cast<size_t>(anchor.weight == min_weight);
    anchors[kept] = anchor;
    kept += static_cast<size_t>(keep);
  }
  anchors.resize(kept);
}

void SortDistinct(Anchors& anchors) {
  SortByHash(anchors);
  KeepDistinct(anchors);
}

// The `max` heaviest of distinct hashes, ascending, in no more memory than they take. `heavy` is scratch memory.
Anchors Select(std::span<const Anchor> anchors, size_t max, Anchors& heavy) {
  // Light ones need not be sorted, unless too many of the heavy ones turn out to be forms of one stem.
  const size_t enough = max + max / 8;
  if (anchors.size() > enough && max > 0) {
    const CutLevel cut(anchors, enough);
    heavy.resize(cut.above + cut.at + 1);  // one more, because every anchor is written before it is counted
    size_t count = 0;
    for (const Anchor& anchor : anchors) {
      heavy[count] = anchor;
      count += static_cast<size_t>(LevelOf(anchor.weight) >= cut.level);
    }
    heavy.resize(count);
    SortDistinct(heavy);
    if (heavy.size() >= max) {
      KeepHeaviest(heavy, max);
      return {heavy.begin(), heavy.end()};
    }
  }
  heavy.assign(anchors.begin(), anchors.end());
  SortDistinct(heavy);
  KeepHeaviest(heavy, max);
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
    if (anchor.weight >= options.min_idf) anchors.push_back(anchor);
  }
  Anchors heavy;
  return Select(anchors, options.max_words, heavy);
}

AnchorFinder::AnchorFinder(const Lexicon& lexicon)
    : lexicon_(lexicon), stemmer_(lexicon.language()), index_(kFirstCachedWords), last_words_(kLastWords) {}

Anchor AnchorFinder::AnchorOf(std::string_view text, uint64_t word, ByteSpan source) {
  const std::string_view bytes = text.substr(source.begin, source.size());
  const auto anchor_of = [&](std::string_view spelling) {
    return AnchorFrom(lexicon_.LookupWithoutLemmas(spelling, word, stemmer_));
  };
  // Nearly always, a word is its bytes in lower case: its hash says so.
  std::string lower(bytes);
  for (char& c : lower) c = static_cast<char>(c + ('A' <= c && c <= 'Z' ? 'a' - 'A' : 0));
  if (HashWord(lower) == word) return anchor_of(lower);
  const TokenizedArticle words = Tokenize(bytes, lexicon_.language());
  for (size_t token = 0; token < words.tokens.size(); ++token) {
    if (words.tokens[token].word == word) return anchor_of(words.Word(token));
  }
  return {};
}

const Anchor& AnchorFinder::CachedAnchorOf(std::string_view text, uint64_t word, ByteSpan source) {
  const auto word_of = [&](uint32_t number) { return cache_[number].word; };
  if (cache_.size() == kMaxCachedWords) {
    // Starts anew: frequent words come back soon.
    cache_.clear();
    index_ = HashIndex(kFirstCachedWords);
  }
  const auto count = static_cast<uint32_t>(cache_.size());
  if (count == index_.capacity()) index_.Grow(count, word_of);
  const uint32_t number = index_.FindOrInsert(word, count, word_of);
  if (number == count) cache_.push_back({word, AnchorOf(text, word, source)});
  return cache_[number].anchor;
}

std::span<const AnchorFinder::NewWord> AnchorFinder::FindNewWords(std::span<const uint64_t> words) {
  // A false match with a word of another article is as unlikely as a collision of two word hashes.
  const uint64_t article = Mix64(++articles_);
  if (new_words_.size() < words.size()) new_words_.resize(words.size());
  size_t count = 0;
  // Whether a word is new is unpredictable: each is written, and the next one overwrites it if it is not (no branch).
  for (size_t i = 0; i < words.size(); ++i) {
    uint64_t& last = last_words_[words[i] % kLastWords];
    new_words_[count] = {words[i], i};
    count += static_cast<size_t>(last != (words[i] ^ article));
    last = words[i] ^ article;
  }
  return {new_words_.data(), count};
}

Anchors AnchorFinder::Find(std::string_view text, std::span<const uint64_t> words, std::span<const ByteSpan> sources,
                           const AnchorOptions& options) {
  assert(words.size() == sources.size());
  constexpr size_t kAhead = 24, kAtOnce = 512;  // words
  const std::span<const NewWord> new_words = FindNewWords(words);
  if (found_.size() < new_words.size()) found_.resize(new_words.size());
  size_t found = 0;
  std::array<uint32_t, kAtOnce> likely;  // numbers in cache_, if the first slot of the index is right
  for (size_t begin = 0; begin < new_words.size(); begin += kAtOnce) {
    const size_t end = std::min(begin + kAtOnce, new_words.size());
    // Prefetches slots of the index, then the entries that they lead to: waiting for these was half of the time of
    // finding anchors (performance note 24).
    for (size_t i = begin; i < end; ++i) {
      index_.Prefetch(new_words[std::min(i + kAhead, new_words.size() - 1)].word);
      const uint32_t number = index_.PeekSlot(new_words[i].word);
      __builtin_prefetch(cache_.data() + std::min<size_t>(number, cache_.size()));
      likely[i - begin] = number;
    }
    for (size_t i = begin; i < end; ++i) {
      const auto [word, index] = new_words[i];
      const uint32_t number = likely[i - begin];
      const bool is_cached = number < cache_.size() && cache_[number].word == word;
      const Anchor& anchor = is_cached ? cache_[number].anchor : CachedAnchorOf(text, word, sources[index]);
      found_[found] = anchor;
      found += static_cast<size_t>(anchor.weight >= options.min_idf);
    }
  }
  return Select({found_.data(), found}, options.max_words, heavy_);
}

}  // namespace unspin
