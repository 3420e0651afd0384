#include "unspin/verdict/pair_alignment.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

#include "unspin/align/find_passages.h"
#include "unspin/align/ordered_blocks.h"
#include "unspin/base/longest_increasing.h"
#include "unspin/verdict/best_stretch.h"
#include "unspin/verdict/coverage.h"
#include "unspin/verdict/passage_rewrite.h"
#include "unspin/verdict/split_passage.h"
#include "unspin/verdict/trim_passage.h"

namespace unspin {
namespace {

Coverage CoverageOf(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                    const std::vector<AlignedPassage>& passages) {
  std::vector<TokenSpan> in_original, in_suspect;
  for (const AlignedPassage& passage : passages) {
    in_original.push_back(passage.tokens.original);
    in_suspect.push_back(passage.tokens.suspect);
  }
  return {.suspect = CoveredShare(suspect, std::move(in_suspect)),
          .original = CoveredShare(original, std::move(in_original))};
}

uint32_t WordsOfEvidence(const AnalyzedArticle& article) {
  uint32_t count = 0;
  for (uint32_t token = 0; token < article.size(); ++token) count += article.zones.Counts(token);
  return count;
}

// Passages that were one before they were cut where the order of sentences breaks.
struct PassageGroup {
  uint32_t original_begin;  // of the first word of the original
  size_t passages;
};

// Share of the passages that do not begin in front of the one before, the first one counted in. The order inside of a
// group is part of its passages' own.
double ShareInOrder(const std::vector<PassageGroup>& groups) {
  size_t in_order = 0, passages = 0;
  for (size_t i = 0; i < groups.size(); ++i) {
    const bool behind = i == 0 || groups[i].original_begin >= groups[i - 1].original_begin;
    in_order += groups[i].passages - !behind;
    passages += groups[i].passages;
  }
  return static_cast<double>(in_order) / static_cast<double>(passages);
}

// Share of the aligned words in their longest sequence that ascends in the original. A word of the original counts
// once: a second copy is as much in order as the first.
double WordsInOrder(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                    std::span<const AlignedPassage> passages) {
  IncreasingTails in_order(original.size());
  std::vector<bool> taken(original.size(), false);
  size_t words = 0;
  for (const AlignedPassage& passage : passages) {
    for (const WordStep& step : passage.steps) {
      if (step.original.empty() || step.suspect.empty() || taken[step.original.begin]) continue;
      if (!StepCounts(original, suspect, step)) continue;
      taken[step.original.begin] = true;
      in_order.Append(step.original.begin);
      ++words;
    }
  }
  return words > 0 ? static_cast<double>(in_order.length()) / static_cast<double>(words) : 1;
}

void Average(const std::vector<PassageGroup>& groups, PairAlignment& pair) {
  double weight = 0, rewrite = 0, in_place = 0, order = 0;
  for (const AlignedPassage& passage : pair.passages) {
    weight += passage.weight;
    rewrite += passage.weight * passage.rewrite;
    in_place += passage.weight * passage.in_place;
    order += passage.weight * passage.order;
  }
  if (weight > 0) {
    pair.rewrite = rewrite / weight;
    pair.in_place = in_place / weight;
    pair.order_kept = order / weight;
  } else if (!pair.passages.empty()) {
    pair.rewrite = 0;  // only masked words were aligned: nothing that counts was changed
    pair.order_kept = 1;
  }
  if (pair.passages.size() > 1) pair.order_kept *= ShareInOrder(groups);
}

AlignedPassage AlignPassage(const AnalyzedPair& pair, const TokenPassage& tokens, LexiconCache& lexicon) {
  AlignedPassage passage;
  passage.tokens = tokens;
  passage.steps = AlignWords(pair, tokens.original, tokens.suspect, lexicon);
  return passage;
}

}  // namespace

PassageOptions ExplainingPassages() {
  PassageOptions options;
  options.seed_cosine = 0.22;
  options.seed_dice = 0.20;
  options.whole_cosine = 0.28;
  options.min_bytes = 80;
  return options;
}

PassageOptions WidestPassages() {
  PassageOptions options;
  options.seed_cosine = 0.10;
  options.seed_dice = 0.10;
  options.whole_cosine = 0.15;
  options.min_plain_words = 2;
  options.min_bytes = 40;
  return options;
}

PairAlignment AlignPair(const AnalyzedPair& pair, const PassageOptions& options, LexiconCache& lexicon,
                        OwnSentences own) {
  const AnalyzedArticle &original = pair.original, &suspect = pair.suspect;
  PairAlignment out;
  std::vector<PassageGroup> groups;  // ordinary passages are groups of one
  // Adds the passage, in the parts that are left of it.
  const auto add = [&](AlignedPassage passage) {
    std::vector<AlignedPassage> parts;
    if (own != OwnSentences::kKept) {
      parts = SplitPassage(original, suspect, std::move(passage), own == OwnSentences::kCutOutStrictly);
    } else {
      parts.push_back(std::move(passage));
    }
    for (AlignedPassage& part : parts) {
      MeasureRewrite(original, suspect, part, out.words, out.longest_verbatim_run);
      groups.push_back({part.tokens.original.begin, 1});
      out.passages.push_back(std::move(part));
    }
  };
  const auto add_blocks = [&](const std::vector<TokenPassage>& blocks) {
    const size_t first = out.passages.size(), first_group = groups.size();
    for (const TokenPassage& block : blocks) {
      AlignedPassage passage = AlignPassage(pair, block, lexicon);
      TrimPassage(original, suspect, passage);
      add(std::move(passage));
    }
    if (groups.size() == first_group) return;
    PassageGroup joined = groups[first_group];
    joined.passages = groups.size() - first_group;
    for (size_t i = first_group; i < groups.size(); ++i)
      joined.original_begin = std::min(joined.original_begin, groups[i].original_begin);
    groups.resize(first_group);
    groups.push_back(joined);
    const std::span<AlignedPassage> added = std::span(out.passages).subspan(first);
    const double in_order = WordsInOrder(original, suspect, added);
    for (AlignedPassage& passage : added) passage.order = in_order;
  };
  const SeededPassages found = FindSeededPassages(pair, options);
  for (const TokenPassage& tokens : found.passages) {
    AlignedPassage passage = AlignPassage(pair, tokens, lexicon);
    const std::vector<TokenPassage> blocks = SplitIntoOrderedBlocks(pair, found.seeds, tokens, passage.steps);
    TrimPassage(original, suspect, passage);
    out.best_stretch = std::max(out.best_stretch, BestStretch(original, suspect, passage));
    if (blocks.empty()) {
      add(std::move(passage));
    } else {
      add_blocks(blocks);
    }
  }
  out.counted_words_original = WordsOfEvidence(original);
  out.counted_words_suspect = WordsOfEvidence(suspect);
  out.coverage = CoverageOf(original, suspect, out.passages);
  Average(groups, out);
  return out;
}

}  // namespace unspin
