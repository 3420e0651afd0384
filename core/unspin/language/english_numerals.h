// English numerals: "two", "1990s" or "nineteen nineties", "1.5m" or "1.5 million".
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "unspin/language/numerals.h"

namespace unspin {

// The word for the sign first.
inline constexpr std::array<std::string_view, 3> kEnglishPercent = {"percent", "pct", "%"};

// A NumberReader. Years may be read aloud: "nineteen ninety five" is 1995.
std::optional<NumberReading> ReadEnglishNumber(std::span<const std::string_view> words);

}  // namespace unspin
