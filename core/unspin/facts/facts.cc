#include "unspin/facts/facts.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "unspin/facts/fact_spans.h"
#include "unspin/language/language.h"

namespace unspin {
namespace {

constexpr double kMinQuotationAligned = 0.4;  // share of a quotation's words: with less it was told anew
constexpr uint32_t kNumberReach = 6;          // words before an aligned word at which its number may begin
constexpr uint32_t kMaxAlterationWords = 3;   // words of the suspect for each word of the original
constexpr size_t kMaxNumberWords = 12;        // words read for a number

// These may replace a date.
constexpr TagSet<FactWord> kDateWords = {FactWord::kMonth, FactWord::kDay, FactWord::kPeriod, FactWord::kSpokenPeriod};

const char* NameOf(FactKind kind) {
  constexpr const char* kNames[] = {"number", "date", "name", "quotation"};
  return kNames[static_cast<size_t>(kind)];
}

// "Missing" at one position, but "kept" at another, is kept; altered anywhere is altered.
int Rank(const Fact& fact) { return fact.state == "altered" ? 2 : fact.state == "kept" ? 1 : 0; }

std::string Spelling(const AnalyzedArticle& article, TokenSpan span) {
  std::string out;
  for (uint32_t token = span.begin; token < span.end; ++token) {
    if (!out.empty()) out += ' ';
    out += article.text.Word(token);
  }
  return out;
}

std::string Quote(std::string_view text, const AnalyzedArticle& article, TokenSpan span) {
  ByteSpan bytes = article.text.Bytes(span);
  // A sign of currency belongs to its number.
  for (const std::string_view sign : {"$", "£", "€", "¥"}) {
    if (bytes.begin >= sign.size() && text.substr(bytes.begin - sign.size(), sign.size()) == sign)
      bytes.begin -= static_cast<uint32_t>(sign.size());
  }
  if (bytes.end < text.size() && text[bytes.end] == '%') ++bytes.end;
  return std::string(text.substr(bytes.begin, bytes.size()));
}

// What the alignment did to the words of a fact.
struct AlignedWords {
  uint32_t kept = 0, exchanged = 0, deleted = 0;
  uint32_t unaligned = 0;   // outside of all passages
  TokenSpan suspect{0, 0};  // from the first to the last word of the suspect that they are aligned with
};

class FactJudge {
 public:
  FactJudge(std::string_view original_text, const AnalyzedArticle& original, std::string_view suspect_text,
            const AnalyzedArticle& suspect, const Language& language)
      : language_(language),
        original_text_(original_text),
        original_(original),
        suspect_text_(suspect_text),
        suspect_(suspect),
        to_suspect_(MatchStems(original, suspect)),
        step_of_(original.size(), nullptr) {}

  std::vector<Fact> Run(const std::vector<const std::vector<WordStep>*>& passages) {
    std::vector<bool> aligned(original_.size(), false);
    for (const auto* steps : passages) {
      for (const WordStep& step : *steps) {
        for (uint32_t token = step.original.begin; token < step.original.end; ++token) {
          step_of_[token] = &step;
          aligned[token] = true;
        }
      }
    }
    std::vector<Fact> facts;
    std::map<std::pair<FactKind, std::string>, size_t> known;
    for (const FactSpan& span : FindFactSpans(original_text_, original_, aligned, language_)) {
      if (facts.size() >= kMaxFacts) break;
      const std::optional<Fact> fact = Judge(span);
      if (!fact) continue;
      const std::string spelling = Spelling(original_, span.words);
      const auto [entry, is_new] = known.try_emplace(
          {span.kind, std::string(span.kind == FactKind::kName ? WithoutPossessive(spelling) : spelling)},
          facts.size());
      if (is_new) {
        facts.push_back(*fact);
      } else if (Rank(*fact) > Rank(facts[entry->second])) {
        facts[entry->second] = *fact;
      }
    }
    return facts;
  }

 private:
  // A possessive does not make another name.
  std::string_view WithoutPossessive(std::string_view word) const {
    const std::string_view ending = language_.inflections.possessive;
    if (word.ends_with(ending)) word.remove_suffix(ending.size());
    return word;
  }

  Fact Found(const char* state, TokenSpan words, Fact fact) const {
    fact.state = state;
    fact.suspect = Quote(suspect_text_, suspect_, words);
    return fact;
  }

