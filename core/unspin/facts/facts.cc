#include "unspin/facts/facts.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <span>
#include <string>

#include "unspin/lexicon/numbers.h"

namespace unspin {
namespace {

constexpr double kQuotationStands = 0.4;     // share of a quotation's words that must be aligned: less is told anew
constexpr uint32_t kNumberReach = 6;         // words before an aligned word at which its number may begin
constexpr uint32_t kMaxAlterationWords = 3;  // words that may stand in the place of one

constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                      "may",       "june",     "july",     "august",
                                                      "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> kDays = {"monday", "tuesday",  "wednesday", "thursday",
                                                   "friday", "saturday", "sunday"};
constexpr std::array<std::string_view, 4> kRelative = {"last", "next", "this", "past"};
constexpr std::array<std::string_view, 9> kPeriods = {"week", "month",  "year",   "decade", "weekend",
                                                      "day",  "summer", "winter", "spring"};
constexpr std::array<std::string_view, 12> kUnits = {"percent", "per",   "million", "billion", "trillion",   "thousand",
                                                     "hundred", "dozen", "cent",    "metres",  "kilometres", "tonnes"};
// Periods as spinners shorten and count them.
constexpr std::array<std::string_view, 8> kOtherPeriods = {"yr",    "yrs",     "years",  "months",
                                                           "weeks", "decades", "season", "period"};
// Nobody's name by themselves.
constexpr std::array<std::string_view, 7> kTitles = {"mr", "mrs", "ms", "dr", "st", "sir", "rev"};
// Between the parts of one name.
constexpr std::array<std::string_view, 3> kJoins = {"of", "de", "van"};

template <size_t n>
bool In(const std::array<std::string_view, n>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

enum class Kind { kNumber, kDate, kName, kQuotation };

const char* NameOf(Kind kind) {
  constexpr const char* kNames[] = {"number", "date", "name", "quotation"};
  return kNames[static_cast<size_t>(kind)];
}

struct Place {
  Kind kind;
  TokenSpan words;
};

class FactFinder {
 public:
  FactFinder(std::string_view original_text, const AnalyzedArticle& original, std::string_view suspect_text,
             const AnalyzedArticle& suspect)
      : original_text_(original_text),
        original_(original),
        suspect_text_(suspect_text),
        suspect_(suspect),
        to_suspect_(MatchStems(original, suspect)),
        step_of_(original.size(), nullptr) {}

  std::vector<Fact> Run(const std::vector<const std::vector<WordStep>*>& passages) {
    for (const auto* steps : passages) {
      for (size_t i = 0; i < steps->size(); ++i) {
        const WordStep& step = (*steps)[i];
        for (uint32_t token = step.original.begin; token < step.original.end; ++token) step_of_[token] = &step;
      }
    }
    FindNames();
    std::vector<Fact> facts;
    std::map<std::pair<Kind, std::string>, size_t> known;
    for (const Place& place : Places()) {
      if (facts.size() >= kMaxFacts) break;
      const std::optional<Fact> fact = Judge(place);
      if (!fact) continue;
      const std::string spelling = Spelling(original_, place.words);
      const auto [entry, is_new] = known.try_emplace(
          {place.kind, std::string(place.kind == Kind::kName ? WithoutPossessive(spelling) : spelling)}, facts.size());
      if (is_new) {
        facts.push_back(*fact);
      } else if (Rank(*fact) > Rank(facts[entry->second])) {
        facts[entry->second] = *fact;
      }
    }
    return facts;
  }

 private:
  // Missing here, but kept there, is kept; altered anywhere is altered.
  static int Rank(const Fact& fact) { return fact.state == "altered" ? 2 : fact.state == "kept" ? 1 : 0; }

  static std::string Spelling(const AnalyzedArticle& article, TokenSpan span) {
    std::string out;
    for (uint32_t token = span.begin; token < span.end; ++token) {
      if (!out.empty()) out += ' ';
      out += article.text.Word(token);
    }
    return out;
  }

  // Whose it is does not make another name.
  static std::string_view WithoutPossessive(std::string_view word) {
    if (word.ends_with("'s")) word.remove_suffix(2);
    return word;
  }

  static std::string Quote(std::string_view text, const AnalyzedArticle& article, TokenSpan span) {
    ByteSpan bytes = article.text.Bytes(span);
    // A sign of currency belongs to its number.
    for (const std::string_view sign : {"$", "£", "€", "¥"}) {
      if (bytes.begin >= sign.size() && text.substr(bytes.begin - sign.size(), sign.size()) == sign)
        bytes.begin -= static_cast<uint32_t>(sign.size());
    }
    if (bytes.end < text.size() && text[bytes.end] == '%') ++bytes.end;
    return std::string(text.substr(bytes.begin, bytes.size()));
  }

  bool IsNumber(const AnalyzedArticle& article, uint32_t token) const {
    return article.text.tokens[token].numeric || article.Info(token).number;
  }
  static bool IsYear(std::string_view word) {
    return word.size() == 4 && (word.starts_with("19") || word.starts_with("20")) &&
           std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
  }

  // Words that stand capitalised inside a sentence somewhere are names at the beginning of one too.
  void FindNames() {
    name_words_.assign(original_.vocabulary.size(), false);
    for (uint32_t token = 0; token < original_.size(); ++token) {
      const Token& word = original_.text.tokens[token];
      if (word.capitalised && !Opens(token) && !original_.Info(token).function_word)
        name_words_[original_.word_ids[token]] = true;
    }
    // "Scientists" of a headline is no name where scientists are written small.
    for (uint32_t token = 0; token < original_.size(); ++token) {
      if (!original_.text.tokens[token].capitalised) name_words_[original_.word_ids[token]] = false;
    }
  }
  // The first word of a sentence, or of what follows a dateline.
  bool Opens(uint32_t token) const {
    return original_.text.tokens[token].starts_sentence || token == 0 ||
           (original_.zones.of_token[token - 1] == Zone::kDateline &&
            original_.zones.of_token[token] != Zone::kDateline);
  }
  bool IsNameWord(uint32_t token) const {
    const Token& word = original_.text.tokens[token];
    if (!word.capitalised || word.numeric || original_.Info(token).function_word || IsNumber(original_, token))
      return false;
    const std::string_view spelling = original_.text.Word(token);
    if (In(kMonths, spelling) || In(kDays, spelling)) return false;
    return name_words_[original_.word_ids[token]];
  }

  bool Aligned(uint32_t token) const { return step_of_[token] != nullptr; }
  bool Neighbours(uint32_t token) const {  // this word and the next, in one sentence, with little between them
    if (token + 1 >= original_.size() || original_.text.tokens[token + 1].starts_sentence) return false;
    const uint32_t end = original_.text.tokens[token].source.end, begin = original_.text.tokens[token + 1].source.begin;
    return begin - end <= 2 &&
           original_text_.substr(end, begin - end).find_first_of(",;:()\"") == std::string_view::npos;
  }

  std::vector<Place> Places() const {
    std::vector<Place> places;
    for (uint32_t token = 0; token < original_.size();) {
      const Zone zone = original_.zones.of_token[token];
      if (!Aligned(token) || zone == Zone::kNotice || zone == Zone::kByline || zone == Zone::kDateline ||
          zone == Zone::kNavigation) {
        ++token;
        continue;
      }
      if (original_.zones.of_token[token] == Zone::kQuotation &&
          (token == 0 || original_.zones.of_token[token - 1] != Zone::kQuotation)) {
        uint32_t end = token;
        while (end < original_.size() && original_.zones.of_token[end] == Zone::kQuotation) ++end;
        if (end - token >= 3) places.push_back({Kind::kQuotation, {token, end}});
      }
      const Place place = PlaceAt(token);
      if (place.words.empty()) {
        ++token;
        continue;
      }
      places.push_back(place);
      token = place.words.end;
    }
    return places;
  }

  Place PlaceAt(uint32_t token) const {
    const std::string_view word = original_.text.Word(token);
    uint32_t end = token + 1;
    const bool month = In(kMonths, word) && original_.text.tokens[token].capitalised;
    if (month || (In(kDays, word) && original_.text.tokens[token].capitalised) || IsYear(word)) {
      while (month && Neighbours(end - 1) && IsNumber(original_, end)) ++end;
      if (month && end == token + 1 && word == "may" && original_.text.tokens[token].starts_sentence) return {};
      return {Kind::kDate, {token, end}};
    }
    if (In(kRelative, word) && Neighbours(token) &&
        (In(kPeriods, original_.text.Word(end)) || In(kDays, original_.text.Word(end)) ||
         In(kMonths, original_.text.Word(end)))) {
      return {Kind::kDate, {token, end + 1}};
    }
    if (IsNumber(original_, token)) {
      while (Neighbours(end - 1) && (IsNumber(original_, end) || In(kUnits, original_.text.Word(end)))) ++end;
      if (Neighbours(end - 1) && In(kMonths, original_.text.Word(end)) && original_.text.tokens[end].capitalised)
        return {Kind::kDate, {token, end + 1}};
      // "one of them" counts nothing.
      if (end == token + 1 && word == "one") return {};
      return {Kind::kNumber, {token, end}};
    }
    if (IsNameWord(token)) {
      while (Neighbours(end - 1)) {
        if (IsNameWord(end)) {
          ++end;
        } else if (In(kJoins, original_.text.Word(end)) && end + 1 < original_.size() && Neighbours(end) &&
                   IsNameWord(end + 1)) {
          end += 2;
        } else {
          break;
        }
      }
      const bool nobody = end == token + 1 && (In(kTitles, word) || word.size() == 1);
      return nobody ? Place{} : Place{Kind::kName, {token, end}};
    }
    return {};
  }

  // Where the words stand elsewhere in the suspect, as a run of the same stems.
  std::optional<TokenSpan> Elsewhere(TokenSpan words, bool name = false) const {
    const uint32_t first = to_suspect_[original_.stem_ids[words.begin]];
    if (first == kNoStem) return std::nullopt;
    for (uint32_t at = 0; at + words.size() <= suspect_.size(); ++at) {
      if (suspect_.stem_ids[at] != first) continue;
      // "Marks" is not what "marks" stand for.
      if (name && !suspect_.text.tokens[at].capitalised &&
          suspect_.text.tokens[at].word != original_.text.tokens[words.begin].word)
        continue;
      uint32_t k = 1;
      while (k < words.size() && to_suspect_[original_.stem_ids[words.begin + k]] == suspect_.stem_ids[at + k]) ++k;
      if (k == words.size()) return TokenSpan{at, at + words.size()};
    }
    return std::nullopt;
  }

  Fact Stands(const char* state, TokenSpan words, Fact fact) const {
    fact.state = state;
    fact.suspect = Quote(suspect_text_, suspect_, words);
    return fact;
  }

  // The same, but no other form of a word will do: a quotation is what was said.
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

  std::optional<Fact> Judge(const Place& place) const {
    Fact fact;
    fact.kind = NameOf(place.kind);
    fact.original = Quote(original_text_, original_, place.words);
    uint32_t kept = 0, exchanged = 0, lost = 0, unaligned = 0;
    TokenSpan stands{0, 0};
    for (uint32_t token = place.words.begin; token < place.words.end; ++token) {
      const WordStep* step = step_of_[token];
      if (step == nullptr) {
        ++unaligned;
        continue;
      }
      if (step->change == WordChange::kDeleted) {
        ++lost;
        continue;
      }
      const bool same =
          step->change == WordChange::kKept || step->change == WordChange::kMoved ||
          (place.kind == Kind::kName && step->suspect.size() == 1 &&
           WithoutPossessive(original_.text.Word(token)) ==
               WithoutPossessive(suspect_.text.Word(step->suspect.begin))) ||
          (step->change == WordChange::kInflected && place.kind != Kind::kName && place.kind != Kind::kQuotation);
      same ? ++kept : ++exchanged;
      stands = stands.empty()
                   ? step->suspect
                   : TokenSpan{std::min(stands.begin, step->suspect.begin), std::max(stands.end, step->suspect.end)};
    }
    if (place.kind == Kind::kQuotation)
      return JudgeQuotation(place, kept, exchanged, lost + unaligned, stands, std::move(fact));
    if (unaligned > 0) return std::nullopt;  // the passage ends inside of it
    // A name shortened to one of its parts is kept; a number or a date is not.
    const bool whole = exchanged == 0 && (lost == 0 || (place.kind == Kind::kName && kept > 0));
    if (whole) return Stands("kept", stands, std::move(fact));
    if (const auto value = SameValue(place, stands)) return Stands("kept", *value, std::move(fact));
    if (exchanged > 0 && stands.size() <= place.words.size() * kMaxAlterationWords && Replaces(place.kind, stands))
      return Stands("altered", stands, std::move(fact));
    const bool name = place.kind == Kind::kName;
    if (const auto elsewhere = Elsewhere(place.words, name)) return Stands("kept", *elsewhere, std::move(fact));
    if (const auto value = ValueAnywhere(place)) return Stands("kept", *value, std::move(fact));
    if (const auto other = OnlyNumberBetween(place)) return Stands("altered", *other, std::move(fact));
    if (name && place.words.size() > 1) {
      if (const auto last = Elsewhere({place.words.end - 1, place.words.end}, true))
        return Stands("kept", *last, std::move(fact));
    }
    fact.state = "missing";
    return fact;
  }

  // The longest number that the words from `at` on begin with.
  static std::optional<NumberReading> Read(const AnalyzedArticle& article, uint32_t at,
                                           std::array<std::string_view, 12>& words) {
    const size_t count = std::min<size_t>(words.size(), article.size() - at);
    for (size_t i = 0; i < count; ++i) words[i] = article.text.Word(at + i);
    return ReadNumber(std::span(words).first(count));
  }

  // A number of several words, near where the original's stood.
  std::optional<TokenSpan> SameValue(const Place& place, TokenSpan stands) const {
    if (place.kind == Kind::kName || stands.empty()) return std::nullopt;
    std::array<std::string_view, 12> words;
    const auto wanted = Read(original_, place.words.begin, words);
    if (!wanted) return std::nullopt;
    for (uint32_t at = stands.begin - std::min(stands.begin, kNumberReach); at < stands.end; ++at) {
      const auto reading = Read(suspect_, at, words);
      if (reading && NumberHash(*reading) == NumberHash(*wanted)) return TokenSpan{at, at + reading->tokens};
    }
    return std::nullopt;
  }

  // A number that the whole suspect writes in several words.
  std::optional<TokenSpan> ValueAnywhere(const Place& place) const {
    if (place.kind == Kind::kName) return std::nullopt;
    std::array<std::string_view, 12> words;
    const auto wanted = Read(original_, place.words.begin, words);
    if (!wanted) return std::nullopt;
    for (uint32_t at = 0; at < suspect_.size();) {
      const auto reading = IsNumber(suspect_, at) ? Read(suspect_, at, words) : std::nullopt;
      if (reading && NumberHash(*reading) == NumberHash(*wanted)) return TokenSpan{at, at + reading->tokens};
      at += reading ? std::max(reading->tokens, 1u) : 1;
    }
    return std::nullopt;
  }

  // The number in the place of one that found no partner: the only one between the nearest words that did.
  std::optional<TokenSpan> OnlyNumberBetween(const Place& place) const {
    if (place.kind != Kind::kNumber) return std::nullopt;
    std::optional<uint32_t> begin, end;
    for (uint32_t i = 1; i <= kNumberReach && i <= place.words.begin && !begin; ++i) {
      const WordStep* step = step_of_[place.words.begin - i];
      if (step != nullptr && !step->suspect.empty()) begin = step->suspect.end;
    }
    for (uint32_t token = place.words.end; token < original_.size() && token < place.words.end + kNumberReach && !end;
         ++token) {
      const WordStep* step = step_of_[token];
      if (step != nullptr && !step->suspect.empty()) end = step->suspect.begin;
    }
    if (!begin || !end || *end > *begin + kNumberReach) return std::nullopt;
    std::optional<TokenSpan> number;
    std::array<std::string_view, 12> words;
    for (uint32_t at = *begin; at < *end;) {
      const auto reading = IsNumber(suspect_, at) ? Read(suspect_, at, words) : std::nullopt;
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

  // Whether what stands in a fact's place is a fact of that kind, and not just the next words of a new sentence.
  bool Replaces(Kind kind, TokenSpan words) const {
    for (uint32_t token = words.begin; token < words.end; ++token) {
      const Token& word = suspect_.text.tokens[token];
      const bool number = IsNumber(suspect_, token);
      if (kind == Kind::kNumber && number) return true;
      const std::string_view spelling = suspect_.text.Word(token);
      if (kind == Kind::kDate && (number || In(kMonths, spelling) || In(kDays, spelling) || In(kPeriods, spelling) ||
                                  In(kOtherPeriods, spelling)))
        return true;
      if (kind == Kind::kName && word.capitalised && !suspect_.Info(token).function_word) return true;
    }
    return false;
  }

  std::optional<Fact> JudgeQuotation(const Place& place, uint32_t kept, uint32_t exchanged, uint32_t lost,
                                     TokenSpan stands, Fact fact) const {
    const uint32_t size = place.words.size();
    if (kept == size && stands.size() == size) return Stands("kept", stands, std::move(fact));
    if (const auto elsewhere = WordForWord(place.words)) return Stands("kept", *elsewhere, std::move(fact));
    if (kept + exchanged >= kQuotationStands * size && lost < size && stands.size() <= 2 * size + 4)
      return Stands("altered", stands, std::move(fact));
    fact.state = "missing";
    return fact;
  }

  std::string_view original_text_;
  const AnalyzedArticle& original_;
  std::string_view suspect_text_;
  const AnalyzedArticle& suspect_;
  const std::vector<uint32_t> to_suspect_;
  std::vector<const WordStep*> step_of_;
  std::vector<bool> name_words_;
};

}  // namespace

std::vector<Fact> FindFacts(std::string_view original_text, const AnalyzedArticle& original,
                            std::string_view suspect_text, const AnalyzedArticle& suspect,
                            const std::vector<const std::vector<WordStep>*>& passages) {
  return FactFinder(original_text, original, suspect_text, suspect).Run(passages);
}

}  // namespace unspin
