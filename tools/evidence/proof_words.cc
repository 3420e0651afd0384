#include "evidence/proof_words.h"

#include <algorithm>
#include <cassert>
#include <optional>
#include <tuple>

#include "render/visible.h"
#include "unspin/language/languages.h"
#include "unspin/text/tokenize.h"

namespace unspin::evidence {
namespace {

// One word operation of a passage, in words.
struct Step {
  ByteSpan original, suspect;
  int score = 0;
  bool can_end = false;  // a stretch begins and ends with words that correspond
  bool breaks = false;   // no stretch goes across it
};

// The words of one side, by their first byte.
class WordPositions {
 public:
  explicit WordPositions(std::string_view text) {
    plain_before_.push_back(0);
    for (const Token& token : Tokenize(text, English()).tokens) {
      begins_.push_back(token.source.begin);
      const bool is_name = token.capitalised && !token.starts_sentence;
      plain_before_.push_back(plain_before_.back() + (is_name || token.numeric ? 0 : 1));
    }
  }
  uint32_t CountIn(ByteSpan span) const { return Before(span.end) - Before(span.begin); }
  // Without names and numbers.
  uint32_t CountPlainIn(ByteSpan span) const {
    return plain_before_[Before(span.end)] - plain_before_[Before(span.begin)];
  }

 private:
  uint32_t Before(uint32_t byte) const {
    return static_cast<uint32_t>(std::lower_bound(begins_.begin(), begins_.end(), byte) - begins_.begin());
  }
  std::vector<uint32_t> begins_;
  std::vector<uint32_t> plain_before_;  // one more than words
};

bool IsIn(ByteSpan span, const std::vector<ByteSpan>& spans) {
  return std::any_of(spans.begin(), spans.end(), [&](ByteSpan other) { return Overlap(span, other) > 0; });
}

// A reader sees at once that the two words mean the same.
bool IsClear(const WordOperation& operation) {
  if (operation.change == WordChange::kInflected) return true;
  if (operation.change != WordChange::kSynonym && operation.change != WordChange::kReplaced) return false;
  return operation.source &&
         (*operation.source == SubstitutionSource::kThesaurus ||
          *operation.source == SubstitutionSource::kSpinDictionary ||
          *operation.source == SubstitutionSource::kNumber || *operation.source == SubstitutionSource::kStem);
}

struct Sides {
  WordPositions original, suspect;
  const ArticleCard& original_card;
  const ArticleCard& suspect_card;
};

std::vector<Step> StepsOf(const ReportPassage& passage, const Sides& sides) {
  std::vector<Step> steps;
  for (const WordOperation& operation : passage.operations) {
    Step step{operation.original, operation.suspect};
    const bool counted =
        !IsIn(operation.original, sides.original_card.masked) && !IsIn(operation.suspect, sides.suspect_card.masked);
    if (operation.change == WordChange::kMoved) {
      step.breaks = true;
    } else if (operation.original.empty() || operation.suspect.empty()) {
      const auto lost = operation.original.empty() ? sides.suspect.CountIn(operation.suspect)
                                                   : sides.original.CountIn(operation.original);
      step.score = -static_cast<int>(lost);
    } else if (counted && (operation.change == WordChange::kKept || IsClear(operation))) {
      step.score = static_cast<int>(
          std::min(sides.original.CountPlainIn(operation.original), sides.suspect.CountPlainIn(operation.suspect)));
      step.can_end = true;
    }
    steps.push_back(step);
  }
  return steps;
}

// Of two stretches the one that is taken. `needed`: the score that is still missing.
bool IsBetter(const QuotedPair& a, const QuotedPair& b, int needed) {
  const bool a_ends = a.score >= needed, b_ends = b.score >= needed;
  if (a_ends != b_ends) return a_ends;
  if (a_ends) return std::tuple(a.words, -a.score, a.suspect) < std::tuple(b.words, -b.score, b.suspect);
  return std::tuple(-a.score, a.words, a.suspect) < std::tuple(-b.score, b.words, b.suspect);
}

bool Overlaps(const QuotedPair& a, const std::vector<QuotedPair>& chosen) {
  return std::any_of(chosen.begin(), chosen.end(), [&](const QuotedPair& b) {
    return Overlap(a.suspect, b.suspect) > 0 || Overlap(a.original, b.original) > 0;
  });
}

// The best stretch that begins at step `first` and has at most `words` words.
std::optional<QuotedPair> BestFrom(const std::vector<Step>& steps, size_t first, uint32_t words, int needed,
                                   const Sides& sides, const std::vector<QuotedPair>& chosen) {
  std::optional<QuotedPair> best;
  QuotedPair stretch;
  stretch.score = -kChanceWords;
  uint32_t original_end = steps[first].original.begin;
  for (size_t at = first; at < steps.size() && !steps[at].breaks; ++at) {
    const Step& step = steps[at];
    if (!step.original.empty()) {
      if (step.original.begin < original_end) break;
      original_end = step.original.end;
    }
    stretch.score += step.score;
    if (!step.can_end) continue;
    stretch.original = {steps[first].original.begin, step.original.end};
    stretch.suspect = {steps[first].suspect.begin, step.suspect.end};
    stretch.words = sides.original.CountIn(stretch.original) + sides.suspect.CountIn(stretch.suspect);
    if (stretch.words > words || Overlaps(stretch, chosen)) break;
    if (stretch.score > 0 && (!best || IsBetter(stretch, *best, needed))) best = stretch;
    if (stretch.score >= needed) break;  // longer ones are no better
  }
  return best;
}

}  // namespace

std::vector<QuotedPair> ProofWords(const Report& report, size_t finding, const ProofLimits& limits) {
  assert(finding < report.findings.size());
  const Finding& found = report.findings[finding];
  const Sides sides{WordPositions(found.original.text), WordPositions(report.suspect.text), found.original,
                    report.suspect};
  std::vector<std::vector<Step>> passages;
  for (const ReportPassage& passage : found.passages) passages.push_back(StepsOf(passage, sides));
  std::vector<QuotedPair> chosen;
  uint32_t words = limits.words;
  for (int needed = kShownScore; needed > 0 && chosen.size() < limits.pairs;) {
    std::optional<QuotedPair> best;
    for (const std::vector<Step>& steps : passages) {
      for (size_t first = 0; first < steps.size(); ++first) {
        if (!steps[first].can_end) continue;
        const std::optional<QuotedPair> stretch = BestFrom(steps, first, words, needed, sides, chosen);
        if (stretch && (!best || IsBetter(*stretch, *best, needed))) best = stretch;
      }
    }
    if (!best) break;
    chosen.push_back(*best);
    words -= best->words;
    needed -= best->score;
  }
  std::sort(chosen.begin(), chosen.end(),
            [](const QuotedPair& a, const QuotedPair& b) { return a.suspect < b.suspect; });
  return chosen;
}

uint32_t CountWords(std::string_view text) { return static_cast<uint32_t>(Tokenize(text, English()).tokens.size()); }

std::string QuoteOf(std::string_view text, ByteSpan span) {
  const std::string line = Visible(text.substr(span.begin, span.size()));
  std::string quote;
  for (const char c : line) {
    if (c != ' ' || (!quote.empty() && quote.back() != ' ')) quote += c;
  }
  while (quote.ends_with(' ')) quote.pop_back();
  return quote;
}

}  // namespace unspin::evidence
