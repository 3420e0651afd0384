// Tokens → anchors: the rare words, names and numbers that an article can be found by.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "unspin/anchor/anchor.h"
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
  // What is asked of every word; four of them in a line of the cache. Function words, and words that turned out to be
  // none, weigh nothing.
  struct Known {
    uint64_t word = 0;  // 0: an empty place
    float weight = 0;
    uint32_t article = 0;  // the last one that it was met in
  };
  size_t PlaceOf(uint64_t word) const;  // where it stands, or would
  Anchor Describe(std::string_view text, uint64_t word, ByteSpan place);
  void Grow();
  size_t Learn(std::string_view text, uint64_t word, ByteSpan place);  // returns where it stands

  const Lexicon& lexicon_;
  Stemmer stemmer_;
  std::vector<Known, HugePageAllocator<Known>> known_;                // open addressing; at most half full
  std::vector<uint64_t, HugePageAllocator<uint64_t>> anchor_hashes_;  // by place
  size_t words_ = 0;
  uint32_t article_ = 0;
  Anchors met_;  // scratch memory
};

}  // namespace unspin
