// Tokens → anchors: the rare words, names and numbers that an article can be found by.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "unspin/anchor/anchor.h"
#include "unspin/base/hash_index.h"
#include "unspin/base/huge_pages.h"
#include "unspin/base/span.h"
#include "unspin/lexicon/lexicon.h"
#include "unspin/text/tokenized_article.h"

namespace unspin {

struct AnchorOptions {
  // Distinct words kept, rarest first; raising it finds weaker rewrites and costs 3 bytes each.
  uint32_t most_words = 160;
  float least_idf = 1.5f;  // words that stand in more than a fifth of all articles lead nowhere
};

// Words are reduced to stems and numbers to values, so "two" and "2" are one anchor.
Anchors FindAnchors(const TokenizedArticle& article, const AnchorOptions& options, LexiconCache& lexicon);

// The same from word hashes alone, looking at a word's spelling the first time only. One per thread; what it remembers
// is bounded.
class AnchorFinder {
 public:
  explicit AnchorFinder(const Lexicon& lexicon);

  // `words` and `places` as WordHasher::Append fills them.
  Anchors Find(std::string_view text, std::span<const uint64_t> words, std::span<const ByteSpan> places,
               const AnchorOptions& options);

 private:
  // A word that was met before, and the anchor it is. Function words, and words that turned out to be none, weigh
  // nothing.
  struct Known {
    uint64_t word = 0;
    Anchor anchor;
    uint64_t unused = 0;  // two to a cache line, and none in two
  };
  // A word that the article did not have shortly before.
  struct Fresh {
    uint64_t word = 0;
    size_t place = 0;  // among its words
  };
  std::span<const Fresh> FindFresh(std::span<const uint64_t> words);
  const Anchor& AnchorOf(std::string_view text, uint64_t word, ByteSpan place);
  Anchor Describe(std::string_view text, uint64_t word, ByteSpan place);

  const Lexicon& lexicon_;
  Stemmer stemmer_;
  std::vector<Known, HugePageAllocator<Known>>
      known_;  // in the order in which they were met: common ones stand together
  HashIndex places_;
  uint64_t articles_ = 0;
  // Scratch memory.
  std::vector<uint64_t> last_;  // words, by their low bits; of this article where mixed with its number
  std::vector<Fresh> fresh_;
  Anchors met_, heavy_;
};

}  // namespace unspin
