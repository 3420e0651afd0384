#include "unspin/align/ordered_blocks.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "unspin/align/sentence_span.h"

namespace unspin {
namespace {

constexpr uint32_t kNoSentence = 0xffffffffu;
constexpr double kMinInLine = 0.5;        // of a sentence's content words: then it is in line
constexpr float kMinSameCosine = 0.6f;    // of a displaced sentence and its counterpart; one word in three may differ
constexpr float kMinEqualCosine = 0.95f;  // likewise, of a sentence too short to miss a word
constexpr float kSameRank = 0.05f;  // cosines this close are equal, and the counterpart next in order is preferred
constexpr uint32_t kMinContentWords = 4;  // of a sentence that may miss words, and that shows a displacement
constexpr double kMaxDivided = 1.5;       // content words of the parts of a divided sentence, for each of its own
constexpr double kMinLoose = 0.2;         // of a reworded sentence's content words that are in line, two at least
constexpr uint32_t kMinLooseWords = 2;
constexpr uint32_t kMaxSkipped = 4;  // sentences of the original that one block may leave out, as in a passage

// A sentence of the suspect, and where it comes from.
struct Origin {
  uint32_t content = 0;         // its content words
  uint32_t line = kNoSentence;  // the sentence of the original with which most of them are aligned in line
  uint32_t in_line = 0;         // how many
  uint32_t line_from = kNoSentence, line_to = kNoSentence;  // the first and the last sentence with such a word
  uint32_t nearest = kNoSentence;                           // the sentence of the original with the highest cosine
  float cosine = 0;                                         // of `nearest`
  bool displaced = false;

  bool InLine() const { return in_line > 0 && in_line >= kMinInLine * content; }
  bool IsCertain() const { return displaced || (in_line >= kMinLooseWords && in_line >= kMinLoose * content); }
  uint32_t sentence() const { return displaced || line == kNoSentence ? nearest : line; }
};

// The sentences that overlap a span. Sentences are ascending and disjoint.
SentenceSpan SentencesIn(const std::vector<TokenSpan>& sentences, TokenSpan span) {
  const auto begin = std::partition_point(sentences.begin(), sentences.end(),
                                          [&](TokenSpan sentence) { return sentence.end <= span.begin; });
  const auto end =
      std::partition_point(begin, sentences.end(), [&](TokenSpan sentence) { return sentence.begin < span.end; });
  return {static_cast<uint32_t>(begin - sentences.begin()), static_cast<uint32_t>(end - sentences.begin())};
}

bool IsInLine(WordChange change) { return change == WordChange::kKept || change == WordChange::kInflected; }

class BlockSplitter {
 public:
  BlockSplitter(const AnalyzedPair& pair, std::span<const Seed> seeds, const TokenPassage& passage)
      : pair_(pair),
        seeds_(seeds),
        passage_(passage),
        suspect_(SentencesIn(pair.suspect.body.sentences, passage.suspect)),
        original_(SentencesIn(pair.original.body.sentences, passage.original)),
        origins_(suspect_.size()),
        takers_(original_.size(), kNoSentence) {}

  std::vector<TokenPassage> Run(std::span<const WordStep> steps) {
    CountContentWords();
    FollowLine(steps);
    if (!FindDisplaced()) return {};
    CountOrigins();
    const std::vector<Block> blocks = JoinInOrder();
    if (blocks.size() < 2) return {};
    std::vector<TokenPassage> passages;
    for (size_t i = 0; i < blocks.size(); ++i)
      passages.push_back(PassageOf(blocks[i], i + 1 < blocks.size() ? blocks[i + 1].first : suspect_.end));
    return passages;
  }

 private:
  // Sentences `first` … of the suspect, up to the next block, from sentences `from` … `to` of the original, both
  // included.
  struct Block {
    uint32_t first, from, to;
    bool displaced;  // its last certain sentence
  };

  Origin& OriginOf(uint32_t sentence) { return origins_[sentence - suspect_.begin]; }
  uint32_t& TakerOf(uint32_t sentence) { return takers_[sentence - original_.begin]; }
  bool IsContent(uint32_t token) const {
    return pair_.suspect.zones.Counts(token) && !pair_.suspect.Info(token).function_word;
  }

  void CountContentWords() {
    for (uint32_t sentence = suspect_.begin; sentence < suspect_.end; ++sentence) {
      const TokenSpan tokens = pair_.suspect.body.sentences[sentence];
      for (uint32_t token = tokens.begin; token < tokens.end; ++token) OriginOf(sentence).content += IsContent(token);
    }
  }

