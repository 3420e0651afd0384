#include "unspin/store/merge_stores.h"

#include <cassert>
#include <utility>

#include "unspin/store/layout.h"

namespace unspin {

// A block of the store being visited, and its articles [first, end).
struct StoreMerger::Block {
  uint32_t number = 0;
  uint32_t first = 0, end = 0;
  uint32_t articles = 0;  // without the deleted ones
  bool whole() const { return articles == end - first; }
};

StoreMerger::StoreMerger(std::vector<const StoreReader*> stores, const DocIdMap& ids)
    : stores_(std::move(stores)), ids_(ids) {}

// Every block of every store that has articles left.
absl::Status StoreMerger::VisitBlocks(const Visit& visit, const std::function<void()>& on_store_done) {
  for (store_ = 0; store_ < stores_.size(); ++store_) {
    if (absl::Status status = VisitBlocksOfStore(visit); !status.ok()) return status;
    on_store_done();
  }
  return absl::OkStatus();
}

absl::Status StoreMerger::VisitBlocksOfStore(const Visit& visit) {
  const StoreReader& store = *stores_[store_];
  assert(ids_.source(store_).docs == store.size());
  const std::span<const uint32_t> deleted = ids_.source(store_).deleted;
  size_t next_deleted = 0;
  uint32_t article = 0;
  for (uint32_t number = 0; number < store.header_.blocks; ++number) {
    Block block{number, article, article};
    for (; block.end < store.size() && store.ArticleRowOf(block.end).block == number; ++block.end) {
      if (next_deleted < deleted.size() && deleted[next_deleted] == block.end) {
        ++next_deleted;
      } else {
        ++block.articles;
      }
    }
    article = block.end;
    if (block.articles == 0) continue;
    if (absl::Status status = visit(store, block); !status.ok()) return status;
  }
  if (article != store.size()) return absl::DataLossError("the blocks of articles are not in order");
  return absl::OkStatus();
}

absl::StatusOr<std::string_view> StoreMerger::Recompress(const Block& block) {
  const StoreReader& store = *stores_[store_];
  if (absl::Status status = store.ReadBlock(block.number, last_); !status.ok()) return status;
  const std::string_view bytes = last_.bytes();
  content_.clear();
  offsets_.clear();
  for (uint32_t article = block.first; article < block.end; ++article) {
    const size_t begin = store.ArticleRowOf(article).offset;
    const size_t end = article + 1 < block.end ? store.ArticleRowOf(article + 1).offset : bytes.size();
    if (begin > end || end > bytes.size()) return absl::DataLossError("an article is outside of its block");
    if (!ids_.Contains(store_, article)) continue;
    offsets_.push_back(static_cast<uint32_t>(content_.size()));
    content_.append(bytes.substr(begin, end - begin));
  }
  compressed_.clear();
  if (absl::Status status = compressor_.Append(content_, compressed_); !status.ok()) return status;
  return std::string_view(compressed_);
}

absl::Status StoreMerger::AppendHead(const Sink& head, const std::function<void()>& on_store_done) {
  StoreTables tables;
  size_t blocks = 0;
  for (const StoreReader* store : stores_) blocks += store->header_.blocks;
  tables.Reserve(ids_.size(), blocks);
  const auto add = [&](const StoreReader& store, const Block& block) -> absl::Status {
    if (block.whole()) {
      for (uint32_t article = block.first; article < block.end; ++article)
        tables.AddArticle(store.ArticleRowOf(article).offset);
      tables.CloseBlock(store.BlockRowOf(block.number));
      return absl::OkStatus();
    }
    const absl::StatusOr<std::string_view> compressed = Recompress(block);
    if (!compressed.ok()) return compressed.status();
    for (const uint32_t offset : offsets_) tables.AddArticle(offset);
    tables.CloseBlock(BlockRow::Of(*compressed, content_.size()));
    return absl::OkStatus();
  };
  if (absl::Status status = VisitBlocks(add, on_store_done); !status.ok()) return status;
  head(tables.Header().Encode());
  head(tables.block_table());
  head(tables.article_table());
  return absl::OkStatus();
}

absl::Status StoreMerger::AppendBlocks(const Sink& blocks, const std::function<void(uint64_t)>& progress) {
  constexpr uint64_t kProgressStep = 1 << 12;  // articles
  uint64_t done = 0;
  const auto append = [&](const StoreReader& store, const Block& block) -> absl::Status {
    const absl::StatusOr<std::string_view> bytes =
        block.whole() ? store.CompressedBlock(block.number) : Recompress(block);
    if (!bytes.ok()) return bytes.status();
    blocks(*bytes);
    const uint64_t before = done;
    done += block.articles;
    if (done / kProgressStep != before / kProgressStep) progress(done);
    return absl::OkStatus();
  };
  const absl::Status status = VisitBlocks(append, [] {});
  progress(done);
  return status;
}

}  // namespace unspin
