// Numbers become the dates, moments and decimals that they stand for, and those out of range stay numbers.
#include "unspin/inputs/parquet_values.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace unspin {
namespace {

constexpr int64_t kMin = std::numeric_limits<int64_t>::min();
constexpr int64_t kMax = std::numeric_limits<int64_t>::max();

std::string Date(int64_t days) {
  std::string out;
  AppendDate(days, out);
  return out;
}

std::string Moment(int64_t units, int64_t per_second, bool is_utc = true) {
  std::string out;
  AppendMoment(units, per_second, is_utc, out);
  return out;
}

TEST(ParquetValuesTest, DaysAreCountedFrom1970) {
  EXPECT_EQ(Date(0), "1970-01-01");
  EXPECT_EQ(Date(-1), "1969-12-31");
  EXPECT_EQ(Date(19'782), "2024-02-29");
  EXPECT_EQ(Date(-719'528), "0000-01-01");
  EXPECT_EQ(Date(2'932'896), "9999-12-31");
}

TEST(ParquetValuesTest, MomentsHaveTheDigitsThatTheyNeed) {
  EXPECT_EQ(Moment(1, 1), "1970-01-01T00:00:01Z");
  EXPECT_EQ(Moment(1'700'000'000'000, 1'000, false), "2023-11-14T22:13:20");
  EXPECT_EQ(Moment(1'700'000'000'250, 1'000), "2023-11-14T22:13:20.250Z");
  EXPECT_EQ(Moment(1'700'000'000'000'007, 1'000'000), "2023-11-14T22:13:20.000007Z");
  EXPECT_EQ(Moment(1'700'000'000'500'000'000, 1'000'000'000), "2023-11-14T22:13:20.500Z");
  EXPECT_EQ(Moment(-1, 1'000), "1969-12-31T23:59:59.999Z");
}

TEST(ParquetValuesTest, NumbersOutOfRangeStayNumbers) {
  std::string out;
  EXPECT_FALSE(AppendDate(kMax, out));
  EXPECT_EQ(out, std::to_string(kMax));
  for (const int64_t units : {kMin, kMax}) {
    EXPECT_EQ(Moment(units, 1), std::to_string(units));
    EXPECT_EQ(Moment(units, 1'000), std::to_string(units));
  }
  EXPECT_EQ(Moment(kMin, 1'000'000'000), "1677-09-21T00:12:43.145224192Z");
  EXPECT_EQ(Moment(kMax, 1'000'000'000), "2262-04-11T23:47:16.854775807Z");
}

TEST(ParquetValuesTest, JulianDaysAreMoments) {
  std::string out;
  EXPECT_TRUE(AppendJulianMoment(2'440'588, 0, out));
  EXPECT_EQ(out, "1970-01-01T00:00:00");
  out.clear();
  EXPECT_FALSE(AppendJulianMoment(0, 0, out));
  EXPECT_FALSE(AppendJulianMoment(2'440'588, ~uint64_t{0}, out));
  EXPECT_FALSE(AppendJulianMoment(~uint32_t{0}, 0, out));
}

std::string Decimal(const std::vector<uint8_t>& bytes, int scale) {
  std::string out;
  return AppendDecimal(bytes, scale, out) ? out : "none";
}

TEST(ParquetValuesTest, DecimalsHaveTheirPoint) {
  std::string out;
  EXPECT_TRUE(AppendDecimal(-1250, 2, out));
  EXPECT_EQ(out, "-12.50");
  out.clear();
  EXPECT_TRUE(AppendDecimal(kMin, 0, out));
  EXPECT_EQ(out, std::to_string(kMin));
  EXPECT_EQ(Decimal({5}, 3), "0.005");
  EXPECT_EQ(Decimal({0xff, 0x38}, 1), "-20.0");
  EXPECT_EQ(Decimal(std::vector<uint8_t>(16, 0xff), 0), "-1");
  EXPECT_EQ(Decimal({}, 0), "none");
  EXPECT_EQ(Decimal(std::vector<uint8_t>(17, 0), 0), "none");
  EXPECT_EQ(Decimal({1}, -1), "none");
  EXPECT_EQ(Decimal({1}, 39), "none");
}

TEST(ParquetValuesTest, FloatingNumbersAreWrittenAsPythonDoes) {
  std::string out;
  EXPECT_TRUE(AppendDouble(3, out));
  out += ' ';
  EXPECT_TRUE(AppendDouble(0.1, out));
  out += ' ';
  EXPECT_TRUE(AppendDouble(1e300, out));
  out += ' ';
  EXPECT_TRUE(AppendFloat(0.1f, out));
  EXPECT_EQ(out, "3.0 0.1 1e+300 0.1");
  EXPECT_FALSE(AppendDouble(std::numeric_limits<double>::quiet_NaN(), out));
  EXPECT_FALSE(AppendFloat(std::numeric_limits<float>::infinity(), out));
  EXPECT_EQ(out, "3.0 0.1 1e+300 0.1");
}

TEST(ParquetValuesTest, BytesBecomeDigits) {
  std::array<uint8_t, 16> bytes{};
  for (size_t at = 0; at < bytes.size(); ++at) bytes[at] = static_cast<uint8_t>(17 * at);
  std::string out;
  AppendUuid(bytes, out);
  EXPECT_EQ(out, "00112233-4455-6677-8899-aabbccddeeff");
}

}  // namespace
}  // namespace unspin
