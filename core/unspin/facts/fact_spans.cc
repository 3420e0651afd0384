#include "unspin/facts/fact_spans.h"

#include <algorithm>
#include <cassert>

#include "unspin/language/language.h"

namespace unspin {
namespace {

constexpr uint32_t kMinQuotationWords = 3;

bool IsYear(std::string_view word) {
  return word.size() == 4 && (word.starts_with("19") || word.starts_with("20")) &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

class FactSpanFinder {
 public:
  FactSpanFinder(std::string_view text, const AnalyzedArticle& article, const Language& language)
      : text_(text), article_(article), language_(language) {
    FindNameWords();
  }

  std::vector<FactSpan> Run(const std::vector<bool>& wanted) const {
    std::vector<FactSpan> facts;
    for (uint32_t token = 0; token < article_.size();) {
      if (!wanted[token] || !MayHoldFacts(article_.zones.of_token[token])) {
        ++token;
        continue;
      }
      if (const FactSpan quotation = QuotationAt(token); !quotation.words.empty()) facts.push_back(quotation);
      const FactSpan fact = FactAt(token);
      if (fact.words.empty()) {
        ++token;
        continue;
      }
      facts.push_back(fact);
      token = fact.words.end;
    }
    return facts;
  }

 private:
  static bool MayHoldFacts(Zone zone) {
    return zone == Zone::kBody || zone == Zone::kQuotation || zone == Zone::kDocument || zone == Zone::kCaption ||
           zone == Zone::kTable;
  }

  bool IsIn(uint32_t token, TagSet<FactWord> lists) const { return IsFactWord(article_, token, lists, language_); }
  bool IsCapitalised(uint32_t token) const { return article_.text.tokens[token].capitalised; }

  // A word that is capitalised inside a sentence somewhere is a name at the beginning of one too.
  void FindNameWords() {
    name_words_.assign(article_.vocabulary.size(), false);
    for (uint32_t token = 0; token < article_.size(); ++token) {
      if (IsCapitalised(token) && !OpensSentence(token) && !article_.Info(token).function_word)
        name_words_[article_.word_ids[token]] = true;
    }
    // "Scientists" of a headline is no name where the text has "scientists" as well.
    for (uint32_t token = 0; token < article_.size(); ++token) {
      if (!IsCapitalised(token)) name_words_[article_.word_ids[token]] = false;
    }
  }

  // Whether a word is the first of a sentence, or the first behind a dateline.
  bool OpensSentence(uint32_t token) const {
    const std::vector<Zone>& zones = article_.zones.of_token;
    return article_.text.tokens[token].starts_sentence || token == 0 ||
           (zones[token - 1] == Zone::kDateline && zones[token] != Zone::kDateline);
  }

  bool IsNameWord(uint32_t token) const {
    if (!IsCapitalised(token) || article_.Info(token).function_word || IsNumber(article_, token)) return false;
    return !IsIn(token, {FactWord::kMonth, FactWord::kDay}) && name_words_[article_.word_ids[token]];
  }

  // Whether a word and the next are in one sentence with little between them.
  bool Neighbours(uint32_t token) const {
    if (token + 1 >= article_.size() || article_.text.tokens[token + 1].starts_sentence) return false;
    const uint32_t end = article_.text.tokens[token].source.end, begin = article_.text.tokens[token + 1].source.begin;
    return begin - end <= 2 && text_.substr(end, begin - end).find_first_of(",;:()\"") == std::string_view::npos;
  }

  // The quotation that begins at a word, or an empty span.
  FactSpan QuotationAt(uint32_t token) const {
    const std::vector<Zone>& zones = article_.zones.of_token;
    if (zones[token] != Zone::kQuotation || (token > 0 && zones[token - 1] == Zone::kQuotation)) return {};
    uint32_t end = token;
    while (end < article_.size() && zones[end] == Zone::kQuotation) ++end;
    return end - token >= kMinQuotationWords ? FactSpan{FactKind::kQuotation, {token, end}} : FactSpan{};
  }

  // The date, number or name that begins at a word, or an empty span.
  FactSpan FactAt(uint32_t token) const {
    const bool month = IsIn(token, FactWord::kMonth) && IsCapitalised(token);
    const bool day = IsIn(token, FactWord::kDay) && IsCapitalised(token);
    if (month || day || IsYear(article_.text.Word(token))) return DateAt(token, month);
    if (IsIn(token, FactWord::kRelative) && Neighbours(token) &&
        IsIn(token + 1, {FactWord::kPeriod, FactWord::kDay, FactWord::kMonth}))
      return {FactKind::kDate, {token, token + 2}};
    if (IsNumber(article_, token)) return NumberAt(token);
    if (IsNameWord(token)) return NameAt(token);
    return {};
  }

  FactSpan DateAt(uint32_t token, bool month) const {
    uint32_t end = token + 1;
    while (month && Neighbours(end - 1) && IsNumber(article_, end)) ++end;
    const bool alone = end == token + 1;
    const bool other_word = IsIn(token, FactWord::kHomographMonth) && article_.text.tokens[token].starts_sentence;
    if (month && alone && other_word) return {};
    return {FactKind::kDate, {token, end}};
  }

  FactSpan NumberAt(uint32_t token) const {
    uint32_t end = token + 1;
    while (Neighbours(end - 1) && (IsNumber(article_, end) || IsIn(end, FactWord::kUnit))) ++end;
    if (Neighbours(end - 1) && IsIn(end, FactWord::kMonth) && IsCapitalised(end))
      return {FactKind::kDate, {token, end + 1}};
    if (end == token + 1 && IsIn(token, FactWord::kNumberPronoun)) return {};
    return {FactKind::kNumber, {token, end}};
  }

  FactSpan NameAt(uint32_t token) const {
    uint32_t end = token + 1;
    while (Neighbours(end - 1)) {
      if (IsNameWord(end)) {
        ++end;
      } else if (IsIn(end, FactWord::kNameParticle) && end + 1 < article_.size() && Neighbours(end) &&
                 IsNameWord(end + 1)) {
        end += 2;
      } else {
        break;
      }
    }
    const bool nobody = end == token + 1 && (IsIn(token, FactWord::kTitle) || article_.text.Word(token).size() == 1);
    return nobody ? FactSpan{} : FactSpan{FactKind::kName, {token, end}};
  }

  std::string_view text_;
  const AnalyzedArticle& article_;
  const Language& language_;
  std::vector<bool> name_words_;  // one per word of the vocabulary
};

}  // namespace

bool IsFactWord(const AnalyzedArticle& article, uint32_t token, TagSet<FactWord> lists, const Language& language) {
  return language.fact_words.Find(article.text.tokens[token].word).HasAny(lists);
}

std::vector<FactSpan> FindFactSpans(std::string_view text, const AnalyzedArticle& article,
                                    const std::vector<bool>& wanted, const Language& language) {
  assert(wanted.size() == article.size());
  return FactSpanFinder(text, article, language).Run(wanted);
}

}  // namespace unspin
