#include "unspin/verdict/summary.h"

#include <algorithm>
#include <cassert>
#include <string_view>
#include <utility>
#include <vector>

#include "unspin/verdict/coverage.h"
#include "unspin/verdict/judge.h"

namespace unspin {
namespace {

// log10 of the likelihood ratio where no article was worth judging and the model does not say how low it goes.
constexpr double kNothingFound = -4;

Verdict ClosestVerdict(std::span<const JudgedPair> pairs) {
  const auto closest = std::min_element(pairs.begin(), pairs.end(), [](const JudgedPair& a, const JudgedPair& b) {
    return a.finding->verdict < b.finding->verdict;
  });
  return closest->finding->verdict;
}

}  // namespace

Summary SummarizePair(const Finding& finding) {
  Summary summary;
  summary.verdict = finding.verdict;
  summary.extent = finding.extent;
  summary.manner = finding.manner;
  summary.probability = finding.probability;
  summary.coverage = finding.coverage.suspect;
  summary.rewrite = finding.rewrite;
  summary.originals = NamesDerivation(finding.verdict) ? 1 : 0;
  return summary;
}

Summary SummarizeListed(const AnalyzedArticle& suspect, std::span<const JudgedPair> listed) {
  assert(!listed.empty());
  Summary summary = SummarizePair(*listed.front().finding);
  summary.originals = 0;
  std::vector<TokenSpan> taken;
  std::vector<std::string_view> ids;  // of originals: the versions of an article are one
  for (const auto& [finding, alignment, original] : listed) {
    if (!NamesDerivation(finding->verdict)) continue;
    const std::string_view id = finding->original.id;
    if (id.empty() || std::find(ids.begin(), ids.end(), id) == ids.end()) ++summary.originals;
    ids.push_back(id);
    for (const AlignedPassage& passage : alignment->passages) taken.push_back(passage.tokens.suspect);
  }
  if (summary.originals > 0) {
    summary.coverage = CoveredShare(suspect, std::move(taken));
    summary.extent = ExtentOf(*summary.coverage);
  } else {
    // An article on the same matter says more than the one with the highest of low evidence.
    summary.verdict = ClosestVerdict(listed);
  }
  return summary;
}

Summary SummarizeUnlisted(const AnalyzedArticle& suspect, std::span<const JudgedPair> judged,
                          const DerivationModel& model, double prior) {
  Summary summary;
  if (judged.empty()) {
    summary.verdict = CountedWords(suspect) < kMinWords ? Verdict::kInsufficient : Verdict::kUnrelated;
    summary.probability =
        ProbabilityOf(model.calibrate.empty() ? kNothingFound : model.calibrate.front().second, prior);
  } else {
    summary.verdict = ClosestVerdict(judged);
    summary.probability = judged.front().finding->probability;
  }
  return summary;
}

}  // namespace unspin
