#include "unspin/page/page_dates.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "unspin/article/ascii.h"
#include "unspin/date/parse_date.h"
#include "unspin/page/page_words.h"

namespace unspin {
namespace {

constexpr bool IsStrong(DateSource source) { return source <= DateSource::kMeta; }

constexpr bool IsNear(DateSource source) {
  return source == DateSource::kLabelled || source == DateSource::kPlain || source == DateSource::kInside;
}

// Of a weak clue: two of them outweigh one that says "published".
int WeightOf(DateSource source) {
  switch (source) {
    case DateSource::kLabelled:
      return 5;
    case DateSource::kUrl:
      return 4;
    case DateSource::kPlain:
      return 3;
    case DateSource::kInside:
    case DateSource::kScript:
      return 2;
    default:
      return 0;
  }
}

constexpr int kMinWeight = 2;

// Whether `other` says the same more precisely, or with the zone of the page.
bool IsBetter(const Moment& other, const Moment& moment) {
  if (other.precision != Precision::kInstant) return false;
  if (moment.precision == Precision::kDay) return DayOf(other) == DayOf(moment);
  if (!other.offset_minutes || *other.offset_minutes == 0) return false;
  if (!moment.offset_minutes) return other.local_ms == moment.local_ms;
  constexpr int64_t kMinute = 60'000;  // some writers drop the seconds
  return *moment.offset_minutes == 0 && UtcMilliseconds(other) / kMinute == UtcMilliseconds(moment) / kMinute;
}

Moment Refined(Moment moment, std::span<const DateClue> clues) {
  for (const DateClue& clue : clues) {
    if (IsBetter(clue.moment, moment)) moment = clue.moment;
  }
  return moment;
}

// Systems write anew what they call the date of publication when a page is published once more, or moved; the date that
// they show to readers stays. An earlier one near the headline is that of the first publication.
Moment EarlierForReaders(const Moment& moment, std::span<const DateClue> clues) {
  constexpr size_t kMaxDays = 2;  // a list of dates is no byline
  Moment shown;
  std::set<int64_t> days;
  for (const DateClue& clue : clues) {
    if (IsNear(clue.source)) days.insert(*DayOf(clue.moment));
    if (days.size() > kMaxDays) return moment;
    if (clue.source != DateSource::kLabelled && clue.source != DateSource::kPlain) continue;
    if (shown.known() && DayOf(shown) != DayOf(clue.moment)) return moment;
    shown = clue.moment;
  }
  if (!shown.known()) return moment;
  // Behind midnight in UTC it is the day before in America.
  return OrderOf(shown, moment) == Order::kBefore && *DayOf(shown) < *DayOf(moment) ? shown : moment;
}

}  // namespace

Moment PublishedBy(std::span<const DateClue> clues) {
  const DateClue* strongest = nullptr;
  for (const DateClue& clue : clues) {
    if (IsStrong(clue.source) && (strongest == nullptr || clue.source < strongest->source)) strongest = &clue;
  }
  if (strongest != nullptr) return Refined(EarlierForReaders(strongest->moment, clues), clues);
  // Each source has one vote for a day: a date that a page repeats is one statement.
  std::map<int64_t, std::map<DateSource, int>> votes;
  for (const DateClue& clue : clues) {
    if (const std::optional<int64_t> day = DayOf(clue.moment)) votes[*day][clue.source] = WeightOf(clue.source);
  }
  int best = 0, second = 0;
  int64_t best_day = 0;
  for (const auto& [day, sources] : votes) {
    int weight = 0;
    for (const auto& [source, vote] : sources) weight += vote;
    if (weight > best) {
      second = best;
      best = weight;
      best_day = day;
    } else {
      second = std::max(second, weight);
    }
  }
  if (best < kMinWeight || best == second) return {};
  Moment moment;
  for (const DateClue& clue : clues) {
    if (DayOf(clue.moment) == best_day && !moment.known()) moment = clue.moment;
  }
  return Refined(moment, clues);
}

Moment DayInUrl(std::string_view url) {
  constexpr size_t kYear = 4;
  url = BareUrl(url);
  for (size_t at = url.find('/'); at != std::string_view::npos; at = url.find('/', at + 1)) {
    std::string_view date = url.substr(at + 1);
    if (date.size() < kYear + 1 || (date[kYear] != '/' && date[kYear] != '-')) continue;
    const char sign = date[kYear];
    size_t end = kYear + 1;
    int signs = 1;
    for (; end < date.size(); ++end) {
      if (IsAsciiDigit(date[end])) continue;
      if (date[end] != sign || signs == 2) break;
      ++signs;
    }
    if (!std::all_of(date.begin(), date.begin() + kYear, IsAsciiDigit)) continue;
    if (const Moment moment = ParseDate(date.substr(0, end)); moment.precision == Precision::kDay) return moment;
  }
  return {};
}

}  // namespace unspin
