#include "render/json_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "unspin/base/word_hash.h"

namespace unspin {
namespace {

constexpr int kSignificantDigits = 6;
constexpr double kLargest = 1e300;
// Decimal exponents between which no exponent is written.
constexpr int kLeastPlain = -4, kMostPlain = 14;

// Eight characters at once: a byte's highest bit says that it is none of printable ASCII, or a quote or a backslash.
constexpr uint64_t kEachByte = 0x0101010101010101u, kHighBits = 0x80 * kEachByte;
uint64_t MarkEscapes(uint64_t bytes) {
  // Bytes below a limit; wrong only above a byte that is below it.
  const auto below = [](uint64_t of, uint64_t limit) { return (of - limit * kEachByte) & ~of; };
  return (bytes | (bytes + kEachByte) | below(bytes, ' ') | below(bytes ^ '"' * kEachByte, 1) |
          below(bytes ^ '\\' * kEachByte, 1)) &
         kHighBits;
}

bool NeedsEscapes(std::string_view text) {
  uint64_t marks = 0;
  for (; text.size() > 8; text.remove_prefix(8)) marks |= MarkEscapes(LoadUpTo8(text.data(), 8));
  constexpr uint64_t kBlanks = ' ' * kEachByte;
  const uint64_t last = LoadUpTo8(text.data(), text.size());
  marks |= MarkEscapes(text.size() == 8 ? last : last | kBlanks << text.size() * 8);
  return marks != 0;
}

// The first digits of a positive number, d.ddddd × 10^exponent, without zeros at their end.
struct Decimal {
  std::array<char, kSignificantDigits> digits;
  int size = kSignificantDigits;
  int exponent = 0;

  void DropZeros() {
    while (size > 1 && digits[static_cast<size_t>(size) - 1] == '0') --size;
  }
};

// Nearly all numbers of a report: one product, rounded in its fifteenth digit or later, is enough where the digits
// behind the sixth are not close to one half.
bool ReadQuickly(double value, Decimal& decimal) {
  static constexpr std::array<double, 10> kPowers = {1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10};
  constexpr double kMost = 999999, kDoubt = 1e-6;
  if (value >= kPowers[4] || value < 1e-5) return false;
  size_t power = 0;
  while (value * kPowers[power] < kPowers[4]) ++power;
  const double scaled = value * kPowers[power];
  auto number = static_cast<uint32_t>(scaled);
  const double rest = scaled - number;
  if (std::abs(rest - 0.5) < kDoubt || scaled >= kMost) return false;
  number += rest > 0.5;
  for (auto digit = decimal.digits.rbegin(); digit != decimal.digits.rend(); ++digit, number /= 10)
    *digit = static_cast<char>('0' + number % 10);
  decimal.exponent = kSignificantDigits - 2 - static_cast<int>(power);
  decimal.DropZeros();
  return true;
}

Decimal ReadAny(double value) {
  char scientific[32];
  const auto end = std::to_chars(scientific, scientific + sizeof scientific, value, std::chars_format::scientific,
                                 kSignificantDigits - 1)
                       .ptr;
  // d.ddddde[+-]dd
  Decimal decimal;
  decimal.digits[0] = scientific[0];
  std::copy_n(scientific + 2, kSignificantDigits - 1, decimal.digits.begin() + 1);
  const char* const mark = scientific + kSignificantDigits + 1;
  std::from_chars(mark + (mark[1] == '+' ? 2 : 1), end, decimal.exponent);
  decimal.DropZeros();
  return decimal;
}

}  // namespace

void JsonWriter::Text(std::string_view text) {
  if (NeedsEscapes(text)) {
    Raw(nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    return;
  }
  Separate();
  out_ += '"';
  out_ += text;
  out_ += '"';
}

void JsonWriter::Real(double value) {
  if (std::isnan(value) || value == 0) return Raw("0.0");
  value = std::clamp(value, -kLargest, kLargest);
  Decimal decimal;
  if (!ReadQuickly(std::abs(value), decimal)) decimal = ReadAny(std::abs(value));
  std::array<char, 32> number;
  char* end = number.data();
  const auto append = [&end](const char* from, int count) { end = std::copy_n(from, count, end); };
  const auto append_zeros = [&end](int count) { end = std::fill_n(end, count, '0'); };
  const char* const digits = decimal.digits.data();
  const int size = decimal.size, exponent = decimal.exponent;
  if (value < 0) *end++ = '-';
  if (exponent >= 0 && exponent <= kMostPlain) {
    const int whole = std::min(size, exponent + 1);
    append(digits, whole);
    append_zeros(exponent + 1 - whole);
    *end++ = '.';
    append(digits + whole, size - whole);
    if (size == whole) *end++ = '0';
  } else if (exponent < 0 && exponent >= kLeastPlain) {
    append("0.", 2);
    append_zeros(-exponent - 1);
    append(digits, size);
  } else {
    *end++ = *digits;
    if (size > 1) *end++ = '.';
    append(digits + 1, size - 1);
    append(exponent < 0 ? "e-" : "e+", 2);
    if (std::abs(exponent) < 10) *end++ = '0';
    end = std::to_chars(end, number.data() + number.size(), std::abs(exponent)).ptr;
  }
  Raw({number.data(), end});
}

}  // namespace unspin
