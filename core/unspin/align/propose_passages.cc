#include "unspin/align/propose_passages.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>

#include "unspin/align/analyzed_pair.h"
#include "unspin/align/find_passages.h"
#include "unspin/align/passage_ends.h"
#include "unspin/align/sentence_signals.h"

namespace unspin {
namespace {

constexpr uint32_t kMinRest = 50;  // words of either side of a passage that may hold a second one

// Lower thresholds than those of a report: the passage model decides.
PassageOptions CloseOptions() {
  PassageOptions options;
  options.seed_cosine = 0.25;
  options.seed_dice = 0.25;
  options.whole_cosine = 0.28;
  options.min_plain_words = 3;
  options.min_bytes = 100;
  return options;
}

// A summary takes its sentences from all over the original.
PassageOptions WideOptions() {
  PassageOptions options = CloseOptions();
  options.whole_cosine = 0.20;
  options.max_gap = 8;
  options.max_original_gap = 40;
  return options;
}

// For each sentence the probability that it was taken.
struct TakenSentences {
  std::vector<double> suspect, original;
};

// Both sides are scored at once: rows are scored in blocks, of which the last is half empty on average.
TakenSentences ScoreSentences(const PassageSurroundings& around, const TreeScorer& inside) {
  std::vector<std::span<const double>> rows;
  rows.reserve(around.suspect.size() + around.original.size());
  for (const MeasuredSentence& sentence : around.suspect) rows.emplace_back(sentence.signals);
  for (const MeasuredSentence& sentence : around.original) rows.emplace_back(sentence.signals);
  std::vector<double> taken = inside.Score(rows);
  for (double& value : taken) value = 1 / (1 + std::exp(-value));  // the sum is a log-odds
  const auto middle = taken.begin() + static_cast<std::ptrdiff_t>(around.suspect.size());
  return {{taken.begin(), middle}, {middle, taken.end()}};
}

class Proposer {
 public:
  Proposer(const AnalyzedArticle& original, const AnalyzedArticle& suspect, const TreeScorer& inside)
      : pair_(original, suspect), meter_(pair_), inside_(inside) {}

  PassageCandidates Run() {
    PassageCandidates out;
    out.whole_original = {0, static_cast<uint32_t>(pair_.original.size())};
    const std::array<PassageOptions, 2> options = {CloseOptions(), WideOptions()};
    std::vector<std::vector<TokenPassage>> found = FindPassages(pair_, options);
    out.close = CutPassages(std::move(found[0]));
    if (out.close.empty()) return out;
    for (const TokenPassage& passage : found[1])
      meter_.MeasurePassage(passage, out.wide.emplace_back(MeasuredPassage{passage, {}}).signals);
    MeasureCompany(out);
    return out;
  }

 private:
  // What is left of a passage crosswise, before its cut ends on one side and behind them on the other, may hold
  // another: paragraphs that changed places.
  std::vector<MeasuredPassage> CutPassages(std::vector<TokenPassage> open) {
    std::vector<MeasuredPassage> cut_passages;
    while (!open.empty()) {
      const TokenPassage whole = open.back();
      open.pop_back();
      const std::optional<MeasuredPassage> candidate = CutEnds(whole);
      if (!candidate.has_value()) continue;
      cut_passages.push_back(*candidate);
      const TokenPassage& cut = candidate->passage;
      if (Overlap(cut.suspect, whole.suspect) == 0 || Overlap(cut.original, whole.original) == 0) continue;
      TokenPassage before = whole, behind = whole;
      before.suspect.end = std::clamp(cut.suspect.begin, whole.suspect.begin, whole.suspect.end);
      before.original.begin = std::clamp(cut.original.end, whole.original.begin, whole.original.end);
      behind.suspect.begin = std::clamp(cut.suspect.end, whole.suspect.begin, whole.suspect.end);
      behind.original.end = std::clamp(cut.original.begin, whole.original.begin, whole.original.end);
      for (const TokenPassage& rest : {before, behind}) {
        if (rest.suspect.size() >= kMinRest && rest.original.size() >= kMinRest) open.push_back(rest);
      }
    }
    return cut_passages;
  }

  // Nothing if no sentence of one side is likely to have been taken.
  std::optional<MeasuredPassage> CutEnds(TokenPassage passage) {
    SharpenEnds(pair_.original, pair_.suspect, passage);
    const PassageSurroundings around = MeasureSurroundings(pair_, passage);
    const TakenSentences taken = ScoreSentences(around, inside_);
    passage.suspect = LikeliestRun(pair_.suspect, around.suspect, taken.suspect);
    passage.original = LikeliestRun(pair_.original, around.original, taken.original);
    if (passage.suspect.empty() || passage.original.empty()) return std::nullopt;
    MeasuredPassage candidate;
    meter_.MeasureSentences(passage, around, taken.suspect, taken.original, candidate.signals);
    SharpenEnds(pair_.original, pair_.suspect, passage);
    candidate.passage = passage;
    meter_.MeasurePassage(passage, candidate.signals);
    return candidate;
  }

  // Measures for each close candidate the other close ones, for each wide candidate the close ones inside of it.
  static void MeasureCompany(PassageCandidates& candidates) {
    std::vector<const MeasuredPassage*> others;
    for (MeasuredPassage& candidate : candidates.close) {
      others.clear();
      for (const MeasuredPassage& other : candidates.close) {
        if (&other != &candidate) others.push_back(&other);
      }
      MeasureOthers(candidate.passage, others, candidate.signals);
    }
    for (MeasuredPassage& candidate : candidates.wide) {
      others.clear();
      for (const MeasuredPassage& other : candidates.close) {
        if (Overlap(other.passage.suspect, candidate.passage.suspect) > 0 &&
            Overlap(other.passage.original, candidate.passage.original) > 0)
          others.push_back(&other);
      }
      MeasureOthers(candidate.passage, others, candidate.signals);
    }
  }

  const AnalyzedPair pair_;
  PassageMeter meter_;
  const TreeScorer& inside_;
};

}  // namespace

std::vector<TokenPassage> FindClosePassages(const AnalyzedArticle& original, const AnalyzedArticle& suspect) {
  return FindPassages(AnalyzedPair(original, suspect), CloseOptions());
}

PassageCandidates ProposePassages(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                                  const TreeScorer& inside) {
  return Proposer(original, suspect, inside).Run();
}

}  // namespace unspin
