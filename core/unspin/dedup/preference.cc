#include "unspin/dedup/preference.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <numeric>
#include <string>

#include "unspin/date/parse_date.h"

namespace unspin {
namespace {

// Year to second in UTC as one number, YYYYMMDDhhmmss; what is not known is zero. Articles without a date come last.
uint64_t NumberOf(Moment moment) {
  if (!moment.known()) return std::numeric_limits<uint64_t>::max();
  if (moment.offset_minutes) moment = {moment.precision, UtcMilliseconds(moment), int16_t{0}};
  constexpr size_t kDigits = 14;
  std::string digits = ToIso8601(moment);
  std::erase_if(digits, [](char c) { return c < '0' || c > '9'; });
  digits.append(kDigits - digits.size(), '0');
  return std::accumulate(digits.begin(), digits.end(), uint64_t{0},
                         [](uint64_t number, char digit) { return number * 10 + static_cast<uint64_t>(digit - '0'); });
}

}  // namespace

uint64_t PreferenceOf(Prefer prefer, std::string_view published, uint64_t text_bytes) {
  switch (prefer) {
    case Prefer::kMaxLength:
      return std::numeric_limits<uint64_t>::max() - text_bytes;
    case Prefer::kEarliest:
      return NumberOf(ParseDate(published));
    case Prefer::kFirst:
      break;
  }
  return 0;
}

std::vector<uint32_t> RankByPreference(std::span<const uint64_t> preference, size_t own) {
  assert(own <= preference.size());
  std::vector<uint32_t> order(preference.size()), rank(preference.size());
  std::iota(order.begin(), order.end(), 0);
  const auto archived = std::rotate(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(own), order.end());
  const auto precedes = [&](uint32_t a, uint32_t b) { return preference[a] < preference[b]; };
  std::stable_sort(order.begin(), archived, precedes);
  std::stable_sort(archived, order.end(), precedes);
  for (uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
  return rank;
}

}  // namespace unspin
