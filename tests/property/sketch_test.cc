// Laws of the sketch, against the reference implementation and against the theory.

#include "unspin/sketch/sketch.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "law.h"
#include "reference/sketch_reference.h"

namespace unspin {
namespace {

using testing::ExpectLaw;

TEST(SketchPropertyTest, OrderAndRepetitionDoNotMatter) {
  ExpectLaw("a shuffled set with repetitions has the same sketch", [](const std::vector<uint64_t>& set, uint64_t seed) {
    std::vector<uint64_t> other = set;
    for (size_t i = 0; i < set.size(); i += 3) other.push_back(set[i]);
    std::mt19937_64 random(seed);
    std::shuffle(other.begin(), other.end(), random);
    RC_ASSERT(MakeSketch(set) == MakeSketch(other));
  });
}

TEST(SketchPropertyTest, EqualsTheReference) {
  ExpectLaw("MakeSketch equals the paper's algorithm", [](const std::vector<uint64_t>& set, uint64_t seed) {
    RC_ASSERT(MakeSketch(set, seed) == reference::MakeSketch(set, seed));
  });
  // Small sets reach the last rounds, large ones end in the first.
  std::mt19937_64 random(7);
  for (const size_t size : {1, 2, 3, 10, 127, 128, 129, 1000, 5000}) {
    std::vector<uint64_t> set(size);
    for (uint64_t& element : set) element = random();
    EXPECT_EQ(MakeSketch(set, 3), reference::MakeSketch(set, 3)) << size;
  }
}

TEST(SketchPropertyTest, MergeGivesTheSketchOfTheUnion) {
  ExpectLaw("Merge is the union: commutative, idempotent",
            [](const std::vector<uint64_t>& a, const std::vector<uint64_t>& b) {
              std::vector<uint64_t> both = a;
              both.insert(both.end(), b.begin(), b.end());
              RC_ASSERT(Merge(MakeSketch(a), MakeSketch(b)) == MakeSketch(both));
              RC_ASSERT(Merge(MakeSketch(b), MakeSketch(a)) == MakeSketch(both));
              RC_ASSERT(Merge(MakeSketch(a), MakeSketch(a)) == MakeSketch(a));
            });
}

// Two random sets with a given similarity, sketched many times with fresh seeds: the mean error is that of an unbiased
// estimate and its spread that of `kSketchSize` fair samples, sqrt(J(1 - J) / 128).
TEST(SketchPropertyTest, TheErrorAgreesWithTheTheory) {
  constexpr int kTrials = 300;
  for (const size_t size : {20u, 300u, 5000u}) {
    for (const size_t common : {size / 10, size / 2, size * 9 / 10}) {
      std::mt19937_64 random(size * 1000 + common);
      double sum = 0, squares = 0, truth = 0;
      for (int trial = 0; trial < kTrials; ++trial) {
        std::vector<uint64_t> a(size), b;
        for (uint64_t& element : a) element = random();
        b.assign(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(common));
        while (b.size() < size) b.push_back(random());
        truth = reference::Jaccard(a, b);
        const double error = EstimatedSimilarity(MakeSketch(a), MakeSketch(b)) - truth;
        sum += error;
        squares += error * error;
      }
      const double theory = std::sqrt(truth * (1 - truth) / kSketchSize);
      const double mean = sum / kTrials, spread = std::sqrt(squares / kTrials);
      EXPECT_LT(std::abs(mean), 4 * theory / std::sqrt(kTrials)) << size << ", " << common;
      EXPECT_LT(spread, 1.15 * theory) << size << ", " << common;
      // A round draws without replacement, so that small sets are estimated better than by fair samples.
      const double elements = static_cast<double>(2 * size - common);
      const double without_replacement = std::sqrt(1 - std::min(0.9, kSketchSize / elements));
      EXPECT_GT(spread, 0.85 * without_replacement * theory) << size << ", " << common;
    }
  }
}

}  // namespace
}  // namespace unspin
