#include "unspin/dedup/preference.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace unspin {
namespace {

uint64_t DigitsOf(std::string_view date) {
  uint64_t number = 0;
  uint32_t digits = 0;
  for (const char c : date) {
    if (c < '0' || c > '9' || digits == 14) continue;
    number = number * 10 + static_cast<uint64_t>(c - '0');
    ++digits;
  }
  if (digits < 4) return std::numeric_limits<uint64_t>::max();  // no date comes last
  for (; digits < 14; ++digits) number *= 10;
  return number;
}

}  // namespace

uint64_t PreferenceOf(Prefer prefer, std::string_view published, uint64_t text_bytes) {
  switch (prefer) {
    case Prefer::kLongest:
      return std::numeric_limits<uint64_t>::max() - text_bytes;
    case Prefer::kEarliest:
      return DigitsOf(published);
    case Prefer::kFirst:
      break;
  }
  return 0;
}

std::vector<uint32_t> RankByPreference(std::span<const uint64_t> preference) {
  std::vector<std::pair<uint64_t, uint32_t>> order(preference.size());  // preference, article
  for (uint32_t i = 0; i < order.size(); ++i) order[i] = {preference[i], i};
  std::sort(order.begin(), order.end());
  std::vector<uint32_t> rank(preference.size());
  for (uint32_t i = 0; i < order.size(); ++i) rank[order[i].second] = i;
  return rank;
}

}  // namespace unspin
