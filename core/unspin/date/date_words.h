// The words of dates in English, German, French, Spanish, Italian, Dutch and Portuguese: months, weekdays, zones, and
// the words before a date that say of what it is the date.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace unspin {

// All words are in lower case, without accents: "fevrier", "marz".

// 1 to 12; 0 where the word is no month.
unsigned MonthNamed(std::string_view word);

// 0 (Sunday) to 6, as in std::chrono::weekday. Only names and abbreviations that mean one day in all the languages.
std::optional<unsigned> WeekdayNamed(std::string_view word);

struct NamedZone {
  bool known = false;                     // as a zone
  std::optional<int16_t> offset_minutes;  // nothing where the name means several offsets ("BST", "CST", "ET")
};

NamedZone ZoneNamed(std::string_view word);

enum class DateLabel : uint8_t { kNone, kPublished, kUpdated, kOther };

// What a word before a date says of it. kOther: copyright, events, deadlines.
DateLabel LabelOf(std::string_view word);

// Joins day, month and year: "of", "de", "del".
bool JoinsDate(std::string_view word);

// Behind the number of a day: "st", "nd", "rd", "th", "er".
bool IsOrdinalEnding(std::string_view word);

enum class DayOrder : uint8_t { kUnknown, kDayFirst, kMonthFirst };

// How the writers of a language write a date in numbers, by its tag ("de-AT", "en-US"). English without a region, and
// Canada's, is unknown.
DayOrder DayOrderOf(std::string_view language);

}  // namespace unspin
