// The value of a number however it is written, in figures or in words.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace unspin {

struct NumberReading {
  uint32_t tokens = 0;   // how many words it takes, a following word for the percent sign included
  double value = 0;      // of a decade its first year (1990), or only its tens where no century is named (90)
  bool decade = false;   // "1990s", "nineties", "1800s"
  bool ordinal = false;  // "third", "3rd"
  bool percent = false;  // followed by "percent" or another word for it, or ending in "%"
};

// The longest number phrase that `words` (normalized, lower case) begin with, or nothing.
// Total: any words, of which a few dozen at most are read.
using NumberReader = std::optional<NumberReading> (*)(std::span<const std::string_view> words);

// Equal for readings of the same value, decade-ness and ordinality. `percent` does not count, because the sign of "5%"
// is punctuation, which the tokenizer leaves out. Archives on disk hold these hashes.
uint64_t NumberHash(const NumberReading& reading);

}  // namespace unspin
