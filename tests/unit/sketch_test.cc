#include "unspin/sketch/sketch.h"

#include <gtest/gtest.h>

#include <vector>

#include "unspin/base/hash.h"

namespace unspin {
namespace {

std::vector<uint64_t> Numbers(uint64_t begin, uint64_t end) {
  std::vector<uint64_t> numbers;
  for (uint64_t i = begin; i < end; ++i) numbers.push_back(Mix64(i));
  return numbers;
}

TEST(SketchTest, TheEmptySetHasTheEmptySketch) {
  const Sketch empty = MakeSketch({});
  EXPECT_TRUE(empty.empty());
  for (const uint32_t component : empty.components) EXPECT_EQ(component, kEmptyComponent);
  EXPECT_EQ(EstimatedSimilarity(empty, empty), 0);
  EXPECT_EQ(EstimatedSimilarity(empty, MakeSketch(Numbers(0, 9))), 0);
}

TEST(SketchTest, ASingleElementFillsEveryComponent) {
  const Sketch one = MakeSketch(std::vector<uint64_t>{42});
  EXPECT_FALSE(one.empty());
  for (const uint32_t component : one.components) EXPECT_NE(component, kEmptyComponent);
}

TEST(SketchTest, EqualSetsHaveSimilarityOneAndDisjointSetsNearZero) {
  EXPECT_EQ(EstimatedSimilarity(MakeSketch(Numbers(0, 300)), MakeSketch(Numbers(0, 300))), 1);
  EXPECT_LE(EstimatedSimilarity(MakeSketch(Numbers(0, 300)), MakeSketch(Numbers(300, 600))), 0.03);
}

TEST(SketchTest, MergeGivesTheSketchOfTheUnion) {
  for (const uint64_t size : {1u, 5u, 100u, 2000u}) {
    const Sketch merged = Merge(MakeSketch(Numbers(0, size)), MakeSketch(Numbers(size / 2, 3 * size)));
    EXPECT_EQ(merged, MakeSketch(Numbers(0, 3 * size))) << size;
  }
  EXPECT_EQ(Merge(MakeSketch({}), MakeSketch(Numbers(0, 7))), MakeSketch(Numbers(0, 7)));
}

TEST(SketchTest, AnotherSeedGivesAnotherSketch) {
  EXPECT_LE(EstimatedSimilarity(MakeSketch(Numbers(0, 300), 1), MakeSketch(Numbers(0, 300), 2)), 0.03);
}

TEST(SketchSchemeTest, TheFingerprintDependsOnEveryField) {
  const SketchScheme scheme = SketchScheme::Default();
  std::vector<SketchScheme> others(6, scheme);
  ++others[0].normalizer_version;
  ++others[1].shingle_words;
  ++others[2].size;
  ++others[3].seed;
  others[4].hash += "x";
  others[5].unicode += "x";
  EXPECT_EQ(scheme.Fingerprint(), SketchScheme::Default().Fingerprint());
  for (const SketchScheme& other : others) EXPECT_NE(scheme.Fingerprint(), other.Fingerprint());
}

// Sketches are stored: a changed value is a changed scheme and needs a version of its own.
TEST(SketchTest, ComponentsArePinned) {
  uint64_t digest = 0;
  for (const uint32_t component : MakeSketch(Numbers(0, 1000)).components) digest = Mix64(digest ^ component);
  EXPECT_EQ(digest, 13917138075635389711u);
}

}  // namespace
}  // namespace unspin
