#include "unspin/date/match_date.h"

#include <algorithm>
#include <chrono>
#include <string_view>

namespace unspin {
namespace {

using Tokens = std::span<const DateToken>;

constexpr int64_t kMsPerSecond = 1000;
constexpr int64_t kMsPerMinute = 60 * kMsPerSecond;
constexpr int64_t kMsPerHour = 60 * kMsPerMinute;
constexpr int64_t kMsPerDay = 24 * kMsPerHour;

constexpr uint64_t kFirstYear = 1605;  // of the first newspaper
constexpr uint64_t kLastYear = 2060;   // beyond: placeholders such as 2099-12-31
constexpr uint64_t kYearOfShort = 50;  // two digits from here on are of the last century (RFC 2822)

// Years that seconds of Unix may name: from 2001 on they have ten digits.
constexpr uint64_t kFirstUnixSecond = 1'000'000'000;
constexpr uint64_t kEndOfUnixSeconds = 2'840'140'800;  // 2060-01-01

constexpr int kMaxOffsetHours = 14;  // Kiribati

DateToken At(Tokens tokens, size_t at) { return at < tokens.size() ? tokens[at] : DateToken{}; }

std::string_view WordAt(Tokens tokens, size_t at) {
  return at < tokens.size() ? tokens[at].word() : std::string_view();
}

bool HasDigits(const DateToken& token, uint16_t least, uint16_t most) {
  return token.IsNumber() && token.digits >= least && token.digits <= most;
}

Moment DayMoment(uint64_t year, uint64_t month, uint64_t day) {
  if (year < kFirstYear || year > kLastYear || month > 12 || day > 31) return {};
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(year)),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return {};
  const int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  if (days == 0) return {};  // 1970-01-01: what programs write where they know no date
  return {Precision::kDay, days * kMsPerDay, std::nullopt};
}

// The day that begins at a time by the clock of a place, if a date may name it.
Moment CheckedDay(int64_t local_ms) {
  const std::chrono::year_month_day date(std::chrono::sys_days(std::chrono::days(local_ms / kMsPerDay)));
  return int{date.year()} < 0
             ? Moment{}
             : DayMoment(static_cast<uint64_t>(int{date.year()}), unsigned{date.month()}, unsigned{date.day()});
}

// "+02:00", "-0500", "+02" at the sign. Returns the token after it; `at` where there is none.
size_t MatchOffset(Tokens tokens, size_t at, std::optional<int16_t>& offset) {
  const DateToken sign = At(tokens, at), first = At(tokens, at + 1);
  if ((!sign.Is('+') && !sign.Is('-')) || !first.adjacent || !first.IsNumber()) return at;
  uint64_t hours = first.number, minutes = 0;
  size_t end = at + 2;
  if (first.digits == 4) {
    minutes = hours % 100;
    hours /= 100;
  } else if (first.digits > 2) {
    return at;
  } else if (At(tokens, end).Is(':') && HasDigits(At(tokens, end + 1), 2, 2)) {
    minutes = tokens[end + 1].number;
    end += 2;
  }
  if (hours > kMaxOffsetHours || minutes > 59) return at;
  const auto total = static_cast<int16_t>(hours * 60 + minutes);
  // RFC 2822 and RFC 3339: a time of an unknown place.
  if (sign.Is('-') && total == 0) return end;
  offset = sign.Is('-') ? static_cast<int16_t>(-total) : total;
  return end;
}

size_t MatchZone(Tokens tokens, size_t at, std::optional<int16_t>& offset) {
  offset.reset();
  const DateToken sign = At(tokens, at);
  if (sign.Is('+') || sign.Is('-')) {
    // A dash with a space before it and a short number behind it is no offset: "10:15 - 3 min".
    if (!sign.adjacent && At(tokens, at + 1).digits < 4 && !At(tokens, at + 2).Is(':')) return at;
    return MatchOffset(tokens, at, offset);
  }
  const size_t word = sign.Is('(') ? at + 1 : at;
  const NamedZone zone = ZoneNamed(WordAt(tokens, word));
  if (!zone.known) return at;
  offset = zone.offset_minutes;
  size_t end = word + 1;
  if (offset == 0) {  // "GMT+0200"
    std::optional<int16_t> further;
    const size_t after = MatchOffset(tokens, end, further);
    if (after > end && further) offset = further;
    end = after;
  }
  return end;
}

// "am", "p.m.". Returns the token after it; `at` where there is none.
size_t MatchHalf(Tokens tokens, size_t at, char& half) {
  const std::string_view word = WordAt(tokens, at);
  if (word == "am" || word == "pm") {
    half = word[0];
    return at + 1;
  }
  if ((word != "a" && word != "p") || !At(tokens, at + 1).Is('.') || WordAt(tokens, at + 2) != "m") return at;
  half = word[0];
  return At(tokens, at + 3).Is('.') ? at + 4 : at + 3;
}

int64_t Fraction(const DateToken& digits) {
  int64_t ms = static_cast<int64_t>(digits.number);
  for (int i = digits.digits; i < 3; ++i) ms *= 10;
  for (int i = std::min<int>(digits.digits, 18); i > 3; --i) ms /= 10;
  return ms;
}

struct Clock {
  uint64_t hours = 0, minutes = 0, seconds = 0;
  int64_t ms = 0;
};

// Seconds and their fraction behind hours and minutes.
size_t MatchSeconds(Tokens tokens, size_t at, Clock& clock) {
  if (!At(tokens, at).Is(':') || !HasDigits(At(tokens, at + 1), 1, 2)) return at;
  clock.seconds = tokens[at + 1].number;
  at += 2;
  const DateToken point = At(tokens, at), digits = At(tokens, at + 1);
  if ((!point.Is('.') && !point.Is(',')) || !point.adjacent || !digits.IsNumber() || !digits.adjacent) return at;
  clock.ms = Fraction(digits);
  return at + 2;
}

// "T1015", "T101500", "T101500.5" at the digits.
size_t MatchBasicClock(Tokens tokens, size_t at, Clock& clock) {
  const DateToken digits = At(tokens, at);
  if (!digits.IsNumber() || (digits.digits != 4 && digits.digits != 6)) return at;
  const uint64_t number = digits.digits == 4 ? digits.number * 100 : digits.number;
  clock = {number / 10'000, number / 100 % 100, number % 100, 0};
  ++at;
  const DateToken point = At(tokens, at), fraction = At(tokens, at + 1);
  if ((!point.Is('.') && !point.Is(',')) || !point.adjacent || !fraction.IsNumber() || !fraction.adjacent) return at;
  clock.ms = Fraction(fraction);
  return at + 2;
}

bool NamesHours(std::string_view word) {
  return word == "uhr" || word == "h" || word == "hs" || word == "hrs" || word == "heures" || word == "uur";
}

// Hours, minutes, seconds. Returns the token after them; `at` where there are none. `half`: 'a' or 'p'.
size_t MatchClock(Tokens tokens, size_t at, Clock& clock, char& half) {
  const DateToken first = At(tokens, at), sign = At(tokens, at + 1), second = At(tokens, at + 2);
  if (at > 0 && WordAt(tokens, at - 1) == "t" && tokens[at].adjacent) {
    if (const size_t end = MatchBasicClock(tokens, at, clock); end > at) return end;
  }
  if (!HasDigits(first, 1, 2)) return at;
  clock.hours = first.number;
  if (sign.Is(':') && HasDigits(second, 2, 2)) {
    clock.minutes = second.number;
    const size_t end = MatchHalf(tokens, MatchSeconds(tokens, at + 3, clock), half);
    return NamesHours(WordAt(tokens, end)) ? end + 1 : end;
  }
  if (sign.word() == "h" && second.adjacent && HasDigits(second, 2, 2)) {
    clock.minutes = second.number;
    return at + 3;
  }
  if (sign.Is('.') && sign.adjacent && second.adjacent && HasDigits(second, 2, 2)) {
    clock.minutes = second.number;
    if (NamesHours(WordAt(tokens, at + 3))) return at + 4;
    const size_t end = MatchHalf(tokens, at + 3, half);
    return end > at + 3 ? end : at;
  }
  if (NamesHours(sign.word())) return at + 2;
  const size_t end = MatchHalf(tokens, at + 1, half);
  return end > at + 1 ? end : at;
}

// The year after the month; 0 where there is none. Two digits count where `short_allowed`.
uint64_t YearAt(Tokens tokens, size_t at, bool short_allowed) {
  const DateToken year = At(tokens, at);
  if (HasDigits(year, 4, 4)) return year.number;
  if (!short_allowed || !HasDigits(year, 2, 2)) return 0;
  return year.number + (year.number < kYearOfShort ? 2000 : 1900);
}

// A day by its number: "1", "1st", "1er", "1º", "1.". Returns the token after it; `at` where there is none.
size_t MatchDayNumber(Tokens tokens, size_t at, uint64_t& day) {
  if (!HasDigits(At(tokens, at), 1, 2)) return at;
  day = tokens[at].number;
  size_t end = at + 1;
  const DateToken next = At(tokens, end);
  // Pages raise them: "1 <sup>st</sup>". Shorter ones are words of their own.
  const bool is_raised = next.letters == 2 && next.word() != "er";
  if (next.Is('o') || ((next.adjacent || is_raised) && IsOrdinalEnding(next.word()))) ++end;
  return At(tokens, end).Is('.') ? end + 1 : end;
}

size_t SkipJoints(Tokens tokens, size_t at) {
  constexpr size_t kMost = 3;  // ". de", ","
  for (size_t i = 0; i < kMost && at < tokens.size(); ++i, ++at) {
    const DateToken& token = tokens[at];
    if (!token.Is('.') && !token.Is(',') && !token.Is('-') && !token.Is('/') && !JoinsDate(token.word())) break;
  }
  return at;
}

// The time behind a date: "T10:15", ", 10:15 Uhr", "at 10:15 a.m.", "@08:00PM".
size_t TakeTimeBehind(Tokens tokens, size_t at, Moment& moment) {
  constexpr size_t kMost = 4;  // tokens between a date and its time
  for (size_t i = 0; i <= kMost && at + i < tokens.size(); ++i) {
    if (LabelOf(WordAt(tokens, at + i)) != DateLabel::kNone) return at;
    if (!tokens[at + i].IsNumber()) continue;
    const std::optional<ClockTime> time = MatchTime(tokens, at + i);
    if (!time) return at;
    SetTime(*time, moment);
    return time->end;
  }
  return at;
}

DateMatch WithTime(Tokens tokens, Moment day, size_t end) {
  DateMatch match{day, end};
  if (day.known()) match.end = TakeTimeBehind(tokens, end, match.moment);
  return match;
}

// Whether a number is a part of a longer row of numbers: "1.2.2026", "10.1.2026.5".
bool ContinuesBefore(Tokens tokens, size_t at) {
  if (at < 2 || !tokens[at].adjacent || !tokens[at - 1].adjacent) return false;
  const DateToken& sign = tokens[at - 1];
  return (sign.Is('.') || sign.Is('-') || sign.Is('/')) && tokens[at - 2].IsNumber();
}

bool ContinuesBehind(Tokens tokens, size_t end) {
  const DateToken sign = At(tokens, end), next = At(tokens, end + 1);
  if ((!sign.Is('.') && !sign.Is('-') && !sign.Is('/')) || !sign.adjacent) return false;
  return next.IsNumber() && next.adjacent && !At(tokens, end + 2).Is(':');
}

// 2026-W36-2 and 2026W362.
std::optional<DateMatch> MatchWeek(Tokens tokens, size_t at) {
  if (!HasDigits(tokens[at], 4, 4)) return std::nullopt;
  const size_t w = At(tokens, at + 1).Is('-') ? at + 2 : at + 1;
  const DateToken number = At(tokens, w + 1);
  if (WordAt(tokens, w) != "w" || !number.adjacent || !number.IsNumber()) return std::nullopt;
  uint64_t week = number.number, day = 0;
  size_t end = w + 2;
  if (number.digits == 3) {
    day = week % 10;
    week /= 10;
  } else if (number.digits == 2 && At(tokens, end).Is('-') && HasDigits(At(tokens, end + 1), 1, 1)) {
    day = tokens[end + 1].number;
    end += 2;
  }
  if (week < 1 || week > 53 || day < 1 || day > 7) return DateMatch{{}, end};
  // The first week of a year is that of 4 January.
  Moment moment = DayMoment(tokens[at].number, 1, 4);
  if (!moment.known()) return DateMatch{{}, end};
  const auto fourth = std::chrono::sys_days(std::chrono::days(moment.local_ms / kMsPerDay));
  const auto monday = static_cast<int64_t>(std::chrono::weekday(fourth).iso_encoding()) - 1;
  moment.local_ms += (static_cast<int64_t>(week - 1) * 7 + static_cast<int64_t>(day) - 1 - monday) * kMsPerDay;
  return WithTime(tokens, CheckedDay(moment.local_ms), end);
}

// 2026-09-01, 2026/9/1, 2026.09.01.
std::optional<DateMatch> MatchYearFirst(Tokens tokens, size_t at) {
  const DateToken sign = At(tokens, at + 1);
  if (!HasDigits(tokens[at], 4, 4) || sign.kind != DateToken::Kind::kSign || !sign.adjacent) return std::nullopt;
  if (!sign.Is('-') && !sign.Is('/') && !sign.Is('.')) return std::nullopt;
  const DateToken month = At(tokens, at + 2), day = At(tokens, at + 4);
  if (!HasDigits(month, 1, 2) || !At(tokens, at + 3).Is(sign.sign) || !HasDigits(day, 1, 2)) return std::nullopt;
  if (!month.adjacent || !day.adjacent || ContinuesBefore(tokens, at) || ContinuesBehind(tokens, at + 5))
    return std::nullopt;
  return WithTime(tokens, DayMoment(tokens[at].number, month.number, day.number), at + 5);
}

// The day of the week beside a date; nothing where there is none.
std::optional<unsigned> WeekdayBefore(Tokens tokens, size_t at) {
  constexpr size_t kReach = 2;  // "Tue, "
  for (size_t i = 1; i <= kReach && i <= at; ++i) {
    const DateToken& token = tokens[at - i];
    if (token.kind == DateToken::Kind::kWord) return WeekdayNamed(token.word());
    if (!token.Is(',') && !token.Is('.')) break;
  }
  return std::nullopt;
}

bool FallsOn(const Moment& day, unsigned weekday) {
  const auto date = std::chrono::sys_days(std::chrono::days(day.local_ms / kMsPerDay));
  return day.known() && std::chrono::weekday(date).c_encoding() == weekday;
}

// Two numbers and a year, of which one is the day and one the month.
Moment NumericDate(Tokens tokens, size_t at, DayOrder order) {
  const uint64_t first = tokens[at].number, second = tokens[at + 2].number, year = tokens[at + 4].number;
  const Moment day_first = DayMoment(year, second, first), month_first = DayMoment(year, first, second);
  if (first == second || !month_first.known()) return day_first;
  if (!day_first.known()) return month_first;
  if (const std::optional<unsigned> weekday = WeekdayBefore(tokens, at)) {
    if (FallsOn(day_first, *weekday) != FallsOn(month_first, *weekday))
      return FallsOn(day_first, *weekday) ? day_first : month_first;
  }
  if (order == DayOrder::kMonthFirst) return tokens[at + 1].Is('.') ? Moment{} : month_first;
  return order == DayOrder::kDayFirst || tokens[at + 1].Is('.') ? day_first : Moment{};
}

// 25/09/2026, 9/25/2026, 25.09.2026, 25-09-2026, "1. 9. 2026".
std::optional<DateMatch> MatchYearLast(Tokens tokens, size_t at, DayOrder order) {
  const DateToken sign = At(tokens, at + 1), second = At(tokens, at + 2), year = At(tokens, at + 4);
  if (!HasDigits(tokens[at], 1, 2) || !HasDigits(second, 1, 2) || !HasDigits(year, 4, 4)) return std::nullopt;
  if ((!sign.Is('.') && !sign.Is('/') && !sign.Is('-')) || !At(tokens, at + 3).Is(sign.sign)) return std::nullopt;
  if (!sign.Is('.') && (!second.adjacent || !year.adjacent)) return std::nullopt;
  if (ContinuesBefore(tokens, at) || ContinuesBehind(tokens, at + 5)) return std::nullopt;
  return WithTime(tokens, NumericDate(tokens, at, order), at + 5);
}

// "1 September 2026", "1. Sept. 2026", "1er septembre 2026", "1 de septiembre de 2026", "01-Sep-26 10:15:00 GMT".
std::optional<DateMatch> MatchDayMonth(Tokens tokens, size_t at) {
  uint64_t day = 0;
  const size_t behind_day = MatchDayNumber(tokens, at, day);
  if (behind_day == at) return std::nullopt;
  const size_t month_at = SkipJoints(tokens, behind_day);
  const unsigned month = MonthNamed(WordAt(tokens, month_at));
  if (month == 0) return std::nullopt;
  const size_t year_at = SkipJoints(tokens, month_at + 1);
  // A year of two digits stands before a time, as in mail.
  const bool is_short = HasDigits(At(tokens, year_at), 2, 2) && MatchTime(tokens, year_at + 1).has_value() &&
                        !At(tokens, year_at + 1).Is(':');
  const uint64_t year = YearAt(tokens, year_at, is_short);
  if (year == 0) return std::nullopt;
  return WithTime(tokens, DayMoment(year, month, day), year_at + 1);
}

// "September 1, 2026", "Sept. 1st 2026", "Sep 1 10:15:00 EDT 2026".
std::optional<DateMatch> MatchMonthDay(Tokens tokens, size_t at) {
  const unsigned month = MonthNamed(WordAt(tokens, at));
  if (month == 0) return std::nullopt;
  size_t day_at = at + 1;
  while (day_at < at + 3 && (At(tokens, day_at).Is('.') || At(tokens, day_at).Is('-'))) ++day_at;
  uint64_t day = 0;
  const size_t behind_day = MatchDayNumber(tokens, day_at, day);
  if (behind_day == day_at) return std::nullopt;
  if (At(tokens, behind_day).IsNumber() && At(tokens, behind_day + 1).Is(':')) {
    const std::optional<ClockTime> time = MatchTime(tokens, behind_day);
    const uint64_t year = time ? YearAt(tokens, time->end, false) : 0;
    if (year == 0) return std::nullopt;
    DateMatch match{DayMoment(year, month, day), time->end + 1};
    SetTime(*time, match.moment);
    return match;
  }
  const size_t year_at = SkipJoints(tokens, behind_day);
  const uint64_t year = YearAt(tokens, year_at, false);
  if (year == 0 || At(tokens, year_at + 1).Is(':')) return std::nullopt;
  return WithTime(tokens, DayMoment(year, month, day), year_at + 1);
}

Moment FromUnix(int64_t ms) { return {Precision::kInstant, ms, int16_t{0}}; }

Moment DayOfDigits(uint64_t digits) { return DayMoment(digits / 10'000, digits / 100 % 100, digits % 100); }

// A number alone: a year, a day, a second or millisecond of Unix.
std::optional<Moment> MatchNumber(const DateToken& token) {
  const uint64_t number = token.number;
  switch (token.digits) {
    case 4:
      if (Moment year = DayMoment(number, 1, 1); year.known() || number == 1970)
        return Moment{Precision::kYear, year.local_ms, std::nullopt};
      return Moment{};
    case 8:
      return DayOfDigits(number);
    case 10: {
      if (number < kFirstUnixSecond || number >= kEndOfUnixSeconds) return Moment{};
      // Seconds of 2030 to 2035 look like a day and its hour.
      const bool is_day = number % 100 < 24 && DayOfDigits(number / 100).known();
      return is_day ? Moment{} : FromUnix(static_cast<int64_t>(number) * kMsPerSecond);
    }
    case 12:
    case 14: {
      const uint64_t clock = token.digits == 12 ? number % 10'000 * 100 : number % 1'000'000;
      Moment moment = DayOfDigits(number / (token.digits == 12 ? 10'000 : 1'000'000));
      ClockTime time;
      time.possible = clock / 10'000 < 24 && clock / 100 % 100 < 60 && clock % 100 < 60;
      time.ms = static_cast<int64_t>((clock / 10'000 * 60 + clock / 100 % 100) * 60 + clock % 100) * kMsPerSecond;
      SetTime(time, moment);
      return moment;
    }
    case 13:
      if (number / 1000 < kFirstUnixSecond || number / 1000 >= kEndOfUnixSeconds) return Moment{};
      return FromUnix(static_cast<int64_t>(number));
    default:
      return Moment{};
  }
}

// The first day of a month as its period.
Moment MonthMoment(uint64_t year, uint64_t month) {
  Moment moment = DayMoment(year, month, 2);
  if (!moment.known()) return moment;
  return {Precision::kMonth, moment.local_ms - kMsPerDay, std::nullopt};
}

// 2026-244 and 2026244.
Moment OrdinalDate(uint64_t year, uint64_t number) {
  Moment first = DayMoment(year, 1, 2);
  if (!first.known() || number < 1 || number > 366) return {};
  first.local_ms += (static_cast<int64_t>(number) - 2) * kMsPerDay;
  const std::chrono::year_month_day date(std::chrono::sys_days(std::chrono::days(first.local_ms / kMsPerDay)));
  return static_cast<uint64_t>(int{date.year()}) == year ? CheckedDay(first.local_ms) : Moment{};
}

}  // namespace

std::optional<ClockTime> MatchTime(Tokens tokens, size_t at) {
  Clock clock;
  char half = 0;
  const size_t behind = MatchClock(tokens, at, clock, half);
  if (behind == at) return std::nullopt;
  ClockTime time;
  if (half == 'a' && clock.hours == 12) clock.hours = 0;
  if (half == 'p' && clock.hours < 12) clock.hours += 12;
  const bool ends_day = clock.hours == 24 && clock.minutes == 0 && clock.seconds == 0;
  time.possible = (clock.hours < 24 || ends_day) && clock.minutes < 60 && clock.seconds <= 60;
  // A leap second counts as the one before it.
  time.ms = static_cast<int64_t>((clock.hours * 60 + clock.minutes) * 60 + std::min<uint64_t>(clock.seconds, 59)) *
                kMsPerSecond +
            clock.ms;
  time.end = MatchZone(tokens, behind, time.offset_minutes);
  return time;
}

void SetTime(const ClockTime& time, Moment& moment) {
  if (!moment.known()) return;
  if (!time.possible) {
    moment = {};
    return;
  }
  int64_t ms = time.ms;
  if (ms >= kMsPerDay) {  // 24:00 is the beginning of the next day
    moment = CheckedDay(moment.local_ms + kMsPerDay);
    if (!moment.known()) return;
    ms -= kMsPerDay;
  }
  moment = {Precision::kInstant, moment.local_ms + ms, time.offset_minutes};
  // 1970-01-01T00:00:00Z by the clock of New York is a day before, and no date either.
  if (moment.offset_minutes && UtcMilliseconds(moment) == 0) moment = {};
}

std::optional<DateMatch> MatchDate(Tokens tokens, size_t at, DayOrder order) {
  if (at >= tokens.size()) return std::nullopt;
  if (!tokens[at].IsNumber()) return MatchMonthDay(tokens, at);
  // A number that hangs on a word is a part of it: "B2026".
  if (at > 0 && tokens[at].adjacent && tokens[at - 1].kind == DateToken::Kind::kWord) return std::nullopt;
  if (HasDigits(tokens[at], 8, 8) && WordAt(tokens, at + 1) == "t" && At(tokens, at + 2).IsNumber())
    return WithTime(tokens, DayOfDigits(tokens[at].number), at + 1);
  if (const auto match = MatchYearFirst(tokens, at)) return match;
  if (const auto match = MatchWeek(tokens, at)) return match;
  if (const auto match = MatchYearLast(tokens, at, order)) return match;
  return MatchDayMonth(tokens, at);
}

std::optional<Moment> MatchWhole(Tokens tokens) {
  if (tokens.size() == 1 && tokens[0].IsNumber()) return MatchNumber(tokens[0]);
  if (tokens.size() == 3 && tokens[0].IsNumber() && tokens[1].Is('.') && tokens[2].IsNumber() && tokens[0].digits == 10)
    return MatchNumber(tokens[0]);  // seconds of Unix with a fraction
  const DateToken first = At(tokens, 0), last = tokens.empty() ? DateToken{} : tokens.back();
  if (tokens.size() == 3 && HasDigits(first, 4, 4) && tokens[1].Is('-') && HasDigits(last, 2, 2))
    return MonthMoment(first.number, last.number);
  if (HasDigits(first, 4, 4) && At(tokens, 1).Is('-') && HasDigits(At(tokens, 2), 3, 3) &&
      (tokens.size() == 3 || WordAt(tokens, 3) == "t"))
    return WithTime(tokens, OrdinalDate(first.number, tokens[2].number), 3).moment;
  if (tokens.size() >= 2 && tokens.size() <= 4 && MonthNamed(first.word()) > 0 && HasDigits(last, 4, 4) &&
      SkipJoints(tokens, 1) == tokens.size() - 1)
    return MonthMoment(last.number, MonthNamed(first.word()));
  return std::nullopt;
}

}  // namespace unspin
