#include "unspin/date/parse_date.h"

#include <algorithm>
#include <optional>
#include <span>

#include "unspin/date/date_tokens.h"
#include "unspin/date/match_date.h"

namespace unspin {
namespace {

constexpr size_t kMaxField = 400;  // bytes of a field that may hold a date; a longer one is a text

// Behind a time and before its date: "10:15 Uhr, Dienstag, 1. September 2026".
constexpr size_t kBetweenTimeAndDate = 4;
// Words before a date that may say of what it is the date.
constexpr size_t kLabelReach = 6;

DateLabel LabelBefore(std::span<const DateToken> tokens, size_t begin, size_t date) {
  begin = std::max(begin, date - std::min(date, kLabelReach * 2));
  for (size_t at = date; at > begin; --at) {
    if (tokens[at - 1].Is('c')) return DateLabel::kOther;
    if (const DateLabel label = LabelOf(tokens[at - 1].word()); label != DateLabel::kNone) return label;
  }
  return DateLabel::kNone;
}

// A time in front of its date; where the date begins.
std::optional<ClockTime> TimeBefore(std::span<const DateToken> tokens, size_t at, size_t& date) {
  const std::optional<ClockTime> time = MatchTime(tokens, at);
  if (!time) return std::nullopt;
  for (date = time->end; date < tokens.size() && date <= time->end + kBetweenTimeAndDate; ++date) {
    if (tokens[date].IsNumber() || MonthNamed(tokens[date].word()) > 0) return time;
  }
  return std::nullopt;
}

std::vector<LabelledDate> DatesOf(std::span<const DateToken> tokens, DayOrder order) {
  std::vector<LabelledDate> dates;
  size_t last_end = 0;
  for (size_t at = 0; at < tokens.size();) {
    if (!tokens[at].IsNumber() && tokens[at].kind != DateToken::Kind::kWord) {
      ++at;
      continue;
    }
    size_t begin = at;
    const std::optional<ClockTime> time = TimeBefore(tokens, at, begin);
    if (!time) begin = at;
    std::optional<DateMatch> match = MatchDate(tokens, begin, order);
    if (!match && time) match = MatchDate(tokens, begin = at, order);
    if (!match) {
      at = time ? std::max(at + 1, time->end) : at + 1;
      continue;
    }
    if (begin != at && match->moment.precision == Precision::kDay) SetTime(*time, match->moment);
    if (match->moment.known()) dates.push_back({match->moment, LabelBefore(tokens, last_end, at)});
    last_end = at = match->end;
  }
  return dates;
}

// The one date of publication among those of a field.
Moment OneOf(const std::vector<LabelledDate>& dates) {
  Moment best;
  DateLabel label = DateLabel::kNone;
  for (const LabelledDate& date : dates) {
    if (date.label == DateLabel::kUpdated || date.label == DateLabel::kOther) continue;
    if (!best.known()) {
      best = date.moment;
      label = date.label;
    } else if (date.label == label) {
      if (DayOf(date.moment) != DayOf(best)) return {};
      if (date.moment.precision > best.precision) best = date.moment;
    } else if (date.label == DateLabel::kPublished) {
      best = date.moment;
      label = date.label;
    }
  }
  return best;
}

}  // namespace

Moment ParseDate(std::string_view text, DayOrder order) {
  if (text.size() > kMaxField) return {};
  const std::vector<DateToken> tokens = DateTokensOf(text);
  if (const std::optional<Moment> whole = MatchWhole(tokens)) return *whole;
  return OneOf(DatesOf(tokens, order));
}

std::vector<LabelledDate> FindDates(std::string_view text, DayOrder order) {
  return DatesOf(DateTokensOf(text), order);
}

DateLabel LabelAtEnd(std::string_view text) {
  const std::vector<DateToken> tokens = DateTokensOf(text.substr(text.size() - std::min(text.size(), kMaxField)));
  return LabelBefore(tokens, 0, tokens.size());
}

bool IsDateAlone(std::string_view text) {
  if (text.size() > kMaxField) return false;
  const std::vector<DateToken> tokens = DateTokensOf(text);
  bool has_date = false;
  for (size_t at = 0; at < tokens.size();) {
    const std::optional<DateMatch> match = MatchDate(tokens, at, DayOrder::kDayFirst);
    if (match) {
      has_date = true;
      at = match->end;
      continue;
    }
    const std::string_view word = tokens[at].word();
    const bool beside = tokens[at].kind == DateToken::Kind::kSign || WeekdayNamed(word) || JoinsDate(word) ||
                        LabelOf(word) != DateLabel::kNone || word == "on" || word == "date";
    if (!beside) return false;
    ++at;
  }
  return has_date;
}

}  // namespace unspin
