// Tokens → anchors: the rare words, names and numbers that an article can be found by.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "unspin/anchor/anchor.h"
#include "unspin/base/hash_index.h"
#include "unspin/base/huge_pages.h"
#include "unspin/base/span.h"
#include "unspin/lexicon/lexicon_cache.h"
#include "unspin/lexicon/stemmer.h"
#include "unspin/text/tokenized_article.h"

namespace unspin {

struct AnchorOptions {
  // Distinct words kept, rarest first; raising it finds weaker rewrites and costs 3 bytes each.
  uint32_t max_words = 160;
  float min_idf = 1.5f;  // words that occur in more than a fifth of all articles lead nowhere
};

// Words are reduced to stems and numbers to values, so "two" and "2" are one anchor.
Anchors FindAnchors(const TokenizedArticle& article, const AnchorOptions& options, LexiconCache& lexicon);

// FindAnchors from word hashes alone: the spelling of a word is read the first time only. One per thread; the memory of
// its cache is bounded.
class AnchorFinder {
 public:
  // `lexicon` outlives the finder.
  explicit AnchorFinder(const Lexicon& lexicon);

  // `words` and `sources` as WordHasher::Append fills them. REQUIRES: there are as many of both.
  Anchors Find(std::string_view text, std::span<const uint64_t> words, std::span<const ByteSpan> sources,
               const AnchorOptions& options);

 private:
  // A word and its anchor. Function words, and hashes whose word is not in its source, have weight 0.
  struct CachedAnchor {
    uint64_t word = 0;
    Anchor anchor;
    uint64_t unused = 0;  // two entries fill a cache line, and none lies in two
  };
  // A word of the article that did not occur shortly before.
  struct NewWord {
    uint64_t word = 0;
    size_t index = 0;  // in `words`
  };
  std::span<const NewWord> FindNewWords(std::span<const uint64_t> words);
  const Anchor& CachedAnchorOf(std::string_view text, uint64_t word, ByteSpan source);
  Anchor AnchorOf(std::string_view text, uint64_t word, ByteSpan source);

  const Lexicon& lexicon_;
  Stemmer stemmer_;
  std::vector<CachedAnchor, HugePageAllocator<CachedAnchor>> cache_;  // by first use: frequent words are close together
  HashIndex index_;                                                   // word hash → number in cache_
  uint64_t articles_ = 0;                                             // so far
  // Scratch memory.
  std::vector<uint64_t> last_words_;  // by low bits: the last word, mixed with the number of its article
  std::vector<NewWord> new_words_;
  Anchors found_, heavy_;
};

}  // namespace unspin
