#include "unspin/verdict/reasons.h"

#include <charconv>
#include <iterator>
#include <string>

namespace unspin {
namespace {

// `value` with two decimals in the place of "%.2f"; not printf, so that no locale changes the decimal point.
std::string FillIn(std::string_view sentence, double value) {
  constexpr std::string_view kValue = "%.2f";
  constexpr size_t kMaxDigits = 400;  // the largest double has 309 before the point
  const size_t at = sentence.find(kValue);
  char number[kMaxDigits];
  const auto size =
      static_cast<size_t>(std::to_chars(number, std::end(number), value, std::chars_format::fixed, 2).ptr - number);
  std::string text;
  text.reserve(sentence.size() + size);
  text.append(sentence, 0, at).append(number, size).append(sentence, at + kValue.size());
  return text;
}

}  // namespace

Reason SignalReason(Signal signal, double value, double weight) {
  return {std::string(SignalName(signal)), value, weight, FillIn(SignalSentence(signal), value)};
}

Reason LanguageReason(double share, std::string_view language) {
  const std::string name(language);
  return {"language", share, 0,
          "hardly any " + name + " function words: stems, synonyms and the rarity of words are those of " + name +
              ", and say little here"};
}

Reason CountedWordsReason(uint32_t words, uint32_t min_words) {
  return {"counted-words", static_cast<double>(words), 0,
          "only " + std::to_string(words) + " words count on the shorter side; " + std::to_string(min_words) +
              " are needed to say anything"};
}

Reason CommonSourceReason(double share, std::string_view source) {
  return {"common-source", share, 0,
          "what the two share stands in “" + std::string(source) +
              "” as well, which appeared before both and has more of the suspect around it"};
}

Reason FormReason(const FilledForm& form) {
  const auto of = [](uint32_t some, uint32_t all) { return std::to_string(some) + " of " + std::to_string(all); };
  return {"form", static_cast<double>(form.differing) / static_cast<double>(form.fillings), 0,
          "the two fill in one form: " + of(form.differing, form.fillings) +
              " names, numbers and the like differ, in " + of(form.differing_sentences, form.sentences) +
              " sentences that have any"};
}

}  // namespace unspin
