// Which article of a neighbourhood represents it: a number to compare, and the ranks that follow from it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "unspin/dedup/options.h"

namespace unspin {

// The article with the smallest number is preferred. `published` is a date in any form that ParseDate reads: dates
// are compared as instants of UTC, a day as its beginning, and what has no date comes last.
uint64_t PreferenceOf(Prefer prefer, std::string_view published, uint64_t text_bytes);

// The rank of each article, 0 for the preferred one. Articles numbered from `own` on are an archive's, which rank
// before all others. Among equal numbers the earlier article ranks first. REQUIRES: own <= preference.size().
std::vector<uint32_t> RankByPreference(std::span<const uint64_t> preference, size_t own);

}  // namespace unspin
