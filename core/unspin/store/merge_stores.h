// Merges the stores of several segments into that of one segment, block by block, without deleted articles.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/base/doc_id_map.h"
#include "unspin/store/block_compressor.h"
#include "unspin/store/store_reader.h"

namespace unspin {

// Copies compressed blocks as they are. A block with deleted articles is decompressed and compressed again without
// them; a block without other articles is left out.
class StoreMerger {
 public:
  using Sink = std::function<void(std::string_view)>;

  // `stores` and `ids` must outlive this value. REQUIRES: a source in `ids` for each store.
  StoreMerger(std::vector<const StoreReader*> stores, const DocIdMap& ids);

  // Header and tables of the section. Takes 8 bytes of memory for each article and 24 for each block. `on_store_done`
  // is called after each store, so that the caller can release its pages. Fails if a block with deleted articles is
  // damaged.
  absl::Status AppendHead(const Sink& head, const std::function<void()>& on_store_done);
  // The blocks, which follow the head. `progress` receives the number of articles done.
  absl::Status AppendBlocks(const Sink& blocks, const std::function<void(uint64_t)>& progress);
  // After a failure: the index of the store whose block failed.
  size_t failed_store() const { return store_; }

 private:
  struct Block;
  using Visit = std::function<absl::Status(const StoreReader& store, const Block& block)>;
  absl::Status VisitBlocks(const Visit& visit, const std::function<void()>& on_store_done);
  absl::Status VisitBlocksOfStore(const Visit& visit);
  absl::StatusOr<std::string_view> Recompress(const Block& block);

  std::vector<const StoreReader*> stores_;
  const DocIdMap& ids_;
  size_t store_ = 0;  // index of the store being visited
  StoreReader::LastBlock last_;
  BlockCompressor compressor_;
  // Of the block that was recompressed last.
  std::string content_, compressed_;
  std::vector<uint32_t> offsets_;  // of its articles
};

}  // namespace unspin
