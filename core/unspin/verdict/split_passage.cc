#include "unspin/verdict/split_passage.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "unspin/verdict/trim_passage.h"

namespace unspin {
namespace {

// A sentence is the suspect's own where less of its content words came over than kMinTaken, in a passage whose better
// sentences are pasted. In a passage that was reworded all of them have less to show: there the threshold is a share of
// what the better sentences have.
constexpr double kBetterQuantile = 0.75, kMinPasted = 0.65;
constexpr double kMinTaken = 0.4;
constexpr double kMinTakenOfBetter = 0.4, kMinTakenReworded = 0.15;
constexpr uint32_t kMinOwnWords = 6;  // content words of a sentence that may be cut out; shorter ones stay
constexpr double kSynonymCredit = 0.7;

// What was carried over of one sentence of the suspect.
struct SentenceUse {
  TokenSpan tokens;
  uint32_t content = 0;
  double taken = 0;

  double Share() const { return content > 0 ? taken / content : 0; }
  bool IsOwn(double min_taken) const { return content >= kMinOwnWords && Share() < min_taken; }
};

double CreditOf(WordChange change) {
  switch (change) {
    case WordChange::kKept:
    case WordChange::kInflected:
    case WordChange::kMoved:
      return 1;
    case WordChange::kSynonym:
      return kSynonymCredit;
    case WordChange::kReplaced:
    case WordChange::kInserted:
    case WordChange::kDeleted:
      break;
  }
  return 0;
}

std::vector<SentenceUse> UsesOf(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                                const AlignedPassage& passage) {
  std::vector<SentenceUse> uses;
  for (const TokenSpan sentence : suspect.text.sentences) {
    if (Overlap(sentence, passage.tokens.suspect) > 0) uses.push_back({sentence});
  }
  size_t at = 0;
  for (const WordStep& step : passage.steps) {
    if (step.suspect.empty() || !StepCounts(original, suspect, step)) continue;
    while (at < uses.size() && uses[at].tokens.end <= step.suspect.begin) ++at;
    if (at == uses.size()) break;
    for (uint32_t token = step.suspect.begin; token < step.suspect.end; ++token) {
      if (suspect.Info(token).function_word) continue;
      ++uses[at].content;
      uses[at].taken += CreditOf(step.change);
    }
  }
  return uses;
}

double MinTakenOf(const std::vector<SentenceUse>& uses) {
  std::vector<double> shares;
  for (const SentenceUse& use : uses) shares.push_back(use.Share());
  if (shares.empty()) return 0;
  const auto better =
      shares.begin() + static_cast<std::ptrdiff_t>(kBetterQuantile * static_cast<double>(shares.size() - 1));
  std::nth_element(shares.begin(), better, shares.end());
  return *better >= kMinPasted ? kMinTaken : std::max(kMinTakenReworded, kMinTakenOfBetter * *better);
}

bool IsInLine(WordChange change) {
  return change == WordChange::kKept || change == WordChange::kInflected || change == WordChange::kSynonym ||
         change == WordChange::kReplaced;
}

// The tokens of the original that the steps inside of `suspect` are in line with.
std::optional<TokenSpan> SpanInOriginal(const AlignedPassage& passage, TokenSpan suspect) {
  std::optional<TokenSpan> span;
  for (const WordStep& step : passage.steps) {
    if (!IsInLine(step.change) || Overlap(step.suspect, suspect) == 0) continue;
    if (!span) span = step.original;
    span->begin = std::min(span->begin, step.original.begin);
    span->end = std::max(span->end, step.original.end);
  }
  return span;
}

std::optional<AlignedPassage> PartOf(const AlignedPassage& passage, TokenSpan suspect) {
  const std::optional<TokenSpan> original = SpanInOriginal(passage, suspect);
  if (!original) return std::nullopt;
  AlignedPassage part;
  part.tokens = passage.tokens;
  part.tokens.suspect = suspect;
  part.tokens.original = *original;
  part.steps = passage.steps;
  CutSteps(*original, suspect, part.steps);
  return part;
}

}  // namespace

std::vector<AlignedPassage> SplitPassage(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                                         AlignedPassage passage, bool strictly) {
  const std::vector<SentenceUse> uses = UsesOf(original, suspect, passage);
  const double min_taken = strictly ? kMinTaken : MinTakenOf(uses);
  const auto is_own = [&](const SentenceUse& use) { return use.IsOwn(min_taken); };
  const bool whole = std::none_of(uses.begin(), uses.end(), is_own);
  std::vector<AlignedPassage> parts;
  if (whole) {
    parts.push_back(std::move(passage));
    return parts;
  }
  for (size_t begin = 0, end = 0; begin < uses.size(); begin = end) {
    end = begin + 1;
    if (is_own(uses[begin])) continue;
    while (end < uses.size() && !is_own(uses[end])) ++end;
    const TokenSpan tokens{std::max(uses[begin].tokens.begin, passage.tokens.suspect.begin),
                           std::min(uses[end - 1].tokens.end, passage.tokens.suspect.end)};
    if (std::optional<AlignedPassage> part = PartOf(passage, tokens)) parts.push_back(*std::move(part));
  }
  return parts;
}

}  // namespace unspin