  // Which sentences the aligned words connect. Steps in line ascend on both sides.
  void FollowLine(std::span<const WordStep> steps) {
    const auto &left = pair_.original.body.sentences, &right = pair_.suspect.body.sentences;
    std::vector<uint32_t> most(takers_.size(), 0);  // words in line between a sentence and its taker
    uint32_t i = suspect_.begin, j = original_.begin, words = 0;
    for (const WordStep& step : steps) {
      if (!IsInLine(step.change) || !IsContent(step.suspect.begin)) continue;
      const uint32_t last_i = i, last_j = j;
      while (i < suspect_.end && right[i].end <= step.suspect.begin) ++i;
      while (j < original_.end && left[j].end <= step.original.begin) ++j;
      if (i == suspect_.end || j == original_.end) break;
      if (i != last_i || j != last_j) words = 0;
      if (step.suspect.begin < right[i].begin || step.original.begin < left[j].begin) continue;
      ++words;
      Origin& origin = OriginOf(i);
      if (origin.line == kNoSentence) origin.line_from = j;
      origin.line_to = j;
      if (words > origin.in_line) {
        origin.in_line = words;
        origin.line = j;
      }
      uint32_t& most_of_j = most[j - original_.begin];
      if (words > most_of_j) {
        most_of_j = words;
        TakerOf(j) = i;
      }
    }
  }

  // The most similar sentence of the original inside of the passage; of equal ones the one behind `before`.
  void FindNearest(std::span<const Seed> seeds, uint32_t before, Origin& origin) const {
    for (const Seed& seed : seeds) {
      if (seed.original < original_.begin || seed.original >= original_.end || seed.cosine <= origin.cosine) continue;
      origin.cosine = seed.cosine;
      origin.nearest = seed.original;
    }
    for (const Seed& seed : seeds) {
      if (before != kNoSentence && seed.original == before + 1 && seed.original < original_.end &&
          seed.cosine >= origin.cosine - kSameRank)
        origin.nearest = seed.original;
    }
  }

  // Whether the nearest sentence of the original was divided between this one and another, which is in line with it.
  bool IsRestOf(const Origin& origin) {
    const uint32_t taker = TakerOf(origin.nearest);
    if (taker == kNoSentence || !OriginOf(taker).InLine()) return false;
    const TokenSpan tokens = pair_.original.body.sentences[origin.nearest];
    uint32_t content = 0;
    for (uint32_t token = tokens.begin; token < tokens.end; ++token)
      content += pair_.original.zones.Counts(token) && !pair_.original.Info(token).function_word;
    return origin.content + OriginOf(taker).content <= kMaxDivided * content;
  }

  // Returns whether there are any.
  bool FindDisplaced() {
    bool any = false;
    auto seed = std::partition_point(seeds_.begin(), seeds_.end(),
                                     [&](const Seed& other) { return other.suspect < suspect_.begin; });
    uint32_t before = kNoSentence;
    for (uint32_t sentence = suspect_.begin; sentence < suspect_.end; ++sentence) {
      const auto first = seed;
      while (seed != seeds_.end() && seed->suspect == sentence) ++seed;
      Origin& origin = OriginOf(sentence);
      if (!origin.InLine()) {
        FindNearest({first, seed}, before, origin);
        const bool is_short = origin.content < kMinContentWords;
        origin.displaced =
            origin.cosine >= (is_short ? kMinEqualCosine : kMinSameCosine) && TakerOf(origin.nearest) != sentence;
        any = any || (origin.displaced && !is_short);
      }
      before = origin.sentence();
    }
    return any;
  }

  // Fills origins_before_.
  void CountOrigins() {
    std::vector<bool> is_origin(original_.size(), false);
    for (const Origin& origin : origins_) {
      if (origin.IsCertain()) is_origin[origin.sentence() - original_.begin] = true;
    }
    origins_before_.assign(original_.size() + size_t{1}, 0);
    for (size_t i = 0; i < is_origin.size(); ++i) origins_before_[i + 1] = origins_before_[i] + is_origin[i];
  }

  // Whether a sentence of [begin, end) in the original is the origin of any sentence of the suspect.
  bool HasOrigin(uint32_t begin, uint32_t end) const {
    return origins_before_[end - original_.begin] > origins_before_[begin - original_.begin];
  }

  // The sentences of the original that a certain one comes from: a sentence in line may join several.
  uint32_t FirstOf(const Origin& origin) const {
    const uint32_t sentence = origin.sentence();
    return origin.displaced || HasOrigin(origin.line_from, sentence) ? sentence : origin.line_from;
  }
  uint32_t LastOf(const Origin& origin) const {
    const uint32_t sentence = origin.sentence();
    return origin.displaced || HasOrigin(sentence + 1, origin.line_to + 1) ? sentence : origin.line_to;
  }

  // Whether a certain sentence goes on with a block.
  bool Continues(const Block& block, const Origin& origin) const {
    const uint32_t sentence = origin.sentence();
    if (sentence < block.to || (sentence == block.to && origin.displaced)) return false;
    if (sentence > block.to && HasOrigin(block.to + 1, sentence)) return false;
    // What is left out between two sentences in line was left out by who wrote the suspect.
    return (!origin.displaced && !block.displaced) || sentence - block.to <= kMaxSkipped + 1;
  }