  // Nothing where the passage ends inside of the fact.
  std::optional<Fact> Judge(const FactSpan& span) const {
    Fact fact;
    fact.kind = NameOf(span.kind);
    fact.original = Quote(original_text_, original_, span.words);
    const AlignedWords aligned = AlignedWordsOf(span);
    if (span.kind == FactKind::kQuotation) return JudgeQuotation(span.words, aligned, std::move(fact));
    if (aligned.unaligned > 0) return std::nullopt;
    const bool name = span.kind == FactKind::kName;
    // A name shortened to one of its parts is kept; a number or a date is not.
    const bool whole = aligned.exchanged == 0 && (aligned.deleted == 0 || (name && aligned.kept > 0));
    if (whole) return Found("kept", aligned.suspect, std::move(fact));
    if (const auto value = SameValueNear(span, aligned.suspect)) return Found("kept", *value, std::move(fact));
    if (aligned.exchanged > 0 && aligned.suspect.size() <= span.words.size() * kMaxAlterationWords &&
        HasFact(span.kind, aligned.suspect))
      return Found("altered", aligned.suspect, std::move(fact));
    if (const auto elsewhere = Elsewhere(span.words, name)) return Found("kept", *elsewhere, std::move(fact));
    if (const auto value = SameValueAnywhere(span)) return Found("kept", *value, std::move(fact));
    if (const auto other = OnlyNumberBetween(span)) return Found("altered", *other, std::move(fact));
    if (name && span.words.size() > 1) {
      if (const auto last = Elsewhere({span.words.end - 1, span.words.end}, true))
        return Found("kept", *last, std::move(fact));
    }
    fact.state = "missing";
    return fact;
  }

  Fact JudgeQuotation(TokenSpan words, const AlignedWords& aligned, Fact fact) const {
    const uint32_t size = words.size(), lost = aligned.deleted + aligned.unaligned;
    if (aligned.kept == size && aligned.suspect.size() == size) return Found("kept", aligned.suspect, std::move(fact));
    if (const auto elsewhere = WordForWord(words)) return Found("kept", *elsewhere, std::move(fact));
    constexpr uint32_t kMaxAddedWords = 4;  // beside one for each word of the quotation
    if (aligned.kept + aligned.exchanged >= kMinQuotationAligned * size && lost < size &&
        aligned.suspect.size() <= 2 * size + kMaxAddedWords)
      return Found("altered", aligned.suspect, std::move(fact));
    fact.state = "missing";
    return fact;
  }

  AlignedWords AlignedWordsOf(const FactSpan& span) const {
    AlignedWords words;
    for (uint32_t token = span.words.begin; token < span.words.end; ++token) {
      const WordStep* step = step_of_[token];
      if (step == nullptr) {
        ++words.unaligned;
        continue;
      }
      if (step->change == WordChange::kDeleted) {
        ++words.deleted;
        continue;
      }
      IsKept(span.kind, token, *step) ? ++words.kept : ++words.exchanged;
      words.suspect = words.suspect.empty() ? step->suspect
                                            : TokenSpan{std::min(words.suspect.begin, step->suspect.begin),
                                                        std::max(words.suspect.end, step->suspect.end)};
    }
    return words;
  }

  bool IsKept(FactKind kind, uint32_t token, const WordStep& step) const {
    if (step.change == WordChange::kKept || step.change == WordChange::kMoved) return true;
    if (kind == FactKind::kName)
      return step.suspect.size() == 1 &&
             WithoutPossessive(original_.text.Word(token)) == WithoutPossessive(suspect_.text.Word(step.suspect.begin));
    return step.change == WordChange::kInflected && kind != FactKind::kQuotation;
  }

  // Where the words occur elsewhere in the suspect, as a run of the same stems.
  std::optional<TokenSpan> Elsewhere(TokenSpan words, bool name) const {
    const uint32_t first = to_suspect_[original_.stem_ids[words.begin]];
    if (first == kNoStem) return std::nullopt;
    for (uint32_t at = 0; at + words.size() <= suspect_.size(); ++at) {
      if (suspect_.stem_ids[at] != first) continue;
      // The name "Marks" is not the word "marks".
      if (name && !suspect_.text.tokens[at].capitalised &&
          suspect_.text.tokens[at].word != original_.text.tokens[words.begin].word)
        continue;
      uint32_t k = 1;
      while (k < words.size() && to_suspect_[original_.stem_ids[words.begin + k]] == suspect_.stem_ids[at + k]) ++k;
      if (k == words.size()) return TokenSpan{at, at + words.size()};
    }
    return std::nullopt;
  }

  // The same, but without other forms of a word: a quotation is what was said.
  std::optional<TokenSpan> WordForWord(TokenSpan words) const {
    for (uint32_t at = 0; at + words.size() <= suspect_.size(); ++at) {
      uint32_t k = 0;
      while (k < words.size() && original_.text.tokens[words.begin + k].word == suspect_.text.tokens[at + k].word) {
        ++k;
      }
      if (k == words.size()) return TokenSpan{at, at + words.size()};
    }
    return std::nullopt;
  }

