// How likely the characters of a text are in the languages that a character set was made for.
//
// A wrong set shows itself by letters that no language has ("Mƒnchen"), by capitals inside words ("fŸr"), by letters of
// two scripts in one word, and by ideographs that nobody uses. So each character beyond ASCII costs bits, about as many
// as its language would need to say it, and the cheapest reading is the right one.
#pragma once

#include <string_view>

namespace unspin {

// The mean cost, in bits per byte beyond ASCII of the original text, of a sample that was read by the set `charset` (a
// name of charset_table.h). The best of the languages that are written in the set counts. `text` is UTF-8, and
// `bytes_beyond` how many bytes of the original were beyond ASCII. A set that no language is listed for costs
// kImplausibleBits. REQUIRES: bytes_beyond > 0.
double CostOfReading(std::string_view charset, std::string_view text, size_t bytes_beyond);

inline constexpr double kImplausibleBits = 20;

}  // namespace unspin
