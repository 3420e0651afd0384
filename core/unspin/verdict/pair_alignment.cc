#include "unspin/verdict/pair_alignment.h"

#include <algorithm>
#include <cmath>

namespace unspin {
namespace {

// What is left of a word's wording after each change (method: credit of an aligned word).
constexpr double kInflectedCredit = 0.85;
constexpr double kStrongCredit = 0.5;
constexpr double kWeakCredit = 0.35;
constexpr double kReplacedCredit = 0.15;
constexpr double kMovedCredit = 1.0;        // the reordering term below charges for moves
constexpr double kReorderingCharge = 0.35;  // of a passage in which no two neighbours stayed together

double Credit(const WordStep& step) {
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
    default:
      return 0;
  }
}

// Counts both words of a step unless one of them stands in a masked zone.
bool Counts(const AnalyzedArticle& original, const AnalyzedArticle& suspect, const WordStep& step) {
  if (!step.original.empty() && !original.zones.Counts(step.original.begin)) return false;
  return step.suspect.empty() || suspect.zones.Counts(step.suspect.begin);
}

double WeightOf(const AnalyzedArticle& article, TokenSpan span) {
  double weight = 0;
  for (uint32_t token = span.begin; token < span.end; ++token) weight += WordWeight(article.Info(token));
  return weight;
}

void Measure(const AnalyzedArticle& original, const AnalyzedArticle& suspect, AlignedPassage& passage,
             WordCounts& words, uint32_t& longest_run) {
  double credit = 0, original_weight = 0, suspect_weight = 0;
  uint32_t content = 0, replaced = 0, matched = 0, moved = 0, run = 0;
  for (const WordStep& step : passage.steps) {
    if (!Counts(original, suspect, step)) {
      run = 0;
      continue;
    }
    const bool has_original = !step.original.empty();
    // A phrase counts as the words of the original that it stands for.
    const uint32_t count = std::max(1u, step.original.size());
    const double left = WeightOf(original, step.original);
    const double right = WeightOf(suspect, step.suspect);
    original_weight += left;
    suspect_weight += right;
    credit += Credit(step) * (left + right) / 2;
    const bool is_content = has_original && !original.Info(step.original.begin).function_word;
    content += is_content;
    run = step.change == WordChange::kKept ? run + count : 0;
    longest_run = std::max(longest_run, run);
    switch (step.change) {
      case WordChange::kKept:
        words.kept += count;
        ++matched;
        break;
      case WordChange::kInflected:
        words.inflected += count;
        ++matched;
        break;
      case WordChange::kSynonym:
        words.synonym += count;
        ++matched;
        replaced += is_content;
        break;
      case WordChange::kReplaced:
        words.replaced += count;
        ++matched;
        replaced += is_content;
        break;
      case WordChange::kInserted:
        words.inserted += count;
        break;
      case WordChange::kDeleted:
        words.deleted += count;
        break;
      case WordChange::kMoved:
        words.moved += count;
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

// What one step adds to a stretch that may have been taken. Names and function words stand in line by chance more
// easily than other words; losses and gains speak against it.
double StretchWorth(const AnalyzedArticle& original, const WordStep& step) {
  switch (step.change) {
    case WordChange::kKept:
    case WordChange::kInflected: {
      const Token& token = original.text.tokens[step.original.begin];
      const bool name = token.capitalised && !token.starts_sentence;
      return name || original.Info(step.original.begin).function_word ? 0.3 : 1.0;
    }
    case WordChange::kSynonym:
      // What a spinner was seen to do explains a replacement. It proves none: that would make the habits of one guilty
      // text count against innocent ones.
      if (step.evidence == SubstitutionSource::kSpinDictionary) return -0.4;
      return step.evidence == SubstitutionSource::kWeakThesaurus ? 0.3 : 0.7;
    case WordChange::kReplaced:
      return -0.4;
    default:
      return -0.6;
  }
}

// The heaviest run of neighbouring steps (Kadane's maximum subarray): a local alignment in the sense of Smith and
// Waterman, so that an excerpt weighs the same whatever stands around it.
double BestStretch(const AnalyzedArticle& original, const AnalyzedArticle& suspect, const AlignedPassage& passage) {
  double here = 0, best = 0;
  for (const WordStep& step : passage.steps) {
    if (!Counts(original, suspect, step)) continue;
    here = std::max(0.0, here + StretchWorth(original, step));
    best = std::max(best, here);
  }
  return best;
}

// Site furniture joins a passage when it stands in the same sentence run: whole sentences at either end of which no
// content word was carried over are no part of what was taken.
void TrimEnds(const AnalyzedArticle& original, const AnalyzedArticle& suspect, AlignedPassage& passage) {
  auto trim = [&](const AnalyzedArticle& article, TokenSpan& span, auto side) {
    std::vector<bool> carried(span.size(), false), kept_word(span.size(), false);
    for (const WordStep& step : passage.steps) {
      const TokenSpan at = side(step);
      const bool aligned = step.change != WordChange::kInserted && step.change != WordChange::kDeleted &&
                           step.change != WordChange::kReplaced;
      if (!at.empty() && aligned && !article.Info(at.begin).function_word) carried[at.begin - span.begin] = true;
      if (!at.empty() && step.change == WordChange::kKept) kept_word[at.begin - span.begin] = true;
    }
    const auto& sentences = article.text.sentences;
    auto holds = [&](TokenSpan sentence) {
      uint32_t words = 0;
      for (uint32_t token = std::max(sentence.begin, span.begin); token < std::min(sentence.end, span.end); ++token) {
        if (carried[token - span.begin]) return true;
        words += kept_word[token - span.begin];
      }
      return words * 2 >= sentence.size();  // "So it was."
    };
    TokenSpan kept = span;
    auto first = std::upper_bound(sentences.begin(), sentences.end(), span.begin,
                                  [](uint32_t token, TokenSpan s) { return token < s.end; });
    for (; first != sentences.end() && first->end < span.end && !holds(*first); ++first) kept.begin = first->end;
    auto last = std::lower_bound(sentences.begin(), sentences.end(), span.end,
                                 [](TokenSpan s, uint32_t token) { return s.end < token; });
    for (; last != sentences.end() && last->begin > kept.begin && !holds(*last); --last) kept.end = last->begin;
    span = kept;
  };
  TokenSpan in_original = passage.place.original, in_suspect = passage.place.suspect;
  trim(original, in_original, [](const WordStep& step) { return step.original; });
  trim(suspect, in_suspect, [](const WordStep& step) { return step.suspect; });
  std::erase_if(passage.steps, [&](const WordStep& step) {
    const bool lost =
        step.suspect.empty() && (step.original.begin < in_original.begin || step.original.begin >= in_original.end);
    const bool gained =
        step.original.empty() && (step.suspect.begin < in_suspect.begin || step.suspect.begin >= in_suspect.end);
    return lost || gained;
  });
  // A replaced word may pair across the cut: it goes back to being a loss or a gain of the side that stays.
  for (WordStep& step : passage.steps) {
    if (step.original.empty() || step.suspect.empty()) continue;
    const bool original_out = step.original.begin < in_original.begin || step.original.begin >= in_original.end;
    const bool suspect_out = step.suspect.begin < in_suspect.begin || step.suspect.begin >= in_suspect.end;
    if (original_out && !suspect_out)
      step = {WordChange::kInserted, {in_original.end, in_original.end}, step.suspect, std::nullopt};
    else if (suspect_out && !original_out)
      step = {WordChange::kDeleted, step.original, {in_suspect.end, in_suspect.end}, std::nullopt};
    else if (original_out)
      step = {WordChange::kInserted, {0, 0}, {0, 0}, std::nullopt};
  }
  std::erase_if(passage.steps, [](const WordStep& step) { return step.original.empty() && step.suspect.empty(); });
  passage.place.original = in_original;
  passage.place.suspect = in_suspect;
}

uint32_t CountedWords(const AnalyzedArticle& article) {
  uint32_t count = 0;
  for (const Zone zone : article.zones.of_token) count += zone == Zone::kBody;
  return count;
}

// Share of the counted words inside of the spans.
double CoveredShare(const AnalyzedArticle& article, std::vector<TokenSpan> spans, uint32_t counted) {
  if (counted == 0) return 0;
  std::sort(spans.begin(), spans.end());
  uint32_t covered = 0, reach = 0;
  for (const TokenSpan span : spans) {
    for (uint32_t token = std::max(span.begin, reach); token < span.end; ++token)
      covered += article.zones.Counts(token);
    reach = std::max(reach, span.end);
  }
  return static_cast<double>(covered) / counted;
}

}  // namespace

double WordWeight(const WordInfo& word) { return 1 + 0.5 * std::min(word.idf, 4.0f); }

PairAlignment Weigh(const AnalyzedArticle& original, const AnalyzedArticle& suspect, const PassageOptions& options,
                    LexiconCache& lexicon) {
  PairAlignment out;
  out.counted_words_original = CountedWords(original);
  out.counted_words_suspect = CountedWords(suspect);
  std::vector<TokenSpan> original_spans, suspect_spans;
  double rewrite = 0, weight = 0, in_place = 0, order = 0;
  for (const TokenPassage& place : FindPassages(original, suspect, options)) {
    AlignedPassage passage;
    passage.place = place;
    passage.steps = AlignWords(original, suspect, place.original, place.suspect, lexicon);
    TrimEnds(original, suspect, passage);
    Measure(original, suspect, passage, out.words, out.longest_verbatim_run);
    out.best_stretch = std::max(out.best_stretch, BestStretch(original, suspect, passage));
    original_spans.push_back(passage.place.original);
    suspect_spans.push_back(passage.place.suspect);
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
