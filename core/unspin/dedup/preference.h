// Which article of a neighbourhood represents it: the numbers that are compared, and the order that they make.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "unspin/dedup/options.h"

namespace unspin {

// The least is preferred. `published` is compared as a number made of its digits: ISO 8601 or nothing.
uint64_t PreferenceOf(Prefer prefer, std::string_view published, uint64_t text_bytes);

// The rank of each article, 0 first; of equal ones the earlier in the input comes first.
std::vector<uint32_t> RankByPreference(std::span<const uint64_t> preference);

}  // namespace unspin
