#include "unspin/index/index_builder.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "unspin/base/bucket_sort.h"
#include "unspin/index/index_layout.h"
#include "unspin/index/lsh_bands.h"
#include "unspin/index/posting_lists.h"

namespace unspin {
namespace {

// Tasks of a few milliseconds each. The components of eight bands are one cache line of a sketch.
constexpr size_t kRanges = 8;
constexpr uint32_t kBandsPerTask = 8;

}  // namespace

void IndexBuilder::Add(const Sketch& sketch, const Anchors& anchors) {
  assert(!built_);
  const auto article = static_cast<uint32_t>(sketches_.size());
  sketches_.push_back(sketch);
  anchor_counts_.push_back(static_cast<uint32_t>(anchors.size()));
  for (const Anchor& anchor : anchors) {
    Partition& partition = partitions_[anchor.hash >> 56];
    if (partition.empty() || partition.back().size() == kChunkPostings)
      partition.emplace_back().reserve(kChunkPostings);
    partition.back().push_back({static_cast<uint32_t>(anchor.hash >> 32), static_cast<uint32_t>(anchor.hash), article});
  }
}

// Sorts the postings of a partition, appends their lists and frees them.
void IndexBuilder::AppendPartition(Partition& partition, HashRange& range) const {
  std::vector<Posting> postings;
  for (const std::vector<Posting>& chunk : partition) postings.insert(postings.end(), chunk.begin(), chunk.end());
  partition = {};
  // All hashes of a partition have the same first byte.
  BucketSort(postings, [](const Posting& posting, unsigned bits) { return posting.hash_high << 8 >> (32 - bits); });
  std::vector<uint32_t> articles;
  for (auto posting = postings.begin(); posting != postings.end();) {
    const auto is_other = [first = *posting](const Posting& next) {
      return next.hash_high != first.hash_high || next.hash_low != first.hash_low;
    };
    const auto end = std::find_if(posting, postings.end(), is_other);
    range.hashes.push_back(uint64_t{posting->hash_high} << 32 | posting->hash_low);
    range.begins.push_back(range.lists.size());
    articles.clear();
    for (; posting != end; ++posting) articles.push_back(posting->article);
    AppendPostingList(articles, range.lists);
  }
}

void IndexBuilder::BuildBands(uint32_t first_band) {
  std::array<std::vector<uint64_t>, kBandsPerTask> rows;  // key in the upper half, article in the lower
  for (size_t article = 0; article < sketches_.size(); ++article) {
    if (sketches_[article].empty()) continue;
    for (uint32_t i = 0; i < kBandsPerTask; ++i)
      rows[i].push_back(uint64_t{BandKey(first_band + i, sketches_[article])} << 32 | article);
  }
  for (uint32_t i = 0; i < kBandsPerTask; ++i) {
    BucketSort(rows[i], [](uint64_t row, unsigned bits) { return row >> (64 - bits); });
    size_t position = (first_band + i) * rows[i].size();
    for (const uint64_t row : rows[i]) {
      band_keys_[position] = static_cast<uint32_t>(row >> 32);
      band_articles_[position++] = static_cast<uint32_t>(row);
    }
  }
}

void IndexBuilder::RunTasks() {
  TaskQueue alone;
  TaskQueue& tasks = tasks_ == nullptr ? alone : *tasks_;
  std::vector<TaskQueue::TaskHandle> handles;
  for (size_t i = 0; i < kRanges; ++i) {
    handles.push_back(tasks.Submit([this, i] {
      constexpr size_t kRangePartitions = kPartitions / kRanges;
      for (size_t k = 0; k < kRangePartitions; ++k) AppendPartition(partitions_[i * kRangePartitions + k], ranges_[i]);
    }));
  }
  static_assert(kBands % kBandsPerTask == 0);
  for (uint32_t band = 0; band < kBands; band += kBandsPerTask)
    handles.push_back(tasks.Submit([this, band] { BuildBands(band); }));
  for (const TaskQueue::TaskHandle& handle : handles) tasks.Wait(handle);
}

std::vector<std::string_view> IndexBuilder::Build() {
  assert(!built_);
  built_ = true;
  const auto sketched =
      std::count_if(sketches_.begin(), sketches_.end(), [](const Sketch& sketch) { return !sketch.empty(); });
  const auto band_rows = kBands * static_cast<size_t>(sketched);
  ranges_.resize(kRanges);
  band_keys_.resize(band_rows);
  band_articles_.resize(band_rows);
  RunTasks();

  IndexHeader header{static_cast<uint32_t>(sketches_.size()), static_cast<uint32_t>(sketched), 0, 0};
  for (HashRange& range : ranges_) {
    for (uint64_t& begin : range.begins) begin += header.list_bytes;
    header.anchors += range.hashes.size();
    header.list_bytes += range.lists.size();
  }
  ranges_.back().begins.push_back(header.list_bytes);
  header_ = header.Encode();

  IndexArrays<std::vector<std::string_view>> arrays;
  arrays.sketches = {BytesOf(sketches_)};
  arrays.band_keys = {BytesOf(band_keys_)};
  arrays.band_articles = {BytesOf(band_articles_)};
  for (const HashRange& range : ranges_) {
    arrays.anchor_hashes.push_back(BytesOf(range.hashes));
    arrays.list_begins.push_back(BytesOf(range.begins));
    arrays.lists.push_back(range.lists);
  }
  std::vector<std::string_view> chunks = {header_};
  for (const auto* array : arrays.InFileOrder()) chunks.insert(chunks.end(), array->begin(), array->end());
  return chunks;
}

std::string_view IndexBuilder::AnchorCounts() const { return BytesOf(anchor_counts_); }

}  // namespace unspin
