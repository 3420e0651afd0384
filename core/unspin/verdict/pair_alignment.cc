#include "unspin/verdict/pair_alignment.h"

#include <algorithm>
#include <utility>

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

// Share of the passages that do not begin in front of the one before, the first one counted in.
double ShareInOrder(const std::vector<AlignedPassage>& passages) {
  size_t in_order = 1;
  for (size_t i = 1; i < passages.size(); ++i)
    in_order += passages[i].tokens.original.begin >= passages[i - 1].tokens.original.begin;
  return static_cast<double>(in_order) / static_cast<double>(passages.size());
}

void Average(PairAlignment& pair) {
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
  if (pair.passages.size() > 1) pair.order_kept *= ShareInOrder(pair.passages);
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
  for (const TokenPassage& tokens : FindPassages(pair, options)) {
    AlignedPassage passage;
    passage.tokens = tokens;
    passage.steps = AlignWords(original, suspect, tokens.original, tokens.suspect, lexicon);
    TrimPassage(original, suspect, passage);
    out.best_stretch = std::max(out.best_stretch, BestStretch(original, suspect, passage));
    std::vector<AlignedPassage> parts;
    if (own != OwnSentences::kKept) {
      parts = SplitPassage(original, suspect, std::move(passage), own == OwnSentences::kCutOutStrictly);
    } else {
      parts.push_back(std::move(passage));
    }
    for (AlignedPassage& part : parts) {
      MeasureRewrite(original, suspect, part, out.words, out.longest_verbatim_run);
      out.passages.push_back(std::move(part));
    }
  }
  out.counted_words_original = WordsOfEvidence(original);
  out.counted_words_suspect = WordsOfEvidence(suspect);
  out.coverage = CoverageOf(original, suspect, out.passages);
  Average(out);
  return out;
}

}  // namespace unspin
