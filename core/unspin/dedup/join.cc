#include "unspin/dedup/join.h"

#include <algorithm>
#include <cassert>

#include "unspin/base/bucket_sort.h"

namespace unspin {
namespace {

constexpr size_t kMaxBucket = 64;  // articles: larger buckets are split, as the number of pairs grows with the square
constexpr uint32_t kMaxSplits = 6;
// Preferred articles that all of a bucket are compared with if no band splits it; as many of the archive.
constexpr size_t kHubs = 16;

// The articles of a bucket.
struct Bucket {
  std::span<uint32_t> own, archived;

  // REQUIRES: `articles` ascend.
  Bucket(std::span<uint32_t> articles, uint32_t own_articles) {
    assert(std::is_sorted(articles.begin(), articles.end()));
    size_t count = articles.size();
    while (count > 0 && articles[count - 1] >= own_articles) --count;
    own = articles.first(count);
    archived = articles.subspan(count);
  }

  // All pairs that have one of the first `hubs` articles of the corpus, or one of the corpus and one of the first
  // `hubs` of the archive.
  void AddPairs(size_t hubs, PairSpools::Buffer& pairs) const {
    const size_t own_hubs = std::min(hubs, own.size());
    for (size_t i = 0; i < own_hubs; ++i) {
      for (size_t k = i + 1; k < own.size(); ++k) pairs.Add(own[i], own[k]);
      for (const uint32_t other : archived) pairs.Add(own[i], other);
    }
    for (const uint32_t hub : archived.first(std::min(hubs, archived.size()))) {
      for (const uint32_t other : own.subspan(own_hubs)) pairs.Add(other, hub);
    }
  }
};

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
    if (bucket.front() >= own_) continue;  // an archive's only
    if (bucket.size() <= kMaxBucket) {
      Bucket(bucket, own_).AddPairs(kMaxBucket, pairs);
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
    const Bucket articles(bucket, own_);
    for (const std::span<uint32_t> part : {articles.own, articles.archived})
      std::sort(part.begin(), part.end(), [&](uint32_t a, uint32_t b) { return rank_[a] < rank_[b]; });
    articles.AddPairs(kHubs, pairs);
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
