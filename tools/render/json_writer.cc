#include "render/json_writer.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

namespace unspin {
namespace {

constexpr int kSignificantDigits = 6;
constexpr double kLargest = 1e300;
// Decimal exponents between which no exponent is written.
constexpr int kLeastPlain = -4, kMostPlain = 14;

bool NeedsEscapes(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c < ' ' || c > '~' || c == '"' || c == '\\'; });
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
  if (std::isnan(value)) value = 0;
  value = std::clamp(value, -kLargest, kLargest);
  char scientific[32];
  const auto end = std::to_chars(scientific, scientific + sizeof scientific, value, std::chars_format::scientific,
                                 kSignificantDigits - 1)
                       .ptr;
  // [-]d.ddddde[+-]dd
  const std::string_view text(scientific, end);
  const size_t mark = text.find('e');
  int exponent = 0;
  std::from_chars(text.data() + mark + (text[mark + 1] == '+' ? 2 : 1), end, exponent);
  std::string digits;
  for (const char c : text.substr(0, mark)) {
    if (c >= '0' && c <= '9') digits += c;
  }
  digits.resize(std::max<size_t>(digits.find_last_not_of('0') + 1, 1));
  std::string number;
  if (digits == "0") {
    Raw("0.0");
    return;
  }
  if (value < 0) number += '-';
  if (exponent >= 0 && exponent <= kMostPlain) {
    const size_t whole = static_cast<size_t>(exponent) + 1;
    if (digits.size() <= whole) {
      number.append(digits).append(whole - digits.size(), '0').append(".0");
    } else {
      number.append(digits, 0, whole).append(".").append(digits, whole);
    }
  } else if (exponent < 0 && exponent >= kLeastPlain) {
    number.append("0.").append(static_cast<size_t>(-exponent) - 1, '0').append(digits);
  } else {
    number += digits[0];
    if (digits.size() > 1) number.append(".").append(digits, 1);
    number += exponent < 0 ? "e-" : "e+";
    if (std::abs(exponent) < 10) number += '0';
    number += std::to_string(std::abs(exponent));
  }
  Raw(number);
}

}  // namespace unspin
