#include "unspin/verdict/passage_rewrite.h"

#include <algorithm>
#include <cmath>

namespace unspin {
namespace {

// How much of a word's wording is left after each change (docs/method.md: credit of an aligned word).
constexpr double kInflectedCredit = 0.85;
constexpr double kStrongCredit = 0.5;
constexpr double kWeakCredit = 0.35;
constexpr double kReplacedCredit = 0.15;
constexpr double kMovedCredit = 1.0;  // the charge for reordering covers moves

// What a passage is charged in which no two neighbours stayed together; the exponent makes a few moves cheap.
constexpr double kReorderingCharge = 0.35;
constexpr double kReorderingExponent = 1.5;

constexpr double kRoundingError = 1e-12;  // a smaller rewrite is 0: nothing was changed

// A word weighs 1 and half of its idf, of which 4 counts at most: a word in one article of fifty.
constexpr double kIdfShare = 0.5;
constexpr float kMaxIdf = 4.0f;

double CreditOf(const WordStep& step) {
  switch (step.change) {
    case WordChange::kKept:
      return 1.0;
    case WordChange::kMoved:
      return kMovedCredit;
    case WordChange::kInflected:
      return kInflectedCredit;
    case WordChange::kSynonym:
      return step.evidence == SubstitutionSource::kWeakThesaurus ? kWeakCredit : kStrongCredit;
    case WordChange::kReplaced:
      return kReplacedCredit;
    case WordChange::kInserted:
    case WordChange::kDeleted:
      break;
  }
  return 0;
}

uint32_t& CountOf(WordChange change, WordCounts& words) {
  switch (change) {
    case WordChange::kInflected:
      return words.inflected;
    case WordChange::kSynonym:
      return words.synonym;
    case WordChange::kReplaced:
      return words.replaced;
    case WordChange::kInserted:
      return words.inserted;
    case WordChange::kDeleted:
      return words.deleted;
    case WordChange::kMoved:
      return words.moved;
    case WordChange::kKept:
      break;
  }
  return words.kept;
}

double WeightOf(const AnalyzedArticle& article, TokenSpan span) {
  double weight = 0;
  for (uint32_t token = span.begin; token < span.end; ++token) weight += WordWeight(article.Info(token));
  return weight;
}

}  // namespace

void MeasureRewrite(const AnalyzedArticle& original, const AnalyzedArticle& suspect, AlignedPassage& passage,
                    WordCounts& words, uint32_t& longest_verbatim_run) {
  double credit = 0, original_weight = 0, suspect_weight = 0;
  uint32_t content = 0, replaced = 0, in_line = 0, moved = 0, run = 0;
  for (const WordStep& step : passage.steps) {
    if (!StepCounts(original, suspect, step)) {
      run = 0;
      continue;
    }
    const double left = WeightOf(original, step.original), right = WeightOf(suspect, step.suspect);
    original_weight += left;
    suspect_weight += right;
    credit += CreditOf(step) * (left + right) / 2;

    // A phrase counts as the words of the original that it replaces.
    const uint32_t count = std::max(1u, step.original.size());
    CountOf(step.change, words) += count;
    run = step.change == WordChange::kKept ? run + count : 0;
    longest_verbatim_run = std::max(longest_verbatim_run, run);

    const bool one_sided = step.change == WordChange::kInserted || step.change == WordChange::kDeleted;
    moved += step.change == WordChange::kMoved;
    in_line += !one_sided && step.change != WordChange::kMoved;
    const bool is_content = !step.original.empty() && !original.Info(step.original.begin).function_word;
    content += is_content;
    replaced += is_content && (step.change == WordChange::kSynonym || step.change == WordChange::kReplaced);
  }
  const double total = original_weight + suspect_weight;
  const double changed = total > 0 ? 1 - 2 * credit / total : 0;
  const double out_of_order = in_line + moved > 0 ? static_cast<double>(moved) / (in_line + moved) : 0;
  const double reordering = kReorderingCharge * std::pow(out_of_order, kReorderingExponent);
  passage.rewrite = total > 0 ? std::clamp(changed + reordering, 0.0, 1.0) : 0;
  if (passage.rewrite < kRoundingError) passage.rewrite = 0;
  passage.weight = total / 2;
  passage.in_place = content > 0 ? static_cast<double>(replaced) / content : 0;
  passage.order = 1 - out_of_order;
}

double WordWeight(const WordInfo& word) { return 1 + kIdfShare * std::min(word.idf, kMaxIdf); }

}  // namespace unspin
