#include "unspin/store/merge_stores.h"

#include <utility>

#include "unspin/store/layout.h"

namespace unspin {

// A block of one of the stores and the articles in it.
struct StoreMerger::Block {
  size_t part = 0;
  uint32_t number = 0;
  uint32_t first = 0, end = 0;  // articles of the part
  uint32_t left = 0;            // of them
  bool whole() const { return left == end - first; }
};

StoreMerger::StoreMerger(std::vector<const StoreReader*> stores, const DocIdMap& numbers)
    : stores_(std::move(stores)), numbers_(numbers) {}

// Every block of every part with articles that are left.
absl::Status StoreMerger::VisitBlocks(const std::function<absl::Status(const StoreReader&, const Block&)>& visit,
                                      const std::function<void()>& passed) {
  for (part_ = 0; part_ < stores_.size(); ++part_) {
    const StoreReader& store = *stores_[part_];
    const std::span<const uint32_t> dropped = numbers_.part(part_).dropped;
    size_t next_dropped = 0;
    uint32_t article = 0;
    for (uint32_t number = 0; number < store.blocks_; ++number) {
      Block block{part_, number, article, article};
      uint32_t gone = 0;
      for (; block.end < store.articles_ && store.RowOf(block.end).block == number; ++block.end) {
        if (next_dropped == dropped.size() || dropped[next_dropped] != block.end) continue;
        ++next_dropped;
        ++gone;
      }
      block.left = block.end - block.first - gone;
      article = block.end;
      if (block.left == 0) continue;
      if (absl::Status status = visit(store, block); !status.ok()) return status;
    }
    if (article != store.articles_) return absl::DataLossError("the blocks of articles are not in order");
    passed();
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string_view> StoreMerger::Remake(const Block& block) {
  const StoreReader& store = *stores_[block.part];
  if (absl::Status status = store.ReadBlock(block.number, last_); !status.ok()) return status;
  const std::string_view bytes = last_.bytes();
  left_.clear();
  offsets_.clear();
  for (uint32_t article = block.first; article < block.end; ++article) {
    const size_t begin = store.RowOf(article).offset;
    const size_t end = article + 1 < block.end ? store.RowOf(article + 1).offset : bytes.size();
    if (begin > end || end > bytes.size()) return absl::DataLossError("an article is outside of its block");
    if (!numbers_.Holds(block.part, article)) continue;
    offsets_.push_back(static_cast<uint32_t>(left_.size()));
    left_.append(bytes.substr(begin, end - begin));
  }
  compressed_.clear();
  if (absl::Status status = compressor_.Append(left_, compressed_); !status.ok()) return status;
  return std::string_view(compressed_);
}

absl::Status StoreMerger::AppendHead(const Sink& head, const std::function<void()>& passed) {
  StoreTables tables;
  size_t blocks = 0;
  for (const StoreReader* store : stores_) blocks += store->blocks_;
  tables.Reserve(numbers_.size(), blocks);
  const absl::Status status = VisitBlocks(
      [&](const StoreReader& store, const Block& block) -> absl::Status {
        if (block.whole()) {
          for (uint32_t article = block.first; article < block.end; ++article)
            tables.AddArticle(store.RowOf(article).offset);
          tables.CloseBlock(store.BlockRowOf(block.number));
          return absl::OkStatus();
        }
        const absl::StatusOr<std::string_view> made = Remake(block);
        if (!made.ok()) return made.status();
        for (const uint32_t offset : offsets_) tables.AddArticle(offset);
        tables.CloseBlock(*made, left_.size());
        return absl::OkStatus();
      },
      passed);
  if (!status.ok()) return status;
  head(tables.Header());
  head(tables.block_table());
  head(tables.article_table());
  return absl::OkStatus();
}

absl::Status StoreMerger::AppendBlocks(const Sink& blocks, const std::function<void(uint64_t)>& progress) {
  constexpr uint64_t kTold = 1 << 12;
  uint64_t done = 0;
  const absl::Status status = VisitBlocks(
      [&](const StoreReader& store, const Block& block) -> absl::Status {
        const absl::StatusOr<std::string_view> bytes =
            block.whole() ? store.CompressedBlock(block.number) : Remake(block);
        if (!bytes.ok()) return bytes.status();
        blocks(*bytes);
        if ((done + block.left) / kTold != done / kTold) progress(done + block.left);
        done += block.left;
        return absl::OkStatus();
      },
      [] {});
  progress(done);
  return status;
}

}  // namespace unspin
