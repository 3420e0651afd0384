#include "unspin/language/english_numerals.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>

namespace unspin {
namespace {

// With more digits a double is not exact: such numbers are serial numbers, and stay words.
constexpr size_t kMaxDigits = 15;

enum class Kind : uint8_t {
  kUnit,  // 0 … 9
  kTeen,  // 10 … 19
  kTens,  // 20, 30, … 90
  kHundred,
  kScale,  // thousand and more
  kDozen,
};

struct NumberWord {
  std::string_view word;
  double value;
  Kind kind;
  bool ordinal = false;
  bool decade = false;  // "nineties", "hundreds"
};

// Sorted by their bytes, for binary search. Long: a table.
constexpr auto kNumberWords = [] {
  auto words = std::to_array<NumberWord>({
      {"zero", 0, Kind::kUnit},
      {"one", 1, Kind::kUnit},
      {"two", 2, Kind::kUnit},
      {"three", 3, Kind::kUnit},
      {"four", 4, Kind::kUnit},
      {"five", 5, Kind::kUnit},
      {"six", 6, Kind::kUnit},
      {"seven", 7, Kind::kUnit},
      {"eight", 8, Kind::kUnit},
      {"nine", 9, Kind::kUnit},
      {"first", 1, Kind::kUnit, true},
      {"second", 2, Kind::kUnit, true},
      {"third", 3, Kind::kUnit, true},
      {"fourth", 4, Kind::kUnit, true},
      {"fifth", 5, Kind::kUnit, true},
      {"sixth", 6, Kind::kUnit, true},
      {"seventh", 7, Kind::kUnit, true},
      {"eighth", 8, Kind::kUnit, true},
      {"ninth", 9, Kind::kUnit, true},
      {"ten", 10, Kind::kTeen},
      {"eleven", 11, Kind::kTeen},
      {"twelve", 12, Kind::kTeen},
      {"thirteen", 13, Kind::kTeen},
      {"fourteen", 14, Kind::kTeen},
      {"fifteen", 15, Kind::kTeen},
      {"sixteen", 16, Kind::kTeen},
      {"seventeen", 17, Kind::kTeen},
      {"eighteen", 18, Kind::kTeen},
      {"nineteen", 19, Kind::kTeen},
      {"tenth", 10, Kind::kTeen, true},
      {"eleventh", 11, Kind::kTeen, true},
      {"twelfth", 12, Kind::kTeen, true},
      {"thirteenth", 13, Kind::kTeen, true},
      {"fourteenth", 14, Kind::kTeen, true},
      {"fifteenth", 15, Kind::kTeen, true},
      {"sixteenth", 16, Kind::kTeen, true},
      {"seventeenth", 17, Kind::kTeen, true},
      {"eighteenth", 18, Kind::kTeen, true},
      {"nineteenth", 19, Kind::kTeen, true},
      {"twenty", 20, Kind::kTens},
      {"thirty", 30, Kind::kTens},
      {"forty", 40, Kind::kTens},
      {"fourty", 40, Kind::kTens},  // a common misspelling
      {"fifty", 50, Kind::kTens},
      {"sixty", 60, Kind::kTens},
      {"seventy", 70, Kind::kTens},
      {"eighty", 80, Kind::kTens},
      {"ninety", 90, Kind::kTens},
      {"twentieth", 20, Kind::kTens, true},
      {"thirtieth", 30, Kind::kTens, true},
      {"fortieth", 40, Kind::kTens, true},
      {"fiftieth", 50, Kind::kTens, true},
      {"sixtieth", 60, Kind::kTens, true},
      {"seventieth", 70, Kind::kTens, true},
      {"eightieth", 80, Kind::kTens, true},
      {"ninetieth", 90, Kind::kTens, true},
      {"twenties", 20, Kind::kTens, false, true},
      {"thirties", 30, Kind::kTens, false, true},
      {"forties", 40, Kind::kTens, false, true},
      {"fifties", 50, Kind::kTens, false, true},
      {"sixties", 60, Kind::kTens, false, true},
      {"seventies", 70, Kind::kTens, false, true},
      {"eighties", 80, Kind::kTens, false, true},
      {"nineties", 90, Kind::kTens, false, true},
      {"hundred", 100, Kind::kHundred},
      {"hundredth", 100, Kind::kHundred, true},
      {"hundreds", 100, Kind::kHundred, false, true},
      {"thousand", 1e3, Kind::kScale},
      {"thousandth", 1e3, Kind::kScale, true},
      {"million", 1e6, Kind::kScale},
      {"millionth", 1e6, Kind::kScale, true},
      {"mn", 1e6, Kind::kScale},
      {"billion", 1e9, Kind::kScale},
      {"billionth", 1e9, Kind::kScale, true},
      {"bn", 1e9, Kind::kScale},
      {"trillion", 1e12, Kind::kScale},
      {"trillionth", 1e12, Kind::kScale, true},
      {"tn", 1e12, Kind::kScale},
      {"dozen", 12, Kind::kDozen},
  });
  std::sort(words.begin(), words.end(), [](const auto& a, const auto& b) { return a.word < b.word; });
  return words;
}();

// By first letter: a bit for each second letter that a number word has. It rules out nearly all other words.
constexpr auto kSecondLetters = [] {
  std::array<uint32_t, 26> letters{};
  for (const NumberWord& entry : kNumberWords)
    letters[static_cast<size_t>(entry.word[0] - 'a')] |= uint32_t{1} << (entry.word[1] - 'a');
  return letters;
}();

bool MayBeNumberWord(std::string_view word) {
  if (word.size() < 2) return false;
  const unsigned first = static_cast<unsigned char>(word[0]) - unsigned{'a'},
                 second = static_cast<unsigned char>(word[1]) - unsigned{'a'};
  return first < kSecondLetters.size() && second < 32 && (kSecondLetters[first] >> second & 1) != 0;
}

const NumberWord* FindNumberWord(std::string_view word) {
  if (!MayBeNumberWord(word)) return nullptr;
  const auto found = std::lower_bound(kNumberWords.begin(), kNumberWords.end(), word,
                                      [](const NumberWord& entry, std::string_view key) { return entry.word < key; });
  return found != kNumberWords.end() && found->word == word ? &*found : nullptr;
}

// An abbreviation is a number only after another: "5 bn", but not "bn" alone.
bool IsAbbreviation(const NumberWord& word) { return word.word.size() == 2; }

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// The words that remain to be read.
class Words {
 public:
  explicit Words(std::span<const std::string_view> words) : words_(words) {}
  std::string_view At(size_t ahead) const {
    return position_ + ahead < words_.size() ? words_[position_ + ahead] : std::string_view();
  }
  const NumberWord* NumberAt(size_t ahead) const { return FindNumberWord(At(ahead)); }
  void Skip(size_t count) { position_ += count; }
  uint32_t position() const { return static_cast<uint32_t>(position_); }

