#include "unspin/dedup/join.h"

#include <algorithm>
#include <cassert>

#include "unspin/base/bucket_sort.h"

namespace unspin {
namespace {

constexpr size_t kMaxBucket = 64;  // articles: larger buckets are split, as the number of pairs grows with the square
constexpr uint32_t kMaxSplits = 6;
constexpr size_t kHubs = 16;  // preferred articles that all of a bucket are compared with if no band splits it

// All pairs of which one article is among the first `hubs`.
void AddPairs(std::span<const uint32_t> articles, size_t hubs, PairSpools::Buffer& pairs) {
  for (size_t i = 0; i < hubs; ++i) {
    for (size_t k = i + 1; k < articles.size(); ++k) pairs.Add(articles[i], articles[k]);
  }
}

}  // namespace

absl::StatusOr<JoinCounts> Joiner::Join(std::vector<ArticleKey> keys, uint32_t column,
                                        PairSpools::Buffer& pairs) const {
  // Only articles without elements have the key 0, as far as 64 bits can tell.
  assert(scheme_.measure != Measure::kJaccard ||
         std::none_of(keys.begin(), keys.end(), [](const ArticleKey& key) { return key.key == 0; }));
  JoinCounts counts;
  std::erase_if(keys, [&](const ArticleKey& key) { return exact_of_[key.article] != key.article; });
  if (absl::Status status = AddBuckets(std::move(keys), column, 0, counts, pairs); !status.ok()) return status;
  return counts;
}

absl::Status Joiner::AddBuckets(std::vector<ArticleKey> keys, uint32_t column, uint32_t split, JoinCounts& counts,
                                PairSpools::Buffer& pairs) const {
  BucketSort(keys, [](const ArticleKey& key, unsigned bits) { return key.key >> (64 - bits); });
  std::vector<uint32_t> bucket;
  for (size_t begin = 0; begin < keys.size();) {
    size_t end = begin;
    bucket.clear();
    for (; end < keys.size() && keys[end].key == keys[begin].key; ++end) bucket.push_back(keys[end].article);
    begin = end;
    if (bucket.size() <= kMaxBucket) {
      AddPairs(bucket, bucket.size(), pairs);
      continue;
    }
    if (split == 0) {
      ++counts.hot_buckets;
      counts.hot_articles += bucket.size();
    }
    // A shingle of that many articles is boilerplate. What else two of them share makes them candidates.
    if (scheme_.measure == Measure::kContainment) continue;
    if (absl::Status status = AddLargeBucket(bucket, column, split, counts, pairs); !status.ok()) return status;
  }
  return absl::OkStatus();
}

// Splits the bucket by the keys of the next band. After kMaxSplits, compares its articles with the preferred ones only.
absl::Status Joiner::AddLargeBucket(std::vector<uint32_t> bucket, uint32_t band, uint32_t split, JoinCounts& counts,
                                    PairSpools::Buffer& pairs) const {
  if (split == std::min(kMaxSplits, scheme_.columns - 1)) {
    std::sort(bucket.begin(), bucket.end(), [&](uint32_t a, uint32_t b) { return rank_[a] < rank_[b]; });
    AddPairs(bucket, kHubs, pairs);
    return absl::OkStatus();
  }
  const uint32_t next = (band + 1) % scheme_.columns;
  std::vector<ArticleKey> keys;
  for (const uint32_t article : bucket) {
    const absl::StatusOr<uint64_t> key = key_of_(article, next);
    if (!key.ok()) return key.status();
    keys.push_back({*key, article});
  }
  return AddBuckets(std::move(keys), next, split + 1, counts, pairs);
}

}  // namespace unspin
