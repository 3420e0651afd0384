#include "render/json_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "render/visible.h"

namespace unspin {
namespace {

constexpr int kSignificantDigits = 6;
constexpr double kMaxMagnitude = 1e300;
constexpr char32_t kReplacementCharacter = 0xfffd;
// Decimal exponents between which no exponent is written.
constexpr int kMinPlain = -4, kMaxPlain = 14;

// ASCII that stands for itself between quotes.
bool IsPlain(char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; }

// A control character, a quote or a backslash as JSON wants it.
std::string Escape(char c) {
  switch (c) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\b':
      return "\\b";
    case '\f':
      return "\\f";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
      return escape;
  }
}

// Characters beyond ASCII that many readers of lines take for the end of one (Python's splitlines), with JSON's escape.
std::string_view EscapeOfLineEnd(char32_t code) {
  switch (code) {
    case 0x85:
      return "\\u0085";
    case 0x2028:
      return "\\u2028";
    case 0x2029:
      return "\\u2029";
    default:
      return {};
  }
}

// The first digits of a positive number, d.ddddd × 10^exponent, without zeros at their end.
struct Decimal {
  std::array<char, kSignificantDigits> digits;
  int size = kSignificantDigits;
  int exponent = 0;
};

Decimal ReadDecimal(double value) {
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
  while (decimal.size > 1 && decimal.digits[static_cast<size_t>(decimal.size) - 1] == '0') --decimal.size;
  return decimal;
}

}  // namespace

void JsonWriter::Text(std::string_view text) {
  Separate();
  out_ += '"';
  while (!text.empty()) {
    const auto plain_end = std::find_if_not(text.begin(), text.end(), IsPlain);
    const auto plain_size = static_cast<size_t>(plain_end - text.begin());
    out_ += text.substr(0, plain_size);
    text.remove_prefix(plain_size);
    if (text.empty()) break;
    const Character character = CharacterAt(text, 0);
    if (character.code < ' ' || character.code == '"' || character.code == '\\') {
      out_ += Escape(text.front());
    } else if (const std::string_view escape = EscapeOfLineEnd(character.code); !escape.empty()) {
      out_ += escape;
    } else if (character.code == kReplacementCharacter) {
      out_ += "\xef\xbf\xbd";
    } else {
      out_ += character.bytes;
    }
    text.remove_prefix(character.bytes.size());
  }
  out_ += '"';
}

void JsonWriter::Copied(std::string_view json) {
  std::string line;
  for (size_t at = 0; at < json.size();) {
    const Character character = CharacterAt(json, at);
    const std::string_view escape = EscapeOfLineEnd(character.code);
    line += escape.empty() ? character.bytes : escape;
    at += character.bytes.size();
  }
  Raw(line);
}

void JsonWriter::Real(double value) {
  if (std::isnan(value) || value == 0) return Raw("0.0");
  value = std::clamp(value, -kMaxMagnitude, kMaxMagnitude);
  const Decimal decimal = ReadDecimal(std::abs(value));
  std::array<char, 32> number;
  char* end = number.data();
  const auto append = [&end](const char* from, int count) { end = std::copy_n(from, count, end); };
  const auto append_zeros = [&end](int count) { end = std::fill_n(end, count, '0'); };
  const char* const digits = decimal.digits.data();
  const int size = decimal.size, exponent = decimal.exponent;
  if (value < 0) *end++ = '-';
  if (exponent >= 0 && exponent <= kMaxPlain) {
    const int whole = std::min(size, exponent + 1);
    append(digits, whole);
    append_zeros(exponent + 1 - whole);
    *end++ = '.';
    append(digits + whole, size - whole);
    if (size == whole) *end++ = '0';
  } else if (exponent < 0 && exponent >= kMinPlain) {
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

double JsonWriter::Rounded(double value) {
  JsonWriter json;
  json.Real(value);
  double rounded = 0;
  std::from_chars(json.out_.data(), json.out_.data() + json.out_.size(), rounded);
  return rounded;
}

}  // namespace unspin
