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
  const std::vector<TokenSpan>& sentences = suspect.text.sentences;
  auto sentence = std::partition_point(sentences.begin(), sentences.end(),
                                       [&](TokenSpan other) { return other.end <= passage.tokens.suspect.begin; });
  for (; sentence != sentences.end() && sentence->begin < passage.tokens.suspect.end; ++sentence)
    uses.push_back({*sentence});
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

// Cuts parts out of a passage, in the order of the suspect. Linear in the passage, however many they are, but for moved
// words.
class PassageCutter {
 public:
  explicit PassageCutter(const AlignedPassage& passage) : passage_(passage) {
    const std::vector<WordStep>& steps = passage.steps;
    std::vector<bool> displaced(steps.size(), false);
    uint32_t before = 0, behind = passage.tokens.original.end;  // where the nearest words in line end and begin
    for (size_t i = 0; i < steps.size(); ++i) {
      if (IsInLine(steps[i].change)) before = steps[i].original.end;
      displaced[i] = steps[i].change == WordChange::kMoved || steps[i].original.begin < before;
    }
    for (size_t i = steps.size(); i-- > 0;) {
      if (IsInLine(steps[i].change)) behind = steps[i].original.begin;
      if (steps[i].original.empty() || IsInLine(steps[i].change)) continue;
      if (displaced[i] || steps[i].original.end > behind) displaced_.push_back(i);
    }
    std::sort(displaced_.begin(), displaced_.end(),
              [&](size_t a, size_t b) { return steps[a].original < steps[b].original; });
  }

  // Nothing where no word of `suspect` is in line with the original.
  // REQUIRES: spans ascend from call to call, and do not overlap.
  std::optional<AlignedPassage> Cut(TokenSpan suspect) {
    FindSteps(suspect);
    const std::optional<TokenSpan> original = SpanInOriginal(suspect);
    if (!original) return std::nullopt;
    AlignedPassage part;
    part.tokens = passage_.tokens;
    part.tokens.suspect = suspect;
    part.tokens.original = *original;
    for (const size_t i : StepsOf(*original)) part.steps.push_back(passage_.steps[i]);
    CutSteps(*original, suspect, part.steps);
    return part;
  }

 private:
  // Sets [begin_, end_) to the steps from the first word of `suspect` to the last.
  void FindSteps(TokenSpan suspect) {
    const std::vector<WordStep>& steps = passage_.steps;
    begin_ = end_;
    while (begin_ < steps.size() && (steps[begin_].suspect.empty() || steps[begin_].suspect.end <= suspect.begin))
      ++begin_;
    end_ = begin_;
    while (end_ < steps.size() && (steps[end_].suspect.empty() || steps[end_].suspect.begin < suspect.end)) ++end_;
  }

  // The tokens of the original that the steps inside of `suspect` are in line with.
  std::optional<TokenSpan> SpanInOriginal(TokenSpan suspect) const {
    std::optional<TokenSpan> span;
    for (size_t i = begin_; i < end_; ++i) {
      const WordStep& step = passage_.steps[i];
      if (!IsInLine(step.change) || Overlap(step.suspect, suspect) == 0) continue;
      if (!span) span = step.original;
      span->begin = std::min(span->begin, step.original.begin);
      span->end = std::max(span->end, step.original.end);
    }
    return span;
  }

  // The part's steps, and those elsewhere that have words of its original; ascending.
  std::vector<size_t> StepsOf(TokenSpan original) const {
    std::vector<size_t> steps;
    auto step = std::partition_point(displaced_.begin(), displaced_.end(),
                                     [&](size_t i) { return passage_.steps[i].original.begin < original.begin; });
    for (; step != displaced_.end() && passage_.steps[*step].original.begin < original.end; ++step) {
      if (*step < begin_ || *step >= end_) steps.push_back(*step);
    }
    for (size_t i = begin_; i < end_; ++i) steps.push_back(i);
    std::sort(steps.begin(), steps.end());
    return steps;
  }

  const AlignedPassage& passage_;
  std::vector<size_t> displaced_;  // steps whose words of the original are out of line; ascending there
  size_t begin_ = 0, end_ = 0;     // steps of the part
};

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
  PassageCutter cutter(passage);
  for (size_t begin = 0, end = 0; begin < uses.size(); begin = end) {
    end = begin + 1;
    if (is_own(uses[begin])) continue;
    while (end < uses.size() && !is_own(uses[end])) ++end;
    const TokenSpan tokens{std::max(uses[begin].tokens.begin, passage.tokens.suspect.begin),
                           std::min(uses[end - 1].tokens.end, passage.tokens.suspect.end)};
    if (std::optional<AlignedPassage> part = cutter.Cut(tokens)) parts.push_back(*std::move(part));
  }
  return parts;
}

std::vector<AlignedPassage> CutOutExcluded(const AnalyzedArticle& suspect, AlignedPassage passage) {
  std::vector<AlignedPassage> parts;
  if (!suspect.with_excluded) {
    parts.push_back(std::move(passage));
    return parts;
  }
  const auto is_excluded = [&](uint32_t token) { return suspect.zones.of_token[token] == Zone::kExcluded; };
  const TokenSpan all = passage.tokens.suspect;
  PassageCutter cutter(passage);
  for (uint32_t begin = all.begin, end = begin; begin < all.end; begin = end) {
    bool counts = false;
    for (; end < all.end && is_excluded(end) == is_excluded(begin); ++end) counts = counts || suspect.zones.Counts(end);
    if (!counts) continue;
    if (std::optional<AlignedPassage> part = cutter.Cut({begin, end})) parts.push_back(*std::move(part));
  }
  return parts;
}

}  // namespace unspin
