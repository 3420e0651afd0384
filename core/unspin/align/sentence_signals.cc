#include "unspin/align/sentence_signals.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>

#include "unspin/align/pair_words.h"

namespace unspin {

const std::array<std::string_view, kSentenceSignals> kSentenceSignalNames = NamesInOrder<SentenceSignal>({
    {SentenceSignal::kOfOriginal, "of-original"},
    {SentenceSignal::kNear12, "near-12"},
    {SentenceSignal::kNear40, "near-40"},
    {SentenceSignal::kPaired, "paired"},
    {SentenceSignal::kFound, "found"},
    {SentenceSignal::kInside, "inside"},
    {SentenceSignal::kAdjacent, "adjacent"},
    {SentenceSignal::kWords, "words"},
    {SentenceSignal::kNearWeight, "near-weight"},
    {SentenceSignal::kInward, "inward"},
    {SentenceSignal::kOutward, "outward"},
    {SentenceSignal::kInward12, "inward-12"},
    {SentenceSignal::kOutward12, "outward-12"},
    {SentenceSignal::kFurtherOut, "further-out"},
    {SentenceSignal::kFurtherIn, "further-in"},
    {SentenceSignal::kPassageNear40, "passage-near-40"},
    {SentenceSignal::kPassageNear12, "passage-near-12"},
    {SentenceSignal::kPassageAdjacent, "passage-adjacent"},
    {SentenceSignal::kOtherNear40, "other-near-40"},
    {SentenceSignal::kPassageWords, "passage-words"},
    {SentenceSignal::kOtherWords, "other-words"},
    {SentenceSignal::kDistance, "distance"},
    {SentenceSignal::kDepth, "depth"},
    {SentenceSignal::kPassageSentences, "passage-sentences"},
    {SentenceSignal::kSimilarity, "similarity"},
    {SentenceSignal::kPlain, "plain"},
    {SentenceSignal::kSeeded, "seeded"},
    {SentenceSignal::kSpread, "spread"},
});

namespace {

constexpr double kNear = 12, kFairlyNear = 40;  // words between a partner and where it is expected: signals bear them
constexpr int64_t kFurther = 3;                 // sentences beyond a sentence
constexpr int64_t kMaxDepth = 5;                // sentences
constexpr double kNoSentence = -0.1;            // a share where there is no sentence

// What the words of a sentence, or of a side of the passage, add up to.
struct WordSums {
  double all = 0, near12 = 0, near40 = 0, paired = 0, found = 0, inside = 0;  // weights
  double adjacent = 0, plain = 0, plain_near = 0;                             // numbers of words
  uint32_t words = 0;
};

// Whether a neighbour's partner lies at most two words from the word's partner. REQUIRES: the word has a partner.
bool HasAdjacentPartner(const PairedSide& side, uint32_t index) {
  assert(side.IsPaired(index));
  constexpr uint64_t kReach = 2;  // words
  const uint64_t partner = side.partners[index];
  // The value kUnpaired is far from every token.
  const auto is_adjacent = [&](uint64_t other) { return other - partner + kReach <= 2 * kReach; };
  return (index > 0 && is_adjacent(side.partners[index - 1])) ||
         (index + 1 < side.partners.size() && is_adjacent(side.partners[index + 1]));
}

WordSums SumWords(const PairedSide& side, const PairedSide& other, TokenSpan sentence) {
  WordSums sums;
  for (uint32_t token = sentence.begin; token < sentence.end; ++token) {
    const uint32_t index = token - side.words.begin;
    const double weight = PairingWeight(side.article, token);
    const bool plain = side.article.IsPlain(token);
    sums.all += weight;
    ++sums.words;
    sums.plain += plain;
    if (side.found[index]) sums.found += weight;
    if (!side.IsPaired(index)) continue;
    sums.paired += weight;
    if (side.distances[index] <= kNear) sums.near12 += weight;
    if (side.distances[index] <= kFairlyNear) {
      sums.near40 += weight;
      sums.plain_near += plain;
    }
    if (other.InPassage(side.partners[index])) sums.inside += weight;
    sums.adjacent += HasAdjacentPartner(side, index);
  }
  return sums;
}

std::vector<WordSums> SumSentences(const PairedSide& side, const PairedSide& other) {
  std::vector<WordSums> sums;
  sums.reserve(side.with_surroundings.size());
  for (uint32_t sentence = side.with_surroundings.begin; sentence < side.with_surroundings.end; ++sentence)
    sums.push_back(SumWords(side, other, side.article.text.sentences[sentence]));
  return sums;
}

// Sums of one side of the passage without its surroundings; only those that signals of the passage use.
WordSums SumPassage(const PairedSide& side, const std::vector<WordSums>& sentences) {
  WordSums passage;
  for (uint32_t sentence = side.sentences.begin; sentence < side.sentences.end; ++sentence) {
    const WordSums& sums = sentences[sentence - side.with_surroundings.begin];
    passage.all += sums.all;
    passage.near12 += sums.near12;
    passage.near40 += sums.near40;
    passage.adjacent += sums.adjacent;
    passage.words += sums.words;
  }
  return passage;
}

void MeasureOwnWords(const WordSums& sums, SentenceSignals& signals) {
  using enum SentenceSignal;
  signals[kNear12] = sums.near12 / sums.all;
  signals[kNear40] = sums.near40 / sums.all;
  signals[kPaired] = sums.paired / sums.all;
  signals[kFound] = sums.found / sums.all;
  signals[kInside] = sums.inside / sums.all;
  signals[kAdjacent] = sums.adjacent / sums.words;
  signals[kWords] = std::log1p(sums.words);
  signals[kNearWeight] = std::log1p(sums.near40);
  signals[kPlain] = sums.plain > 0 ? sums.plain_near / sums.plain : 0;
}

// `index`: of the sentence; `inward`: 1 or -1, the step from it to the next sentence inward.
void MeasureNeighbours(const std::vector<WordSums>& sentences, int64_t index, int64_t inward,
                       SentenceSignals& signals) {
  using enum SentenceSignal;
  const auto exists = [&](int64_t at) { return at >= 0 && at < static_cast<int64_t>(sentences.size()); };
  const auto share = [&](int64_t at, double WordSums::* weight) {
    if (!exists(at)) return kNoSentence;
    const WordSums& sums = sentences[static_cast<size_t>(at)];
    return sums.*weight / sums.all;
  };
  const auto further = [&](int64_t step) {
    double near = 0, all = 0;
    for (int64_t k = 1; k <= kFurther && exists(index + k * step); ++k) {
      const WordSums& sums = sentences[static_cast<size_t>(index + k * step)];
      near += sums.near40;
      all += sums.all;
    }
    return all > 0 ? near / all : kNoSentence;
  };
  signals[kInward] = share(index + inward, &WordSums::near40);
  signals[kOutward] = share(index - inward, &WordSums::near40);
  signals[kInward12] = share(index + inward, &WordSums::near12);
  signals[kOutward12] = share(index - inward, &WordSums::near12);
  signals[kFurtherOut] = further(-inward);
  signals[kFurtherIn] = further(inward);
}

void MeasurePassageOf(const WordSums& side, const WordSums& other_side, const TokenPassage& passage,
                      SentenceSignals& signals) {
  using enum SentenceSignal;
  signals[kPassageNear40] = side.near40 / side.all;
  signals[kPassageNear12] = side.near12 / side.all;
  signals[kPassageAdjacent] = side.adjacent / side.words;
  signals[kOtherNear40] = other_side.near40 / other_side.all;
  signals[kPassageWords] = std::log1p(side.words);
  signals[kOtherWords] = std::log1p(other_side.words);
  signals[kSimilarity] = passage.similarity;
  signals[kSeeded] = passage.seeded;
  signals[kSpread] = passage.spread;
}

std::vector<MeasuredSentence> MeasureSide(const PairedSide& side, const std::vector<WordSums>& sentences,
                                          const WordSums& passage_sums, const WordSums& other_passage_sums,
                                          const TokenPassage& passage, bool of_original) {
  using enum SentenceSignal;
  // The same for all sentences of the side.
  SentenceSignals common;
  MeasurePassageOf(passage_sums, other_passage_sums, passage, common);
  common[kOfOriginal] = of_original;
  common[kPassageSentences] = side.sentences.size();
  std::vector<MeasuredSentence> measured;
  measured.reserve(sentences.size());
  const int64_t begin = side.sentences.begin, end = side.sentences.end;
  for (size_t index = 0; index < sentences.size(); ++index) {
    const int64_t sentence = static_cast<int64_t>(index) + side.with_surroundings.begin;
    const int64_t inward = 2 * sentence < begin + end - 1 ? 1 : -1;
    const int64_t depth = inward > 0 ? sentence - begin : end - 1 - sentence;
    MeasuredSentence& out = measured.emplace_back(
        MeasuredSentence{side.article.text.sentences[static_cast<size_t>(sentence)], sentences[index].near40, common});
    MeasureOwnWords(sentences[index], out.signals);
    MeasureNeighbours(sentences, static_cast<int64_t>(index), inward, out.signals);
    out.signals[kDistance] = static_cast<double>(std::max<int64_t>({begin - sentence, sentence - end + 1, 0}));
    out.signals[kDepth] = static_cast<double>(std::clamp<int64_t>(depth, 0, kMaxDepth));
  }
  return measured;
}

}  // namespace

PassageSurroundings MeasureSurroundings(const AnalyzedPair& pair, const TokenPassage& passage) {
  const auto [original, suspect] = PairWords(pair, passage);
  const auto original_sums = SumSentences(original, suspect), suspect_sums = SumSentences(suspect, original);
  const WordSums original_passage = SumPassage(original, original_sums),
                 suspect_passage = SumPassage(suspect, suspect_sums);
  return {MeasureSide(suspect, suspect_sums, suspect_passage, original_passage, passage, false),
          MeasureSide(original, original_sums, original_passage, suspect_passage, passage, true)};
}

}  // namespace unspin