  // Uncertain sentences go on with the block before them or lead to the block behind them where no other sentence comes
  // from what lies between. A block in line may leave out any number of sentences.
  bool Precedes(const Origin& origin, const Block& block) const {
    const uint32_t sentence = origin.sentence();
    if (sentence == kNoSentence || sentence >= block.from) return false;
    if (sentence + 1 == block.from) return true;  // also where another copy has it
    if (HasOrigin(sentence, block.from)) return false;
    return !block.displaced || block.from - sentence <= kMaxSkipped + 1;
  }
  bool Follows(const Origin& origin, const Block& block) const {
    const uint32_t sentence = origin.sentence();
    if (sentence == kNoSentence || sentence <= block.to) return false;
    if (sentence == block.to + 1) return true;
    if (HasOrigin(block.to + 1, sentence + 1)) return false;
    return !block.displaced || sentence - block.to <= kMaxSkipped + 1;
  }

  // Sentences that lead nowhere stay with the block before them, at the beginning with the first block.
  std::vector<Block> JoinInOrder() {
    std::vector<Block> blocks;
    uint32_t uncertain = suspect_.begin;  // the first sentence behind the last one that belongs to a block
    for (uint32_t sentence = suspect_.begin; sentence < suspect_.end; ++sentence) {
      const Origin& origin = OriginOf(sentence);
      if (!origin.IsCertain()) continue;
      if (!blocks.empty() && Continues(blocks.back(), origin)) {
        blocks.back().to = LastOf(origin);
        blocks.back().displaced = origin.displaced;
      } else {
        if (!blocks.empty()) uncertain = ExtendBehind(blocks.back(), uncertain, sentence);
        blocks.push_back(BlockFrom(uncertain, sentence));
      }
      uncertain = sentence + 1;
    }
    if (blocks.empty()) return blocks;
    blocks.front().first = suspect_.begin;
    ExtendBehind(blocks.back(), uncertain, suspect_.end);
    return blocks;
  }

  // A block that begins with a certain sentence, or before it with one of the uncertain sentences from `uncertain` on.
  Block BlockFrom(uint32_t uncertain, uint32_t sentence) {
    const Origin& origin = OriginOf(sentence);
    Block block{sentence, FirstOf(origin), LastOf(origin), origin.displaced};
    for (uint32_t before = sentence; before-- > uncertain;) {
      if (!Precedes(OriginOf(before), block)) continue;
      block.from = OriginOf(before).sentence();
      block.first = before;
    }
    return block;
  }

  // Returns the first sentence that does not go on with the block.
  uint32_t ExtendBehind(Block& block, uint32_t begin, uint32_t end) {
    uint32_t next = begin;
    for (uint32_t sentence = begin; sentence < end; ++sentence) {
      if (!Follows(OriginOf(sentence), block)) continue;
      block.to = OriginOf(sentence).sentence();
      next = sentence + 1;
    }
    return next;
  }

  // Words between two sentences that do not count, such as speech, go with the sentence in front of them.
  TokenPassage PassageOf(const Block& block, uint32_t next) const {
    const auto &left = pair_.original.body.sentences, &right = pair_.suspect.body.sentences;
    TokenPassage passage = passage_;
    passage.suspect.begin = std::max(right[block.first].begin, passage_.suspect.begin);
    passage.suspect.end = next < suspect_.end ? right[next].begin : passage_.suspect.end;
    passage.original.begin = std::max(left[block.from].begin, passage_.original.begin);
    passage.original.end = block.to + 1 < original_.end ? left[block.to + 1].begin : passage_.original.end;
    passage.sentences = next - block.first;
    return passage;
  }

  const AnalyzedPair& pair_;
  const std::span<const Seed> seeds_;
  const TokenPassage& passage_;
  const SentenceSpan suspect_, original_;  // sentences of the passage
  std::vector<Origin> origins_;            // one per sentence of the suspect
  std::vector<uint32_t>
      takers_;  // one per sentence of the original: that of the suspect with most words in line with it
  std::vector<uint32_t> origins_before_;  // one per sentence of the original, and one more: certain origins before it
};

}  // namespace

std::vector<TokenPassage> SplitIntoOrderedBlocks(const AnalyzedPair& pair, std::span<const Seed> seeds,
                                                 const TokenPassage& passage, std::span<const WordStep> steps) {
  assert(
      std::is_sorted(seeds.begin(), seeds.end(), [](const Seed& a, const Seed& b) { return a.suspect < b.suspect; }));
  return BlockSplitter(pair, seeds, passage).Run(steps);
}

}  // namespace unspin
