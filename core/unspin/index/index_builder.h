// Sketches and anchors of articles → the index of a segment.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/anchor/anchor.h"
#include "unspin/base/task_queue.h"
#include "unspin/sketch/sketch.h"

namespace unspin {

// Collects one segment in memory. Call Add for each article in order, then Build once. Equal input gives equal bytes,
// whatever the number of threads. Not safe to share between threads.
class IndexBuilder {
 public:
  // If `tasks` is given, it outlives the builder, and parts of Build run there.
  explicit IndexBuilder(TaskQueue* tasks = nullptr) : tasks_(tasks) {}

  void Add(const Sketch& sketch, const Anchors& anchors);
  size_t size() const { return sketches_.size(); }

  // The index as chunks to be stored one after the other in one section. They live as long as the builder.
  // REQUIRES: Build was not called before.
  std::vector<std::string_view> Build();
  // The number of anchors of each article, four bytes each, for a section of its own.
  std::string_view AnchorCounts() const;

 private:
  // One article of one anchor, in twelve bytes: halves of the hash avoid the padding of a 64-bit number.
  struct Posting {
    uint32_t hash_high = 0, hash_low = 0;
    uint32_t article = 0;
    friend auto operator<=>(const Posting&, const Posting&) = default;
  };
  static constexpr size_t kPartitions = 256;      // of the postings, by the first byte of the hash
  static constexpr size_t kChunkPostings = 4096;  // a partition grows by chunks, which moves no posting
  using Partition = std::vector<std::vector<Posting>>;

  // The anchors of neighbouring partitions: one task makes them.
  struct HashRange {
    std::vector<uint64_t> hashes, begins;
    std::string lists;
  };

  void AppendPartition(Partition& partition, HashRange& range) const;
  void BuildBands(uint32_t first_band);
  void RunTasks();

  TaskQueue* tasks_;
  std::vector<Sketch> sketches_;
  std::vector<Partition> partitions_ = std::vector<Partition>(kPartitions);
  std::vector<uint32_t> anchor_counts_;  // by article

  // Filled by Build.
  bool built_ = false;
  std::string header_;
  std::vector<uint32_t> band_keys_, band_articles_;
  std::vector<HashRange> ranges_;
};

}  // namespace unspin
