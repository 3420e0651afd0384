#include "unspin/align/collinear_chain.h"

#include <gtest/gtest.h>

#include <vector>

namespace unspin {
namespace {

std::vector<uint32_t> SuspectTokens(const std::vector<LinePoint>& points) {
  std::vector<uint32_t> tokens;
  for (const LinePoint& point : points) tokens.push_back(static_cast<uint32_t>(point.suspect));
  return tokens;
}

TEST(CollinearChainTest, NoMatchesMakeNoChain) { EXPECT_TRUE(HeaviestChain({}).empty()); }

TEST(CollinearChainTest, AscendsOnBothSides) {
  EXPECT_EQ(SuspectTokens(HeaviestChain({{3, 13, 2}, {1, 11, 2}, {2, 2, 2}, {4, 14, 2}})),
            (std::vector<uint32_t>{1, 3, 4}));
}

TEST(CollinearChainTest, PrefersTheHeavierChain) {
  EXPECT_EQ(SuspectTokens(HeaviestChain({{1, 30, 9}, {2, 2, 3}, {3, 3, 3}})), (std::vector<uint32_t>{1}));
  EXPECT_EQ(SuspectTokens(HeaviestChain({{1, 30, 5}, {2, 2, 3}, {3, 3, 3}})), (std::vector<uint32_t>{2, 3}));
}

TEST(CollinearChainTest, LeavesOutALightMatchFarFromTheDiagonal) {
  EXPECT_EQ(SuspectTokens(HeaviestChain({{10, 10, 5}, {11, 60, 1}, {70, 70, 5}})), (std::vector<uint32_t>{10, 70}));
}

TEST(ExpectedPositionsTest, AreLinearBetweenPointsAndDiagonalOutside) {
  const std::vector<LinePoint> points = {{10, 20}, {14, 28}};
  EXPECT_EQ(ExpectedPositions(points, {8, 17}), (std::vector<double>{18, 19, 20, 22, 24, 26, 28, 29, 30}));
}

}  // namespace
}  // namespace unspin
