// Numbers as Parquet stores them → the texts that they stand for: dates, moments, decimals, UUIDs.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace unspin {

// Each appends to `out`. Where a number is out of the range of what it is to stand for, it is written as a number, and
// false is returned.

// "2024-03-09". Days since 1970-01-01.
bool AppendDate(int64_t days, std::string& out);
// "2024-03-09T18:30:00Z"; without the Z if `is_utc` is false; with as many digits of a fraction as it needs, in threes.
// `units` since 1970, of which a second has `per_second`.
bool AppendMoment(int64_t units, int64_t per_second, bool is_utc, std::string& out);
// A day of INT96, which counts Julian days, and nanoseconds of it.
bool AppendJulianMoment(uint32_t julian_day, uint64_t nanoseconds, std::string& out);

// "-12.50": a number in two's complement, the highest byte first, of which `scale` digits are behind the point.
// Bytes of no number, or more than 16 of them, append nothing and return false.
bool AppendDecimal(std::span<const uint8_t> bytes, int scale, std::string& out);
bool AppendDecimal(int64_t unscaled, int scale, std::string& out);

// As Python writes it: "3.0", "1e+300". Returns false, and appends nothing, if it is not finite.
bool AppendDouble(double value, std::string& out);
bool AppendFloat(float value, std::string& out);

// "0123456789abcdef": the bytes as digits. A UUID has dashes.
void AppendHex(std::span<const uint8_t> bytes, std::string& out);
void AppendUuid(std::span<const uint8_t, 16> bytes, std::string& out);

}  // namespace unspin
