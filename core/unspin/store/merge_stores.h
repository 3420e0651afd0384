// Stores of several segments → that of one segment with all their articles, block by block.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/base/doc_id_map.h"
#include "unspin/store/store.h"

namespace unspin {

// Blocks are taken over as they are, but those that hold dropped articles, which are made anew without them.
class StoreMerger {
 public:
  using Sink = std::function<void(std::string_view)>;

  // Both outlive this value; one store for each part.
  StoreMerger(std::vector<const StoreReader*> stores, const DocIdMap& numbers);

  // Header and tables of the section; 8 bytes of memory for each article, 24 for each block. `passed` is called after
  // each store, for who lets its pages go. Fails where a block that has to be made anew is damaged.
  absl::Status AppendHead(const Sink& head, const std::function<void()>& passed);
  // What follows them. `progress` is told how many articles are done.
  absl::Status AppendBlocks(const Sink& blocks, const std::function<void(uint64_t)>& progress);
  size_t part() const { return part_; }  // after a failure: whose block it was

 private:
  struct Block;
  absl::Status VisitBlocks(const std::function<absl::Status(const StoreReader&, const Block&)>& visit,
                           const std::function<void()>& passed);
  absl::StatusOr<std::string_view> Remake(const Block& block);

  std::vector<const StoreReader*> stores_;
  const DocIdMap& numbers_;
  size_t part_ = 0;
  StoreReader::LastBlock last_;
  BlockCompressor compressor_;
  std::string left_, compressed_;  // the block that is made anew
  std::vector<uint32_t> offsets_;  // of the articles that are left in it
};

}  // namespace unspin
