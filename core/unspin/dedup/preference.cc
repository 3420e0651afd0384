#include "unspin/dedup/preference.h"

#include <algorithm>
#include <limits>
#include <numeric>

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
