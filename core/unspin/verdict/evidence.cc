#include "unspin/verdict/evidence.h"

#include <algorithm>
#include <cmath>

namespace unspin {
namespace {

// What is left of a word's wording after each change (method: credit of an aligned word).
constexpr double kInflectedCredit = 0.9;
constexpr double kStrongCredit = 0.65;
constexpr double kWeakCredit = 0.45;
constexpr double kReplacedCredit = 0.25;
constexpr double kMovedCredit = 1.0;       // the reordering term below charges for moves
constexpr double kReorderingCharge = 0.35; // of a passage in which no two neighbours stayed together

double Credit(const WordStep& step) {
  switch (step.change) {
    case WordChange::kKept:
      return 1.0;
    case WordChange::kMoved:
      return kMovedCredit;
    case WordChange::kInflected:
      return kInflectedCredit;
    case WordChange::kSynonym:
      return step.evidence == SubstitutionEvidence::kWeakThesaurus ? kWeakCredit : kStrongCredit;
    case WordChange::kReplaced:
      return kReplacedCredit;
    default:
      return 0;
  }
}

// Counts both words of a step unless one of them stands in a masked zone.
bool Counts(const DescribedArticle& original, const DescribedArticle& suspect, const WordStep& step) {
  if (!step.original.empty() && !original.zones.Counts(step.original.begin)) return false;
  return step.suspect.empty() || suspect.zones.Counts(step.suspect.begin);
}

void Measure(const DescribedArticle& original, const DescribedArticle& suspect, AlignedPassage& passage, WordCounts& words,
             uint32_t& longest_run) {
  double credit = 0, original_weight = 0, suspect_weight = 0;
  uint32_t content = 0, replaced = 0, matched = 0, moved = 0, run = 0;
  for (const WordStep& step : passage.steps) {
    if (!Counts(original, suspect, step)) {
      run = 0;
      continue;
    }
    const bool has_original = !step.original.empty(), has_suspect = !step.suspect.empty();
    const double left = has_original ? WordWeight(original.Info(step.original.begin)) : 0;
    const double right = has_suspect ? WordWeight(suspect.Info(step.suspect.begin)) : 0;
    original_weight += left;
    suspect_weight += right;
    credit += Credit(step) * (left + right) / 2;
    const bool is_content = has_original && !original.Info(step.original.begin).function_word;
    content += is_content;
    run = step.change == WordChange::kKept ? run + 1 : 0;
    longest_run = std::max(longest_run, run);
    switch (step.change) {
      case WordChange::kKept:
        ++words.kept;
        ++matched;
        break;
      case WordChange::kInflected:
        ++words.inflected;
        ++matched;
        break;
      case WordChange::kSynonym:
        ++words.synonym;
        ++matched;
        replaced += is_content;
        break;
      case WordChange::kReplaced:
        ++words.replaced;
        ++matched;
        replaced += is_content;
        break;
      case WordChange::kInserted:
        ++words.inserted;
        break;
      case WordChange::kDeleted:
        ++words.deleted;
        break;
      case WordChange::kMoved:
        ++words.moved;
        ++moved;
        break;
    }
  }
  const double total = original_weight + suspect_weight;
  const double unmoved = total > 0 ? 1 - 2 * credit / total : 0;
  const double out_of_order = matched + moved > 0 ? static_cast<double>(moved) / (matched + moved) : 0;
  passage.rewrite = total > 0 ? std::clamp(unmoved + kReorderingCharge * std::pow(out_of_order, 1.5), 0.0, 1.0) : 0;
  if (passage.rewrite < 1e-12) passage.rewrite = 0;
  passage.weight = total / 2;
  passage.in_place = content > 0 ? static_cast<double>(replaced) / content : 0;
  passage.order = 1 - out_of_order;
}

uint32_t CountedWords(const DescribedArticle& article) {
  uint32_t count = 0;
  for (const Zone zone : article.zones.of_token) count += zone == Zone::kBody;
  return count;
}

// Share of the counted words inside of the spans.
double CoveredShare(const DescribedArticle& article, std::vector<TokenSpan> spans, uint32_t counted) {
  if (counted == 0) return 0;
  std::sort(spans.begin(), spans.end());
  uint32_t covered = 0, reach = 0;
  for (const TokenSpan span : spans) {
    for (uint32_t token = std::max(span.begin, reach); token < span.end; ++token) covered += article.zones.Counts(token);
    reach = std::max(reach, span.end);
  }
  return static_cast<double>(covered) / counted;
}

}  // namespace

double WordWeight(const WordInfo& word) { return 0.5 + std::min(word.idf, 8.0f); }

Evidence Weigh(const DescribedArticle& original, const DescribedArticle& suspect, const PassageOptions& options, LexiconCache& lexicon) {
  Evidence out;
  out.counted_words_original = CountedWords(original);
  out.counted_words_suspect = CountedWords(suspect);
  std::vector<TokenSpan> original_spans, suspect_spans;
  double rewrite = 0, weight = 0, in_place = 0, order = 0;
  for (const TokenPassage& place : FindPassages(original, suspect, options)) {
    AlignedPassage passage;
    passage.place = place;
    passage.steps = AlignWords(original, suspect, place.original, place.suspect, lexicon);
    Measure(original, suspect, passage, out.words, out.longest_verbatim_run);
    original_spans.push_back(place.original);
    suspect_spans.push_back(place.suspect);
    rewrite += passage.weight * passage.rewrite;
    in_place += passage.weight * passage.in_place;
    order += passage.weight * passage.order;
    weight += passage.weight;
    out.passages.push_back(std::move(passage));
  }
  out.coverage.suspect = CoveredShare(suspect, suspect_spans, out.counted_words_suspect);
  out.coverage.original = CoveredShare(original, original_spans, out.counted_words_original);
  if (weight > 0) {
    out.rewrite = rewrite / weight;
    out.in_place = in_place / weight;
    out.order_kept = order / weight;
  } else if (!out.passages.empty()) {
    out.rewrite = 0;  // only masked words were aligned: nothing that counts was changed
    out.order_kept = 1;
  }
  // Passages that stand in another order than in the original are out of order as wholes.
  if (out.passages.size() > 1) {
    uint32_t in_line = 0;
    for (size_t i = 1; i < out.passages.size(); ++i) {
      in_line += out.passages[i].place.original.begin >= out.passages[i - 1].place.original.begin;
    }
    out.order_kept *= static_cast<double>(in_line + 1) / static_cast<double>(out.passages.size());
  }
  return out;
}

}  // namespace unspin
