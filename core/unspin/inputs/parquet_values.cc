#include "unspin/inputs/parquet_values.h"

#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <string_view>

namespace unspin {
namespace {

__extension__ using Uint128 = unsigned __int128;

constexpr int64_t kFirstDay = -719'528;  // 0000-01-01,
constexpr int64_t kLastDay = 2'932'896;  // 9999-12-31: years of four digits
constexpr int64_t kSecondsOfDay = 86'400;

template <typename Number>
void AppendNumber(Number number, std::string& out) {
  char digits[64];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  out.append(digits, end);
}

// `number` with leading zeros.
void AppendDigits(uint64_t number, int digits, std::string& out) {
  const size_t begin = out.size();
  out.append(static_cast<size_t>(digits), '0');
  for (size_t at = begin + static_cast<size_t>(digits); at > begin; number /= 10) out[--at] += number % 10;
}

// A quotient that is rounded down, also of negative numbers.
int64_t FloorDivide(int64_t number, int64_t by) { return number / by - (number % by < 0); }

void AppendDayOfMonth(int64_t days, std::string& out) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
  AppendDigits(static_cast<uint64_t>(static_cast<int>(date.year())), 4, out);
  out += '-';
  AppendDigits(static_cast<unsigned>(date.month()), 2, out);
  out += '-';
  AppendDigits(static_cast<unsigned>(date.day()), 2, out);
}

// The fraction `units` of a second, without groups of three zeros behind it.
void AppendFraction(int64_t units, int64_t per_second, std::string& out) {
  if (units == 0) return;
  int digits = 0;
  for (int64_t power = 1; power < per_second; power *= 10) ++digits;
  for (; digits > 3 && units % 1000 == 0; digits -= 3) units /= 1000;
  out += '.';
  AppendDigits(static_cast<uint64_t>(units), digits, out);
}

template <typename Floating>
bool AppendFloating(Floating value, std::string& out) {
  if (!std::isfinite(value)) return false;
  const size_t begin = out.size();
  AppendNumber(value, out);
  if (std::string_view(out).substr(begin).find_first_of(".e") == std::string_view::npos) out += ".0";
  return true;
}

bool AppendScaled(Uint128 magnitude, bool is_negative, int scale, std::string& out) {
  constexpr int kMaxScale = 38;  // digits of a number of 16 bytes
  if (scale < 0 || scale > kMaxScale) return false;
  std::string digits;  // the lowest first
  for (int at = 0; magnitude > 0 || at <= scale; ++at) {
    if (at == scale && scale > 0) digits += '.';
    digits += static_cast<char>('0' + static_cast<int>(magnitude % 10));
    magnitude /= 10;
  }
  if (is_negative) out += '-';
  out.append(digits.rbegin(), digits.rend());
  return true;
}

}  // namespace

bool AppendDate(int64_t days, std::string& out) {
  if (days < kFirstDay || days > kLastDay) {
    AppendNumber(days, out);
    return false;
  }
  AppendDayOfMonth(days, out);
  return true;
}

bool AppendMoment(int64_t units, int64_t per_second, bool is_utc, std::string& out) {
  const int64_t seconds = FloorDivide(units, per_second);
  const int64_t days = FloorDivide(seconds, kSecondsOfDay);
  if (days < kFirstDay || days > kLastDay) {
    AppendNumber(units, out);
    return false;
  }
  AppendDayOfMonth(days, out);
  const auto second_of_day = static_cast<uint64_t>(seconds - days * kSecondsOfDay);
  out += 'T';
  AppendDigits(second_of_day / 3600, 2, out);
  out += ':';
  AppendDigits(second_of_day / 60 % 60, 2, out);
  out += ':';
  AppendDigits(second_of_day % 60, 2, out);
  const int64_t rest = units % per_second;
  AppendFraction(rest < 0 ? rest + per_second : rest, per_second, out);
  if (is_utc) out += 'Z';
  return true;
}

bool AppendJulianMoment(uint32_t julian_day, uint64_t nanoseconds, std::string& out) {
  constexpr int64_t kJulianDayOf1970 = 2'440'588;
  constexpr int64_t kPerSecond = 1'000'000'000;
  constexpr int64_t kMaxDays = 106'750;  // of which a count of nanoseconds in 64 bits has room
  const int64_t days = int64_t{julian_day} - kJulianDayOf1970;
  if (days < -kMaxDays || days > kMaxDays || nanoseconds >= uint64_t{kSecondsOfDay} * kPerSecond) {
    AppendNumber(julian_day, out);
    return false;
  }
  return AppendMoment(days * kSecondsOfDay * kPerSecond + static_cast<int64_t>(nanoseconds), kPerSecond, false, out);
}

bool AppendDecimal(std::span<const uint8_t> bytes, int scale, std::string& out) {
  if (bytes.empty() || bytes.size() > sizeof(Uint128)) return false;
  const bool is_negative = bytes[0] >= 0x80;
  Uint128 number = is_negative ? ~Uint128{0} : 0;
  for (const uint8_t byte : bytes) number = number << 8 | byte;
  return AppendScaled(is_negative ? 0 - number : number, is_negative, scale, out);
}

bool AppendDecimal(int64_t unscaled, int scale, std::string& out) {
  const auto number = static_cast<Uint128>(unscaled);  // with its sign
  return AppendScaled(unscaled < 0 ? 0 - number : number, unscaled < 0, scale, out);
}

bool AppendDouble(double value, std::string& out) { return AppendFloating(value, out); }
bool AppendFloat(float value, std::string& out) { return AppendFloating(value, out); }

void AppendHex(std::span<const uint8_t> bytes, std::string& out) {
  constexpr char kDigits[] = "0123456789abcdef";
  for (const uint8_t byte : bytes) {
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
}

void AppendUuid(std::span<const uint8_t, 16> bytes, std::string& out) {
  size_t at = 0;
  for (const size_t size : {4, 2, 2, 2, 6}) {
    if (at > 0) out += '-';
    AppendHex(bytes.subspan(at, size), out);
    at += size;
  }
}

}  // namespace unspin
