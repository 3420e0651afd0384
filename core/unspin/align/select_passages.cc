#include "unspin/align/select_passages.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

namespace unspin {
namespace {

constexpr double kSummaryShare = 0.5;  // of an original: a summary of so much of it is one of all of it
constexpr uint32_t kMinKeptOneIn = 2;  // share of a passage that must be left when overlaps are taken away

std::vector<TokenPassage> JoinWidePassages(const PassageCandidates& candidates, const TreeScorer& join) {
  std::vector<std::span<const double>> rows;
  for (const MeasuredPassage& candidate : candidates.wide) rows.emplace_back(candidate.signals);
  const std::vector<double> scores = join.Score(rows);
  std::vector<TokenPassage> joined;
  for (size_t i = 0; i < scores.size(); ++i) {
    if (scores[i] <= 0) continue;
    TokenPassage& passage = joined.emplace_back(candidates.wide[i].passage);
    if (passage.original.size() >= kSummaryShare * candidates.whole_original.size())
      passage.original = candidates.whole_original;
  }
  return joined;
}

bool OverlapsAny(const TokenPassage& passage, const std::vector<TokenPassage>& others) {
  return std::any_of(others.begin(), others.end(),
                     [&](const TokenPassage& other) { return Overlap(other.suspect, passage.suspect) > 0; });
}

// Close candidates outside of the joined passages that the model keeps, highest score first.
std::vector<TokenPassage> KeepClosePassages(const PassageCandidates& candidates,
                                            const std::vector<TokenPassage>& joined, const TreeScorer& keep) {
  std::vector<TokenPassage> open;
  std::vector<std::span<const double>> rows;
  for (const auto& [passage, signals] : candidates.close) {
    if (OverlapsAny(passage, joined)) continue;
    open.push_back(passage);
    rows.emplace_back(signals);
  }
  const std::vector<double> scores = keep.Score(rows);
  std::vector<std::pair<double, TokenPassage>> kept;
  for (size_t i = 0; i < scores.size(); ++i) {
    if (scores[i] > 0) kept.emplace_back(scores[i], open[i]);
  }
  std::stable_sort(kept.begin(), kept.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<TokenPassage> passages;
  for (const auto& [score, passage] : kept) passages.push_back(passage);
  return passages;
}

// The passage without the words of the suspect that others have already.
TokenPassage WithoutOverlaps(TokenPassage passage, const std::vector<TokenPassage>& others) {
  TokenSpan& span = passage.suspect;
  for (const TokenPassage& other : others) {
    if (Overlap(span, other.suspect) == 0) continue;
    if (span.begin < other.suspect.begin) {
      span.end = other.suspect.begin;
    } else {
      span.begin = std::min(other.suspect.end, span.end);
    }
  }
  return passage;
}

}  // namespace

std::vector<TokenPassage> DecidePassages(const PassageCandidates& candidates, const PassageModel& model) {
  std::vector<TokenPassage> out = JoinWidePassages(candidates, model.join);
  // Ends of different candidates were cut independently, so they may overlap: the passage of the higher score keeps its
  // words.
  for (const TokenPassage& passage : KeepClosePassages(candidates, out, model.keep)) {
    const TokenPassage rest = WithoutOverlaps(passage, out);
    if (rest.suspect.size() * kMinKeptOneIn >= passage.suspect.size()) out.push_back(rest);
  }
  std::sort(out.begin(), out.end(), [](const TokenPassage& a, const TokenPassage& b) { return a.suspect < b.suspect; });
  return out;
}

std::vector<TokenPassage> SelectPassages(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                                         const PassageModel& model) {
  return DecidePassages(ProposePassages(original, suspect, model.inside), model);
}

}  // namespace unspin
