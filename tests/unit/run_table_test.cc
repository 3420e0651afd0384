#include "unspin/standing/run_table.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "unspin/base/hash.h"

namespace unspin {
namespace {

constexpr uint64_t kHighest = ~uint64_t{0};

std::vector<uint64_t> RandomRuns(size_t count, uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<uint64_t> runs(count);
  for (uint64_t& run : runs) run = random();
  return runs;
}

TEST(RunTableTest, FindsEveryRunItWasMadeOf) {
  for (const size_t count : {1u, 2u, 15u, 16u, 17u, 100u, 5000u}) {
    std::vector<uint64_t> runs = RandomRuns(count, count);
    runs.front() = 0;
    runs.back() = kHighest;
    const std::string bytes = MakeRunTable(runs, "");
    const auto table = RunTable::Open(bytes);
    ASSERT_TRUE(table.has_value()) << count;
    for (const uint64_t run : runs) EXPECT_TRUE(table->Contains(run)) << count;
  }
}

TEST(RunTableTest, FindsFewerThanOneInTwoThousandOtherRuns) {
  constexpr size_t kAsked = 200000;
  const std::string bytes = MakeRunTable(RandomRuns(50000, 1), "");
  const auto table = RunTable::Open(bytes);
  ASSERT_TRUE(table.has_value());
  size_t found = 0;
  for (const uint64_t run : RandomRuns(kAsked, 2)) found += table->Contains(run);
  EXPECT_GT(found, 0u);  // 16 bits of each run are kept
  EXPECT_LT(found, kAsked / 2000);
}

TEST(RunTableTest, OrderOrRepetitionOfRunsMakesNoDifference) {
  EXPECT_EQ(MakeRunTable(std::vector<uint64_t>{5, kHighest, 0}, "x"),
            MakeRunTable(std::vector<uint64_t>{0, 5, kHighest, 5, 0}, "x"));
}

TEST(RunTableTest, EmptyTableContainsNothing) {
  const std::string bytes = MakeRunTable({}, "nothing");
  const auto table = RunTable::Open(bytes);
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(table->size(), 0u);
  for (const uint64_t run : {uint64_t{0}, uint64_t{1} << 63, kHighest}) {
    EXPECT_FALSE(table->Contains(run));
    EXPECT_FALSE(RunTable().Contains(run));
  }
}

TEST(RunTableTest, KeepsItsProvenance) {
  const std::string bytes = MakeRunTable(RandomRuns(40, 3), "of 7 outlets");
  EXPECT_EQ(RunTable::Open(bytes)->Provenance(), "of 7 outlets");
}

TEST(RunTableTest, BytesNeedNoAlignment) {
  const std::vector<uint64_t> runs = RandomRuns(100, 4);
  const std::string shifted = "x" + MakeRunTable(runs, "");
  const auto table = RunTable::Open(std::string_view(shifted).substr(1));
  ASSERT_TRUE(table.has_value());
  for (const uint64_t run : runs) EXPECT_TRUE(table->Contains(run));
}

TEST(RunTableTest, RefusesEveryTruncation) {
  const std::string bytes = MakeRunTable(RandomRuns(40, 5), "of 7 outlets");
  for (size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(RunTable::Open(std::string_view(bytes).substr(0, size)).has_value()) << size;
  EXPECT_FALSE(RunTable::Open(bytes + '\0').has_value());
}

TEST(RunTableTest, RefusesEveryFlippedBit) {
  const std::string bytes = MakeRunTable(RandomRuns(40, 6), "of 7 outlets");
  for (size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    std::string damaged = bytes;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ 1 << bit % 8);
    EXPECT_FALSE(RunTable::Open(damaged).has_value()) << bit;
  }
}

TEST(RunTableTest, RefusesBucketsThatLeaveTheTableUnderARightChecksum) {
  std::string bytes = MakeRunTable(RandomRuns(40, 7), "");
  const uint32_t beyond = 1000;
  std::memcpy(bytes.data() + sizeof(RunTableHeader), &beyond, sizeof(beyond));
  const uint64_t fingerprint = Hash64(std::string_view(bytes).substr(offsetof(RunTableHeader, runs)));
  std::memcpy(bytes.data() + offsetof(RunTableHeader, fingerprint), &fingerprint, sizeof(fingerprint));
  EXPECT_FALSE(RunTable::Open(bytes).has_value());
}

}  // namespace
}  // namespace unspin
