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

// Passages that were one before they were cut where the order of sentences breaks; ordinary ones are groups of one.
struct PassageGroup {
  uint32_t original_begin;  // the first token of the original
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

// Share of the aligned words in their longest sequence that ascends in the original. A passage most of whose words were
// taken before is a second copy, and as much in order as the first: it does not count.
double WordsInOrder(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                    std::span<const AlignedPassage> passages) {
  IncreasingTails in_order(original.size());
  std::vector<bool> taken(original.size(), false);
  size_t words = 0;
  for (const AlignedPassage& passage : passages) {
    std::vector<uint32_t> fresh;
    size_t again = 0;
    for (const WordStep& step : passage.steps) {
      if (step.original.empty() || step.suspect.empty() || !StepCounts(original, suspect, step)) continue;
      if (taken[step.original.begin]) {
        ++again;
      } else {
        taken[step.original.begin] = true;
        fresh.push_back(step.original.begin);
      }
    }
    if (again > fresh.size()) continue;
    for (const uint32_t word : fresh) in_order.Append(word);
    words += fresh.size();
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

class PairAligner {
 public:
  PairAligner(const AnalyzedPair& pair, LexiconCache& lexicon, OwnSentences own)
      : pair_(pair), lexicon_(lexicon), own_(own) {}

  PairAlignment Run(const PassageOptions& options) {
    const SeededPassages found = FindSeededPassages(pair_, options);
    for (const TokenPassage& tokens : found.passages) {
      for (AlignedPassage& part : CutOutExcluded(pair_.suspect, AlignPassage(tokens)))
        AddPart(found.seeds, std::move(part));
    }
    out_.counted_words_original = WordsOfEvidence(pair_.original);
    out_.counted_words_suspect = WordsOfEvidence(pair_.suspect);
    out_.coverage = CoverageOf(pair_.original, pair_.suspect, out_.passages);
    Average(groups_, out_);
    return std::move(out_);
  }

 private:
  AlignedPassage AlignPassage(const TokenPassage& tokens) {
    AlignedPassage passage;
    passage.tokens = tokens;
    passage.steps = AlignWords(pair_, tokens.original, tokens.suspect, lexicon_);
    return passage;
  }

  void AddPart(const std::vector<Seed>& seeds, AlignedPassage passage) {
    const std::vector<TokenPassage> blocks = SplitIntoOrderedBlocks(pair_, seeds, passage.tokens, passage.steps);
    TrimPassage(pair_.original, pair_.suspect, passage);
    out_.best_stretch = std::max(out_.best_stretch, BestStretch(pair_.original, pair_.suspect, passage));
    if (blocks.empty()) {
      Add(std::move(passage));
    } else {
      AddBlocks(blocks);
    }
  }

  // Adds what is left of a passage without the suspect's own sentences.
  void Add(AlignedPassage passage) {
    std::vector<AlignedPassage> parts;
    if (own_ != OwnSentences::kKept) {
      parts = SplitPassage(pair_.original, pair_.suspect, std::move(passage), own_ == OwnSentences::kCutOutStrictly);
    } else {
      parts.push_back(std::move(passage));
    }
    for (AlignedPassage& part : parts) {
      MeasureRewrite(pair_.original, pair_.suspect, part, out_.words, out_.longest_verbatim_run);
      groups_.push_back({part.tokens.original.begin, 1});
      out_.passages.push_back(std::move(part));
    }
  }

  // Adds the blocks of one passage as a group.
  void AddBlocks(const std::vector<TokenPassage>& blocks) {
    const size_t first = out_.passages.size(), group = groups_.size();
    for (const TokenPassage& block : blocks) {
      AlignedPassage passage = AlignPassage(block);
      TrimPassage(pair_.original, pair_.suspect, passage);
      Add(std::move(passage));
    }
    if (groups_.size() == group) return;
    PassageGroup joined{groups_[group].original_begin, groups_.size() - group};
    for (size_t i = group; i < groups_.size(); ++i)
      joined.original_begin = std::min(joined.original_begin, groups_[i].original_begin);
    groups_.resize(group);
    groups_.push_back(joined);
    const std::span<AlignedPassage> added = std::span(out_.passages).subspan(first);
    const double in_order = WordsInOrder(pair_.original, pair_.suspect, added);
    for (AlignedPassage& passage : added) passage.order = in_order;
  }

  const AnalyzedPair& pair_;
  LexiconCache& lexicon_;
  const OwnSentences own_;
  PairAlignment out_;
  std::vector<PassageGroup> groups_;
};

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
  return PairAligner(pair, lexicon, own).Run(options);
}

}  // namespace unspin
