// A written date → the moment that it names, or none.
//
// Understood are ISO 8601 (basic and extended, with weeks and days of the year), RFC 2822, RFC 850, asctime and what
// JavaScript prints, seconds and milliseconds of Unix, and the dates of pages and feeds in English, German, French,
// Spanish, Italian, Dutch and Portuguese: "Sept. 1, 2026 at 10:15 a.m. EDT", "1er septembre 2026 à 10h15". Rather
// unknown than wrong:
//   - Where day and month are numbers and both could be the month, the date is unknown: "03/04/2026". It is known where
//     they are equal, where one is above 12, where a weekday beside them fits one reading, where dots are between them
//     ("03.04.2026": the day is first), and where the language tells (DayOrder).
//   - Days that do not exist, years before the first newspaper or beyond any plan, and the first instant of Unix, which
//     programs write where they know none, are unknown.
//   - A zone is known by its offset or a name that means one offset only.
//   - A date behind "updated" or the like is none of publication, and two dates are none.
// Total, and linear in the text; depends on no locale and no clock.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "unspin/date/date_words.h"
#include "unspin/date/moment.h"

namespace unspin {

// The date that a whole field holds: "2026-09-01", "Published: Tue 1 Sep 2026, 10:15 BST". "2026" and "September 2026"
// are dates of less precision.
Moment ParseDate(std::string_view text, DayOrder order = DayOrder::kUnknown);

struct LabelledDate {
  Moment moment;  // a day or an instant
  DateLabel label = DateLabel::kNone;
};

// The dates within a text, in its order, each with what the words before it say of it.
std::vector<LabelledDate> FindDates(std::string_view text, DayOrder order = DayOrder::kUnknown);

// What the last words of a text say of a date behind them.
DateLabel LabelAtEnd(std::string_view text);

// Whether a text is a date and nothing else but labels, a weekday and signs.
bool IsDateAlone(std::string_view text);

}  // namespace unspin
