#include "unspin/dedup/key_filter.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace unspin {
namespace {

constexpr size_t kArticles = 2000;

ShingleSet RandomSet(size_t words, std::mt19937_64& random) {
  std::vector<uint64_t> hashes(words);
  for (uint64_t& hash : hashes) hash = random();
  return MakeShingleSet(hashes, 5);
}

// A filter of `sets`, as Deduplicator::BeginArchived fills it.
KeyFilter FilterOf(const std::vector<ShingleSet>& sets, const DedupOptions& options) {
  const ColumnScheme scheme(options);
  KeyFilter filter(scheme, sets.size() * scheme.columns);
  for (const ShingleSet& set : sets) {
    if (set.elements.empty()) {
      filter.Add(set.hash);
    } else if (options.measure == Measure::kContainment) {
      for (const uint32_t element : SampleOf(set.elements)) filter.Add(element);
    } else {
      for (uint32_t band = 0; band < scheme.columns; ++band) filter.Add(BandKey(set.sketch, band, scheme.rows));
    }
  }
  return filter;
}

TEST(KeyFilterTest, KeepsWhatItWasFilledWith) {
  std::mt19937_64 random(3);
  std::vector<ShingleSet> sets;
  for (size_t i = 0; i < kArticles; ++i) sets.push_back(RandomSet(100, random));
  sets.push_back(RandomSet(3, random));
  ASSERT_TRUE(sets.back().elements.empty());
  DedupOptions options;
  const KeyFilter jaccard = FilterOf(sets, options);
  for (const ShingleSet& set : sets) {
    EXPECT_TRUE(jaccard.MayShareKey(set));
    EXPECT_TRUE(set.elements.empty() || jaccard.MayShareKey(set.sketch));
  }
  options.measure = Measure::kContainment;
  const KeyFilter containment = FilterOf(sets, options);
  for (const ShingleSet& set : sets)
    EXPECT_EQ(containment.MayShareKey(set), set.elements.empty() || !SampleOf(set.elements).empty());
}

TEST(KeyFilterTest, DropsMostOfWhatSharesNoKey) {
  std::mt19937_64 random(4);
  std::vector<ShingleSet> sets;
  for (size_t i = 0; i < kArticles; ++i) sets.push_back(RandomSet(100, random));
  const KeyFilter filter = FilterOf(sets, DedupOptions());
  size_t kept = 0;
  for (size_t i = 0; i < kArticles; ++i) kept += filter.MayShareKey(RandomSet(100, random));
  EXPECT_LT(kept, kArticles / 10);
  EXPECT_FALSE(filter.MayShareKey(RandomSet(3, random)));
}

}  // namespace
}  // namespace unspin
