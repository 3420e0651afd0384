#include "unspin/dedup/preference.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace unspin {
namespace {

constexpr uint32_t kDateDigits = 14;  // year to second: YYYYMMDDhhmmss
constexpr uint32_t kYearDigits = 4;

uint64_t DigitsOf(std::string_view date) {
  uint64_t number = 0;
  uint32_t digits = 0;
  for (const char c : date) {
    if (c < '0' || c > '9' || digits == kDateDigits) continue;
    number = number * 10 + static_cast<uint64_t>(c - '0');
    ++digits;
  }
  if (digits < kYearDigits) return std::numeric_limits<uint64_t>::max();  // articles without a date come last
  for (; digits < kDateDigits; ++digits) number *= 10;
  return number;
}

}  // namespace

uint64_t PreferenceOf(Prefer prefer, std::string_view published, uint64_t text_bytes) {
  switch (prefer) {
    case Prefer::kMaxLength:
      return std::numeric_limits<uint64_t>::max() - text_bytes;
    case Prefer::kEarliest:
      return DigitsOf(published);
    case Prefer::kFirst:
      break;
  }
  return 0;
}

std::vector<uint32_t> RankByPreference(std::span<const uint64_t> preference) {
  std::vector<uint32_t> order(preference.size()), rank(preference.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return preference[a] < preference[b]; });
  for (uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
  return rank;
}

}  // namespace unspin
