#include "unspin/align/pair_phrases.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "unspin/language/language.h"
#include "unspin/lexicon/spun_forms.h"

namespace unspin {
namespace {

constexpr uint32_t kMaxSynonymWords = 4;
constexpr uint32_t kMaxNumberWords = 8;  // "three hundred and eighty six" has five

bool InOneSentence(const AnalyzedArticle& article, TokenSpan span) {
  for (uint32_t token = span.begin + 1; token < span.end; ++token) {
    if (article.text.tokens[token].starts_sentence) return false;
  }
  return true;
}

// The hash of the number that all words of the span together express. REQUIRES: at most kMaxNumberWords words.
std::optional<uint64_t> NumberOf(const AnalyzedArticle& article, TokenSpan span, const Language& language) {
  assert(span.size() <= kMaxNumberWords);
  std::array<std::string_view, kMaxNumberWords> words;
  for (uint32_t i = 0; i < span.size(); ++i) words[i] = article.text.Word(span.begin + i);
  const auto reading = language.read_number(std::span(words).first(span.size()));
  if (!reading || reading->tokens != span.size()) return std::nullopt;
  return NumberHash(*reading);
}

// The words joined by single spaces.
std::string PhraseOf(const AnalyzedArticle& article, TokenSpan span) {
  std::string phrase(article.text.Word(span.begin));
  for (uint32_t token = span.begin + 1; token < span.end; ++token) {
    phrase += ' ';
    phrase += article.text.Word(token);
  }
  return phrase;
}

}  // namespace

std::optional<WordStep> PairPhrases(const AnalyzedPair& pair, TokenSpan original, TokenSpan suspect,
                                    const LexiconCache& lexicon) {
  assert(!original.empty() && !suspect.empty());
  const uint32_t max_words = std::max(original.size(), suspect.size());
  if (max_words == 1 || max_words > kMaxNumberWords) return std::nullopt;
  if (!InOneSentence(pair.original, original) || !InOneSentence(pair.suspect, suspect)) return std::nullopt;
  const Language& language = lexicon.lexicon().language();
  if (const auto number = NumberOf(pair.original, original, language);
      number && number == NumberOf(pair.suspect, suspect, language))
    return WordStep{WordChange::kKept, original, suspect, SubstitutionSource::kNumber};
  if (max_words > kMaxSynonymWords) return std::nullopt;
  const std::string left = PhraseOf(pair.original, original), right = PhraseOf(pair.suspect, suspect);
  if (lexicon.lexicon().PhraseSynonyms(left, right))
    return WordStep{WordChange::kSynonym, original, suspect, SubstitutionSource::kThesaurus};
  if (lexicon.spun_forms() != nullptr && lexicon.spun_forms()->Contains(left, right))
    return WordStep{WordChange::kSynonym, original, suspect, SubstitutionSource::kSpinDictionary};
  return std::nullopt;
}

}  // namespace unspin