  // The longest number that the words from `at` on begin with.
  std::optional<NumberReading> Read(const AnalyzedArticle& article, uint32_t at) const {
    std::array<std::string_view, kMaxNumberWords> words;
    const size_t count = std::min<size_t>(words.size(), article.size() - at);
    for (size_t i = 0; i < count; ++i) words[i] = article.text.Word(at + i);
    return language_.read_number(std::span(words).first(count));
  }

  // The same where the first word is a number by itself.
  std::optional<NumberReading> ReadIfNumber(uint32_t at) const {
    return IsNumber(suspect_, at) ? Read(suspect_, at) : std::nullopt;
  }

  // Hash of the number or date, if it has a value.
  std::optional<uint64_t> ValueOf(const FactSpan& span) const {
    if (span.kind == FactKind::kName) return std::nullopt;
    const auto reading = Read(original_, span.words.begin);
    return reading ? std::optional(NumberHash(*reading)) : std::nullopt;
  }

  // The same value written in other words, near the words that the fact is aligned with.
  std::optional<TokenSpan> SameValueNear(const FactSpan& span, TokenSpan near) const {
    const auto value = near.empty() ? std::nullopt : ValueOf(span);
    if (!value) return std::nullopt;
    for (uint32_t at = near.begin - std::min(near.begin, kNumberReach); at < near.end; ++at) {
      const auto reading = Read(suspect_, at);
      if (reading && NumberHash(*reading) == *value) return TokenSpan{at, at + reading->tokens};
    }
    return std::nullopt;
  }

  // The same value anywhere in the suspect.
  std::optional<TokenSpan> SameValueAnywhere(const FactSpan& span) const {
    const auto value = ValueOf(span);
    if (!value) return std::nullopt;
    for (uint32_t at = 0; at < suspect_.size();) {
      const auto reading = ReadIfNumber(at);
      if (reading && NumberHash(*reading) == *value) return TokenSpan{at, at + reading->tokens};
      at += reading ? std::max(reading->tokens, 1u) : 1;
    }
    return std::nullopt;
  }

  // For a number that is aligned with nothing: the only number between the nearest words that are.
  std::optional<TokenSpan> OnlyNumberBetween(const FactSpan& span) const {
    if (span.kind != FactKind::kNumber) return std::nullopt;
    std::optional<uint32_t> begin, end;
    for (uint32_t i = 1; i <= kNumberReach && i <= span.words.begin && !begin; ++i) {
      const WordStep* step = step_of_[span.words.begin - i];
      if (step != nullptr && !step->suspect.empty()) begin = step->suspect.end;
    }
    const uint32_t limit = std::min(static_cast<uint32_t>(original_.size()), span.words.end + kNumberReach);
    for (uint32_t token = span.words.end; token < limit && !end; ++token) {
      const WordStep* step = step_of_[token];
      if (step != nullptr && !step->suspect.empty()) end = step->suspect.begin;
    }
    if (!begin || !end || *end > *begin + kNumberReach) return std::nullopt;
    std::optional<TokenSpan> number;
    for (uint32_t at = *begin; at < *end;) {
      const auto reading = ReadIfNumber(at);
      if (!reading) {
        ++at;
        continue;
      }
      if (number) return std::nullopt;
      number = TokenSpan{at, std::min(at + std::max(reading->tokens, 1u), *end)};
      at = number->end;
    }
    return number;
  }

  // Whether words of the suspect hold a fact of this kind, and are not just the next words of a new sentence.
  bool HasFact(FactKind kind, TokenSpan words) const {
    for (uint32_t token = words.begin; token < words.end; ++token) {
      const bool number = IsNumber(suspect_, token);
      if (kind == FactKind::kNumber && number) return true;
      if (kind == FactKind::kDate && (number || IsFactWord(suspect_, token, kDateWords, language_))) return true;
      if (kind == FactKind::kName && suspect_.text.tokens[token].capitalised && !suspect_.Info(token).function_word)
        return true;
    }
    return false;
  }

  const Language& language_;
  std::string_view original_text_;
  const AnalyzedArticle& original_;
  std::string_view suspect_text_;
  const AnalyzedArticle& suspect_;
  const std::vector<uint32_t> to_suspect_;  // as MatchStems makes it
  std::vector<const WordStep*> step_of_;    // per token of the original: its step, or null
};

}  // namespace

std::vector<Fact> FindFacts(std::string_view original_text, const AnalyzedArticle& original,
                            std::string_view suspect_text, const AnalyzedArticle& suspect,
                            const std::vector<const std::vector<WordStep>*>& passages, const Language& language) {
  return FactJudge(original_text, original, suspect_text, suspect, language).Run(passages);
}

}  // namespace unspin
