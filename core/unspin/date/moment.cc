#include "unspin/date/moment.h"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <cstdlib>
#include <utility>

namespace unspin {
namespace {

constexpr int64_t kMsPerMinute = 60'000;
constexpr int64_t kMsPerHour = 60 * kMsPerMinute;
constexpr int64_t kMsPerDay = 24 * kMsPerHour;
// English news appears from Los Angeles (UTC−8) to Auckland (UTC+13 in summer): a day begins up to 13 hours before that
// of UTC and ends up to 8 hours after it.
constexpr int64_t kEarliestDay = 13 * kMsPerHour;
constexpr int64_t kLatestDay = 8 * kMsPerHour;
// Anywhere on earth: from UTC+14 to UTC−12.
constexpr int64_t kEarliestZone = 14 * kMsPerHour;
constexpr int64_t kLatestZone = 12 * kMsPerHour;

std::chrono::sys_days CalendarDay(const Moment& moment) {
  return std::chrono::floor<std::chrono::days>(
      std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(moment.local_ms)));
}

// A period [begin, end) by the clock of its place.
struct Period {
  int64_t begin = 0, end = 0;
};

Period PeriodOf(const Moment& moment) {
  using std::chrono::months;
  const std::chrono::sys_days day = CalendarDay(moment);
  const std::chrono::year_month_day first(day);
  const auto at = [](std::chrono::sys_days end) { return int64_t{end.time_since_epoch().count()} * kMsPerDay; };
  if (moment.precision == Precision::kYear) return {at(day), at(std::chrono::sys_days(first + months(12)))};
  if (moment.precision == Precision::kMonth) return {at(day), at(std::chrono::sys_days(first + months(1)))};
  return {at(day), at(day) + kMsPerDay};
}

Order ByGap(int64_t begin_a, int64_t end_a, int64_t begin_b, int64_t end_b) {
  if (end_a <= begin_b) return Order::kBefore;
  return end_b <= begin_a ? Order::kAfter : Order::kUnknown;
}

Order OrderOfInstants(const Moment& a, const Moment& b) {
  if (a.offset_minutes && b.offset_minutes) {
    const int64_t first = UtcMilliseconds(a), second = UtcMilliseconds(b);
    return first < second ? Order::kBefore : first > second ? Order::kAfter : Order::kUnknown;
  }
  const auto clock = [](const Moment& m) { return m.offset_minutes ? UtcMilliseconds(m) : m.local_ms; };
  const int64_t apart = clock(b) - clock(a);
  if (std::abs(apart) < kMsPerDay) return Order::kUnknown;
  return apart > 0 ? Order::kBefore : Order::kAfter;
}

}  // namespace

std::optional<int64_t> DayOf(const Moment& moment) {
  if (moment.precision < Precision::kDay) return std::nullopt;
  return CalendarDay(moment).time_since_epoch().count();
}

int64_t UtcMilliseconds(const Moment& moment) {
  assert(moment.offset_minutes);
  return moment.local_ms - *moment.offset_minutes * kMsPerMinute;
}

Order OrderOf(const Moment& a, const Moment& b) {
  if (!a.known() || !b.known()) return Order::kUnknown;
  if (a.precision == Precision::kInstant && b.precision == Precision::kInstant) return OrderOfInstants(a, b);
  Period first = PeriodOf(a), second = PeriodOf(b);
  const auto widen = [](const Moment& instant, Period& of_instant, Period& other) {
    if (!instant.offset_minutes) return;
    of_instant = {UtcMilliseconds(instant), UtcMilliseconds(instant)};
    other = {other.begin - kEarliestDay, other.end + kLatestDay};
  };
  // The clock of an instant shows the day, month or year that the other one names: both may be one statement.
  const auto is_within = [](const Moment& instant, const Period& other) {
    return instant.precision == Precision::kInstant && other.begin <= instant.local_ms && instant.local_ms < other.end;
  };
  if (is_within(a, second) || is_within(b, first)) return Order::kUnknown;
  widen(a, first, second);
  widen(b, second, first);
  return ByGap(first.begin, first.end, second.begin, second.end);
}

Order OrderToEndOfDelay(const Moment& later, const Moment& start, int64_t delay_ms) {
  if (!later.known() || !start.known()) return Order::kUnknown;
  const auto period = [](const Moment& moment) {
    if (moment.precision != Precision::kInstant) return PeriodOf(moment);
    const int64_t clock = moment.offset_minutes ? UtcMilliseconds(moment) : moment.local_ms;
    return Period{clock, clock};
  };
  Period end = period(start), at = period(later);
  end = {end.begin + delay_ms, end.end + delay_ms};
  const bool two_instants = start.precision == Precision::kInstant && later.precision == Precision::kInstant;
  if (start.offset_minutes.has_value() != later.offset_minutes.has_value()) {
    Period& without_zone = start.offset_minutes ? at : end;
    without_zone = {without_zone.begin - kEarliestZone, without_zone.end + kLatestZone};
  } else if (two_instants && !start.offset_minutes) {
    at = {at.begin - kMsPerDay, at.end + kMsPerDay};
  }
  if (end.end <= at.begin) return Order::kAfter;
  return at.end <= end.begin ? Order::kBefore : Order::kUnknown;
}

std::string ToIso8601(const Moment& moment) {
  if (!moment.known()) return {};
  const std::chrono::sys_days day = CalendarDay(moment);
  const std::chrono::year_month_day date(day);
  std::string out;
  const auto append = [&](int64_t number, size_t digits) {
    const std::string text = std::to_string(number);
    out.append(digits - std::min(digits, text.size()), '0').append(text);
  };
  append(int{date.year()}, 4);
  if (moment.precision == Precision::kYear) return out;
  append(unsigned{date.month()}, (out += '-', 2));
  if (moment.precision == Precision::kMonth) return out;
  append(unsigned{date.day()}, (out += '-', 2));
  if (moment.precision == Precision::kDay) return out;
  const int64_t seconds = (moment.local_ms - day.time_since_epoch().count() * kMsPerDay) / 1000;
  append(seconds / 3600, (out += 'T', 2));
  append(seconds / 60 % 60, (out += ':', 2));
  append(seconds % 60, (out += ':', 2));
  if (!moment.offset_minutes) return out;
  const int offset = *moment.offset_minutes;
  if (offset == 0) return out += 'Z';
  append(std::abs(offset) / 60, (out += offset < 0 ? '-' : '+', 2));
  append(std::abs(offset) % 60, (out += ':', 2));
  return out;
}

}  // namespace unspin
