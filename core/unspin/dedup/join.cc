#include "unspin/dedup/join.h"

#include <algorithm>

#include "unspin/base/bucket_sort.h"

namespace unspin {
namespace {

constexpr size_t kMaxBucket = 64;  // articles compared all with all
constexpr uint32_t kSplits = 6;    // further bands that split a larger bucket
constexpr size_t kAnchors = 16;    // articles that each one of a bucket is compared with that nothing splits

}  // namespace

absl::StatusOr<JoinCounts> Joiner::Join(std::vector<Key> keys, uint32_t column, PairSpools::Buffer& pairs) const {
  JoinCounts counts;
  std::erase_if(keys, [&](const Key& key) { return exact_of_[key.article] != key.article; });
  if (absl::Status status = AddBuckets(std::move(keys), column, 0, counts, pairs); !status.ok()) return status;
  return counts;
}

absl::Status Joiner::AddBuckets(std::vector<Key> keys, uint32_t column, uint32_t split, JoinCounts& counts,
                                PairSpools::Buffer& pairs) const {
  BucketSort(keys, [](const Key& key, unsigned bits) { return key.key >> (64 - bits); });
  std::vector<uint32_t> bucket;
  for (size_t begin = 0; begin < keys.size();) {
    size_t end = begin;
    bucket.clear();
    for (; end < keys.size() && keys[end].key == keys[begin].key; ++end) bucket.push_back(keys[end].article);
    begin = end;
    if (bucket.size() > kMaxBucket) {
      if (split == 0) {
        ++counts.hot_buckets;
        counts.hot_articles += bucket.size();
      }
      // A shingle of so many articles is boilerplate: it says nothing, and what else they share speaks for them.
      if (scheme_.measure == Measure::kContainment) continue;
      if (absl::Status status = AddLargeBucket(bucket, column, split, counts, pairs); !status.ok()) return status;
      continue;
    }
    for (size_t i = 0; i < bucket.size(); ++i) {
      for (size_t k = i + 1; k < bucket.size(); ++k) pairs.Add(bucket[i], bucket[k]);
    }
  }
  return absl::OkStatus();
}

// Split by the keys of further bands; where those are equal too, its articles are compared with the preferred ones
// among them only.
absl::Status Joiner::AddLargeBucket(std::vector<uint32_t> bucket, uint32_t band, uint32_t split, JoinCounts& counts,
                                    PairSpools::Buffer& pairs) const {
  if (split == std::min(kSplits, scheme_.columns - 1)) {
    std::sort(bucket.begin(), bucket.end(), [&](uint32_t a, uint32_t b) { return rank_[a] < rank_[b]; });
    for (size_t i = 0; i < kAnchors; ++i) {
      for (size_t k = i + 1; k < bucket.size(); ++k) pairs.Add(bucket[i], bucket[k]);
    }
    return absl::OkStatus();
  }
  const uint32_t next = (band + 1) % scheme_.columns;
  std::vector<Key> keys;
  for (const uint32_t article : bucket) {
    const absl::StatusOr<uint64_t> key = key_of_(article, next);
    if (!key.ok()) return key.status();
    keys.push_back({*key, article});
  }
  return AddBuckets(std::move(keys), next, split + 1, counts, pairs);
}

}  // namespace unspin
