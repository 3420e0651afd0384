#include "unspin/verdict/trim_passage.h"

#include <algorithm>

namespace unspin {
namespace {

// A sentence without an aligned content word is carried over if at least one in so many of its words was kept: "So it
// was."
constexpr uint32_t kMaxWordsPerKeptWord = 2;

// One side of a passage: which of its words came through.
class PassageSide {
 public:
  // `side`: &WordStep::original or &WordStep::suspect.
  PassageSide(const AnalyzedArticle& article, TokenSpan span, TokenSpan WordStep::* side,
              const std::vector<WordStep>& steps)
      : article_(article), span_(span), carried_(span.size(), false), kept_(span.size(), false) {
    for (const WordStep& step : steps) {
      const TokenSpan words = step.*side;
      if (words.empty()) continue;
      const bool aligned = step.change != WordChange::kInserted && step.change != WordChange::kDeleted &&
                           step.change != WordChange::kReplaced;
      if (aligned && !article.Info(words.begin).function_word) carried_[words.begin - span.begin] = true;
      if (step.change == WordChange::kKept) kept_[words.begin - span.begin] = true;
    }
  }

  // The span without the sentences at its ends that were not carried over; at least one sentence is left.
  TokenSpan Trimmed() const {
    const auto& sentences = article_.text.sentences;
    TokenSpan trimmed = span_;
    auto first = std::upper_bound(sentences.begin(), sentences.end(), span_.begin,
                                  [](uint32_t token, TokenSpan sentence) { return token < sentence.end; });
    for (; first != sentences.end() && first->end < span_.end && !WasCarriedOver(*first); ++first)
      trimmed.begin = first->end;
    auto last = std::lower_bound(sentences.begin(), sentences.end(), span_.end,
                                 [](TokenSpan sentence, uint32_t token) { return sentence.end < token; });
    for (; last != sentences.end() && last->begin > trimmed.begin && !WasCarriedOver(*last); --last)
      trimmed.end = last->begin;
    return trimmed;
  }

 private:
  bool WasCarriedOver(TokenSpan sentence) const {
    uint32_t kept = 0;
    for (uint32_t token = std::max(sentence.begin, span_.begin); token < std::min(sentence.end, span_.end); ++token) {
      if (carried_[token - span_.begin]) return true;
      kept += kept_[token - span_.begin];
    }
    return kept * kMaxWordsPerKeptWord >= sentence.size();
  }

  const AnalyzedArticle& article_;
  TokenSpan span_;
  std::vector<bool> carried_;  // aligned content words, by token from the span's begin
  std::vector<bool> kept_;
};

bool Contains(TokenSpan span, uint32_t token) { return token >= span.begin && token < span.end; }

}  // namespace

void CutSteps(TokenSpan original, TokenSpan suspect, std::vector<WordStep>& steps) {
  const auto is_outside = [&](const WordStep& step) {
    const bool deleted_outside = step.suspect.empty() && !Contains(original, step.original.begin);
    const bool inserted_outside = step.original.empty() && !Contains(suspect, step.suspect.begin);
    return deleted_outside || inserted_outside;
  };
  std::erase_if(steps, is_outside);
  for (WordStep& step : steps) {
    if (step.original.empty() || step.suspect.empty()) continue;
    const bool in_original = Contains(original, step.original.begin),
               in_suspect = Contains(suspect, step.suspect.begin);
    if (in_original && in_suspect) continue;
    if (in_suspect) {
      step = {WordChange::kInserted, {original.end, original.end}, step.suspect, std::nullopt};
    } else if (in_original) {
      step = {WordChange::kDeleted, step.original, {suspect.end, suspect.end}, std::nullopt};
    } else {
      step = {};
    }
  }
  std::erase_if(steps, [](const WordStep& step) { return step.original.empty() && step.suspect.empty(); });
}

void TrimPassage(const AnalyzedArticle& original, const AnalyzedArticle& suspect, AlignedPassage& passage) {
  const TokenSpan in_original =
      PassageSide(original, passage.tokens.original, &WordStep::original, passage.steps).Trimmed();
  const TokenSpan in_suspect =
      PassageSide(suspect, passage.tokens.suspect, &WordStep::suspect, passage.steps).Trimmed();
  CutSteps(in_original, in_suspect, passage.steps);
  passage.tokens.original = in_original;
  passage.tokens.suspect = in_suspect;
}

}  // namespace unspin