 private:
  std::span<const std::string_view> words_;
  size_t position_ = 0;
};

// Digits with commas between groups of three and at most one decimal point, at the beginning of `word`.
struct Figure {
  double value;
  std::string_view rest;  // what follows: "", "m", "th", "s", "%"
  bool whole;
};

std::optional<Figure> ReadFigure(std::string_view word) {
  std::string digits;
  size_t at = 0;
  while (at < word.size() && IsDigit(word[at])) digits += word[at++];
  if (digits.empty()) return std::nullopt;
  const auto group_at = [&](size_t comma) {
    return comma + 3 < word.size() && word[comma] == ',' && IsDigit(word[comma + 1]) && IsDigit(word[comma + 2]) &&
           IsDigit(word[comma + 3]) && (comma + 4 == word.size() || !IsDigit(word[comma + 4]));
  };
  if (digits.size() <= 3) {
    for (; group_at(at); at += 4) digits += word.substr(at + 1, 3);
  }
  const bool whole = at >= word.size() || word[at] != '.';
  if (!whole) {
    digits += word[at++];
    if (at >= word.size() || !IsDigit(word[at])) return std::nullopt;
    while (at < word.size() && IsDigit(word[at])) digits += word[at++];
  }
  if (digits.size() > kMaxDigits) return std::nullopt;
  Figure figure{0, word.substr(at), whole};
  std::from_chars(digits.data(), digits.data() + digits.size(), figure.value);
  return figure;
}

std::optional<double> ScaleOfSuffix(std::string_view suffix) {
  if (suffix == "k") return 1e3;
  if (suffix == "m" || suffix == "mn") return 1e6;
  if (suffix == "b" || suffix == "bn") return 1e9;
  if (suffix == "tn" || suffix == "trn") return 1e12;
  return std::nullopt;
}

// A number that begins with digits: "1,000", "1.5m", "1.5 million", "3rd", "1990s".
std::optional<NumberReading> ReadDigits(Words& words) {
  const auto figure = ReadFigure(words.At(0));
  if (!figure) return std::nullopt;
  NumberReading reading{.value = figure->value};
  const std::string_view rest = figure->rest;
  if (rest.empty()) {
    words.Skip(1);
    const NumberWord* scale = words.NumberAt(0);
    if (scale != nullptr && scale->kind >= Kind::kHundred && !scale->decade) {
      reading.value *= scale->value;
      reading.ordinal = scale->ordinal;
      words.Skip(1);
    }
    return reading;
  }
  if (rest == "%") {
    reading.percent = true;
  } else if (rest == "s" || rest == "'s") {
    // "747s" are aeroplanes; a decade ends in a nought and has two digits or is a year.
    const bool two_digits = reading.value >= 20 && reading.value <= 90;
    const bool year = reading.value >= 1000 && reading.value < 2200;
    if (!figure->whole || std::fmod(reading.value, 10) != 0 || !(two_digits || year)) return std::nullopt;
    reading.decade = true;
  } else if (figure->whole && (rest == "st" || rest == "nd" || rest == "rd" || rest == "th")) {
    reading.ordinal = true;
  } else if (const auto scale = ScaleOfSuffix(rest)) {
    reading.value *= *scale;
  } else {
    return std::nullopt;
  }
  words.Skip(1);
  return reading;
}

// Below one hundred, in words: "seven", "twelve", "twenty one", "nineties".
std::optional<NumberReading> ReadBelowHundred(Words& words) {
  const NumberWord* first = words.NumberAt(0);
  if (first == nullptr || first->kind > Kind::kTens) return std::nullopt;
  NumberReading reading{.value = first->value, .decade = first->decade, .ordinal = first->ordinal};
  words.Skip(1);
  if (first->kind != Kind::kTens || first->ordinal || first->decade) return reading;
  const NumberWord* unit = words.NumberAt(0);
  if (unit != nullptr && unit->kind == Kind::kUnit && unit->value > 0) {
    reading.value += unit->value;
    reading.ordinal = unit->ordinal;
    words.Skip(1);
  }
  return reading;
}

// A year read aloud, after its century has been read: "nineteen | ninety five", "nineteen | nineties",
// "eighteen | hundreds", "nineteen | oh five".
bool ReadYearOfCentury(Words& words, NumberReading& reading) {
  if (reading.value < 11 || reading.value > 20 || reading.ordinal || reading.decade) return false;
  if (const NumberWord* hundreds = words.NumberAt(0); hundreds != nullptr && hundreds->word == "hundreds") {
    reading.value *= 100;
    reading.decade = true;
    words.Skip(1);
    return true;
  }
  if (words.At(0) == "oh") {
    const NumberWord* unit = words.NumberAt(1);
    if (unit == nullptr || unit->kind != Kind::kUnit || unit->ordinal) return false;
    reading.value = reading.value * 100 + unit->value;
    words.Skip(2);
    return true;
  }
  Words ahead = words;
  const auto year = ReadBelowHundred(ahead);
  if (!year || year->value < 10 || year->ordinal) return false;
  reading.value = reading.value * 100 + year->value;
  reading.decade = year->decade;
  words = ahead;
  return true;
}

// Below one thousand, in words: "a hundred", "two hundred and five", "dozen".
std::optional<NumberReading> ReadBelowThousand(Words& words) {
  const bool article = words.At(0) == "a" || words.At(0) == "an";
  const NumberWord* bare = words.NumberAt(article ? 1 : 0);
  std::optional<NumberReading> reading;
  if (bare != nullptr && bare->kind >= Kind::kHundred) {
    if (bare->decade || IsAbbreviation(*bare)) return std::nullopt;
    reading = NumberReading{.value = 1};
    if (article) words.Skip(1);
  } else if (!article) {
    reading = ReadBelowHundred(words);
  }
  if (!reading || reading->ordinal || reading->decade) return reading;

  const NumberWord* multiple = words.NumberAt(0);
  if (multiple == nullptr || multiple->decade) return reading;
  if (multiple->kind != Kind::kHundred && multiple->kind != Kind::kDozen) return reading;
  reading->value *= multiple->value;
  reading->ordinal = multiple->ordinal;
  words.Skip(1);
  if (multiple->kind == Kind::kDozen || multiple->ordinal) return reading;

  Words ahead = words;
  if (ahead.At(0) == "and") ahead.Skip(1);
  if (const auto rest = ReadBelowHundred(ahead); rest && rest->value > 0 && !rest->decade) {
    reading->value += rest->value;
    reading->ordinal = rest->ordinal;
    words = ahead;
  }
  return reading;
}

// A number in words: groups below one thousand, each with a smaller scale than the group before.
std::optional<NumberReading> ReadWords(Words& words) {
  std::optional<NumberReading> total;
  double smallest_scale = 1e15;
  for (Words ahead = words; smallest_scale > 1;) {
    // "and" joins only a last group without a scale: "two thousand and five", not "two million and three thousand".
    const bool joined = total && ahead.At(0) == "and";
    if (joined) ahead.Skip(1);
    auto group = ReadBelowThousand(ahead);
    if (!group) break;
    if (!total && (group->decade || ReadYearOfCentury(ahead, *group))) {
      words = ahead;
      return group;
    }
    if (total && (group->decade || group->value == 0 || (joined && group->value >= 100))) break;
    double scale = 1;
    const NumberWord* word = group->ordinal ? nullptr : ahead.NumberAt(0);
    if (word != nullptr && word->kind == Kind::kScale) {
      scale = word->value;
      group->ordinal = word->ordinal;
      ahead.Skip(1);
    }
    if (scale >= smallest_scale || (joined && scale > 1)) break;
    group->value *= scale;
    if (total) group->value += total->value;
    total = group;
    words = ahead;
    if (group->ordinal) break;
    smallest_scale = scale;
  }
  return total;
}

bool IsPercent(std::string_view word) {
  return std::find(kEnglishPercent.begin(), kEnglishPercent.end(), word) != kEnglishPercent.end();
}

}  // namespace

std::optional<NumberReading> ReadEnglishNumber(std::span<const std::string_view> words) {
  if (words.empty() || words.front().empty()) return std::nullopt;
  Words rest(words);
  auto reading = IsDigit(words.front().front()) ? ReadDigits(rest) : ReadWords(rest);
  if (!reading) return std::nullopt;
  const bool in_two_words = rest.At(0) == "per" && (rest.At(1) == "cent" || rest.At(1) == "cents");
  if (!reading->decade && !reading->ordinal && (in_two_words || IsPercent(rest.At(0)))) {
    reading->percent = true;
    rest.Skip(in_two_words ? 2 : 1);
  }
  reading->tokens = rest.position();
  return reading;
}

}  // namespace unspin
