#include "unspin/language/numerals.h"

#include <array>
#include <charconv>
#include <string>

#include "unspin/base/hash.h"

namespace unspin {

uint64_t NumberHash(const NumberReading& reading) {
  // Separates the hashes of numbers from those of words.
  constexpr uint64_t kNumberSeed = 0x6e756d626572;
  // Twelve digits make 1.1 × 1,000,000 and 1,100,000 one number although their last bits differ.
  constexpr int kDigits = 12;
  std::array<char, 32> digits;
  const auto written =
      std::to_chars(digits.data(), digits.data() + digits.size(), reading.value, std::chars_format::general, kDigits);
  std::string spelled(digits.data(), written.ptr);
  if (reading.decade) spelled += 's';
  if (reading.ordinal) spelled += '.';
  return Hash64(spelled, kNumberSeed);
}

}  // namespace unspin
