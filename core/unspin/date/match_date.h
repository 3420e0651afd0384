// The forms of dates and times, each tried at one place among the tokens of a text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "unspin/date/date_tokens.h"
#include "unspin/date/date_words.h"
#include "unspin/date/moment.h"

namespace unspin {

struct ClockTime {
  int64_t ms = 0;  // of the day
  std::optional<int16_t> offset_minutes;
  bool possible = true;  // 25:61 is the form of a time, and none
  size_t end = 0;        // the token after it, its zone included
};

// "10:15", "10:15:00.5+02:00", "10:15 a.m. EDT", "10h15", "10.15 Uhr", "T101500Z". Looks at a bounded number of tokens.
std::optional<ClockTime> MatchTime(std::span<const DateToken> tokens, size_t at);

// A time that is impossible makes the moment unknown.
void SetTime(const ClockTime& time, Moment& moment);

struct DateMatch {
  Moment moment;   // a day or an instant; unknown where the form is that of a date and no day is meant
  size_t end = 0;  // the token after it
};

// A date that begins at the token, and the time behind it. Looks at a bounded number of tokens.
std::optional<DateMatch> MatchDate(std::span<const DateToken> tokens, size_t at, DayOrder order);

// Forms that are dates only where nothing stands beside them: "20260901", "1788243300", "2026-09", "September 2026".
std::optional<Moment> MatchWhole(std::span<const DateToken> tokens);

}  // namespace unspin
