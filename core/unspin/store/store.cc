#include "unspin/store/store.h"

#include <zstd.h>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "unspin/base/bytes.h"
#include "unspin/base/hash.h"
#include "unspin/base/strings.h"
#include "unspin/base/varint.h"

namespace unspin {
namespace {

constexpr size_t kBlockSize = size_t{4} << 10;   // an article of news: one question reads little beside it
constexpr size_t kLoadSize = size_t{256} << 10;  // a millisecond's work
constexpr uint64_t kMaxBlockBytes = std::numeric_limits<uint32_t>::max();
constexpr uint64_t kMaxSteps = std::numeric_limits<uint32_t>::max();

void AppendText(std::string& out, std::string_view text) {
  AppendVarint(out, text.size());
  out.append(text);
}

// Steps run forward in most articles: differences are small.
void AppendSteps(std::string& out, const std::vector<OffsetStep>& steps) {
  AppendVarint(out, steps.size());
  OffsetStep previous;
  for (const OffsetStep& step : steps) {
    AppendVarint(out, ZigZag(int64_t{step.text} - previous.text));
    AppendVarint(out, ZigZag(int64_t{step.record} - previous.record));
    AppendVarint(out, ZigZag(int64_t{step.codepoint} - previous.codepoint));
    AppendVarint(out, ZigZag(int64_t{step.utf16} - previous.utf16));
    previous = step;
  }
}

void AppendArticle(std::string& out, const Article& article, uint32_t version, std::string_view sha256) {
  AppendVarint(out, version);
  AppendVarint(out, article.record.has_value() ? 1 : 0);
  AppendVarint(out, article.record.value_or(0));
  for (const std::string_view text :
       std::array<std::string_view, 9>{article.id, sha256, article.title, article.url, article.site, article.published,
                                       article.fetched, article.path, article.text}) {
    AppendText(out, text);
  }
  AppendSteps(out, article.steps);
}

// Reads what AppendArticle wrote. After the first thing out of bounds, `ok` is false and stays so.
class ArticleDecoder {
 public:
  explicit ArticleDecoder(std::string_view bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  std::optional<StoredArticle> Read() {
    StoredArticle stored;
    Article& article = stored.article;
    stored.version = Number32();
    const bool has_record = Number() != 0;
    const uint64_t record = Number();
    if (has_record) article.record = record;
    for (std::string* text : {&article.id, &stored.sha256, &article.title, &article.url, &article.site,
                              &article.published, &article.fetched, &article.path, &article.text}) {
      text->assign(Text());
    }
    ReadSteps(article.steps);
    if (!ok_) return std::nullopt;
    return stored;
  }

 private:
  uint64_t Number() {
    uint64_t number = 0;
    const char* next = ok_ ? ReadVarint(at_, end_, number) : nullptr;
    if (next == nullptr) {
      ok_ = false;
      return 0;
    }
    at_ = next;
    return number;
  }

  uint32_t Number32() {
    const uint64_t number = Number();
    if (number > std::numeric_limits<uint32_t>::max()) ok_ = false;
    return static_cast<uint32_t>(number);
  }

  std::string_view Text() {
    const uint64_t size = Number();
    if (!ok_ || size > static_cast<uint64_t>(end_ - at_)) {
      ok_ = false;
      return {};
    }
    const std::string_view text(at_, size);
    at_ += size;
    return text;
  }

  void ReadSteps(std::vector<OffsetStep>& steps) {
    const uint64_t count = Number();
    if (!ok_ || count > static_cast<uint64_t>(end_ - at_) / 4) {  // each step takes four bytes or more
      ok_ = ok_ && count == 0;
      return;
    }
    steps.reserve(count);
    OffsetStep step;
    for (uint64_t i = 0; i < count && ok_; ++i) {
      for (uint32_t* field : {&step.text, &step.record, &step.codepoint, &step.utf16}) {
        *field = static_cast<uint32_t>(uint64_t{*field} + static_cast<uint64_t>(UnZigZag(Number())));
      }
      steps.push_back(step);
    }
  }

  const char* at_;
  const char* end_;
  bool ok_ = true;
};

absl::Status BlockError(uint32_t block, const std::string& what) {
  return absl::DataLossError("block " + std::to_string(block) + " " + what);
}

absl::Status ArticleError(uint32_t article, const std::string& what) {
  return absl::DataLossError("article " + std::to_string(article) + ": " + what);
}

}  // namespace

absl::Status StoreBuilder::Add(const Article& article, uint32_t version, std::string_view sha256) {
  if (article.steps.size() > kMaxSteps) return absl::InvalidArgumentError("article with too many steps");
  std::string& content = open_->content;
  const size_t begin = content.size();
  AppendArticle(content, article, version, sha256);
  const bool opens = open_->blocks.empty() || open_->blocks.back().row.content_size > 0;
  const size_t block_begin = opens ? begin : open_->blocks.back().begin;
  const size_t block_size = content.size() - block_begin;
  if (block_size > kMaxBlockBytes) {
    content.resize(begin);
    return absl::InvalidArgumentError("article too large: it takes more than 4 GiB");
  }
  if (opens) open_->blocks.push_back({begin, {}, {}});
  open_->blocks.back().article_offsets.push_back(static_cast<uint32_t>(begin - block_begin));
  ++articles_;
  if (block_size < kBlockSize) return absl::OkStatus();
  open_->blocks.back().row.content_size = static_cast<uint32_t>(block_size);
  if (content.size() >= kLoadSize) SendLoad();
  return absl::OkStatus();
}

std::shared_ptr<StoreBuilder::Load> StoreBuilder::NewLoad() {
  auto load = std::make_shared<Load>();
  load->content.reserve(kLoadSize + kLoadSize / 8);  // most articles that close it fit
  return load;
}

void StoreBuilder::SendLoad() {
  const std::shared_ptr<Load> load = std::exchange(open_, NewLoad());
  loads_.push_back(load);
  if (tasks_ == nullptr) {
    Compress(*load);
  } else {
    load->task = tasks_->Submit([load] { Compress(*load); });
  }
}

void StoreBuilder::Compress(Load& load) {
  thread_local BlockCompressor compressor;
  thread_local std::string compressed;
  compressed.clear();
  for (Block& block : load.blocks) {
    const size_t begin = compressed.size();
    const std::string_view content = std::string_view(load.content).substr(block.begin, block.row.content_size);
    load.status = compressor.Append(content, compressed);
    if (!load.status.ok()) return;
    block.row.size = static_cast<uint32_t>(compressed.size() - begin);
    block.row.checksum = Hash64(std::string_view(compressed).substr(begin));
  }
  load.compressed = compressed;
  std::string().swap(load.content);  // an empty one moved or assigned to it would leave it its memory
}

absl::StatusOr<std::vector<std::string_view>> StoreBuilder::Build() {
  if (!open_->blocks.empty()) {
    Block& last = open_->blocks.back();
    last.row.content_size = static_cast<uint32_t>(open_->content.size() - last.begin);
    SendLoad();
  }
  std::vector<std::string_view> pieces(3);
  for (const std::shared_ptr<Load>& load : loads_) {
    if (load->task != nullptr) tasks_->Wait(load->task);
    if (!load->status.ok()) return load->status;
    for (const Block& block : load->blocks) {
      for (const uint32_t offset : block.article_offsets) tables_.AddArticle(offset);
      tables_.CloseBlock(block.row);
    }
    pieces.push_back(load->compressed);
  }
  header_ = tables_.Header();
  pieces[0] = header_;
  pieces[1] = tables_.block_table();
  pieces[2] = tables_.article_table();
  return pieces;
}

absl::StatusOr<StoreReader> StoreReader::Open(std::string_view bytes) {
  ByteReader header(bytes.substr(0, std::min(bytes.size(), kStoreHeaderSize)));
  StoreReader view;
  view.articles_ = header.Read<uint32_t>().value_or(0);
  view.blocks_ = header.Read<uint32_t>().value_or(0);
  const uint64_t checksum = header.Read<uint64_t>().value_or(0);
  const std::optional<uint64_t> block_bytes = header.Read<uint64_t>();
  if (!block_bytes) return absl::DataLossError("store: cut off in its header");
  std::string_view rest = bytes.substr(kStoreHeaderSize);
  const uint64_t table_bytes = uint64_t{view.blocks_} * kBlockRowSize + uint64_t{view.articles_} * kArticleRowSize;
  if (table_bytes > rest.size() || rest.size() - table_bytes != *block_bytes) {
    return absl::DataLossError("store: its length does not fit its header");
  }
  view.block_table_ = rest.substr(0, view.blocks_ * kBlockRowSize);
  view.article_table_ = rest.substr(view.block_table_.size(), view.articles_ * kArticleRowSize);
  view.compressed_ = rest.substr(table_bytes);
  if (checksum !=
      StoreTables::Checksum(view.articles_, view.blocks_, *block_bytes, view.block_table_, view.article_table_)) {
    return absl::DataLossError("store: its tables are damaged (their checksum differs)");
  }
  return view;
}

BlockRow StoreReader::BlockRowOf(uint32_t block) const {
  ByteReader row(block_table_.substr(block * kBlockRowSize, kBlockRowSize));
  BlockRow read;
  read.offset = row.Read<uint64_t>().value_or(0);
  read.size = row.Read<uint32_t>().value_or(0);
  read.content_size = row.Read<uint32_t>().value_or(0);
  read.checksum = row.Read<uint64_t>().value_or(0);
  return read;
}

ArticleRow StoreReader::RowOf(uint32_t article) const {
  ByteReader row(article_table_.substr(size_t{article} * kArticleRowSize, kArticleRowSize));
  ArticleRow read;
  read.block = row.Read<uint32_t>().value_or(0);
  read.offset = row.Read<uint32_t>().value_or(0);
  return read;
}

absl::StatusOr<std::string_view> StoreReader::CompressedBlock(uint32_t block) const {
  if (block >= blocks_) return BlockError(block, "does not exist");
  const BlockRow row = BlockRowOf(block);
  if (row.offset > compressed_.size() || row.size > compressed_.size() - row.offset)
    return BlockError(block, "is out of bounds");
  const std::string_view compressed = compressed_.substr(row.offset, row.size);
  if (Hash64(compressed) != row.checksum) return BlockError(block, "is damaged (its checksum differs)");
  return compressed;
}

absl::Status StoreReader::ReadBlock(uint32_t block, LastBlock& last) const {
  if (block >= blocks_) return BlockError(block, "does not exist");
  const BlockRow row = BlockRowOf(block);
  const uint64_t size = row.size, content_size = row.content_size;
  if (last.filled_ && last.checksum_ == row.checksum && last.bytes_.size() == content_size) return absl::OkStatus();
  last.filled_ = false;
  const absl::StatusOr<std::string_view> checked = CompressedBlock(block);
  if (!checked.ok()) return checked.status();
  const std::string_view compressed = *checked;
  // Inside a zstd frame no four bytes stand for more than 128 KiB, so a false size cannot make us ask for more memory.
  if (content_size > (size / 4 + 1) << 17 ||
      ZSTD_getFrameContentSize(compressed.data(), compressed.size()) != content_size) {
    return BlockError(block, "claims a false size");
  }
  if (last.context_ == nullptr) return absl::ResourceExhaustedError("no memory to decompress a block");
  last.bytes_.resize(content_size);
  const size_t written = ZSTD_decompressDCtx(last.context_.get(), last.bytes_.data(), last.bytes_.size(),
                                             compressed.data(), compressed.size());
  if (ZSTD_isError(written) || written != content_size) return BlockError(block, "cannot be decompressed");
  last.filled_ = true;
  last.checksum_ = row.checksum;
  return absl::OkStatus();
}

StoreReader::Place StoreReader::PlaceOf(uint32_t article) const {
  const auto [block, offset] = RowOf(article);
  const BlockRow row = block < blocks_ ? BlockRowOf(block) : BlockRow{};
  return {row.checksum, uint64_t{row.content_size} << 32 | offset};
}

std::string_view StoreReader::BytesOf(uint32_t article) const {
  if (article >= articles_) return {};
  const uint32_t block = RowOf(article).block;
  if (block >= blocks_) return {};
  const BlockRow row = BlockRowOf(block);
  return row.offset > compressed_.size() ? std::string_view() : compressed_.substr(row.offset, row.size);
}

void StoreReader::LastBlock::FreeContext::operator()(ZSTD_DCtx_s* context) const { ZSTD_freeDCtx(context); }
StoreReader::LastBlock::LastBlock() : context_(ZSTD_createDCtx()) {}
StoreReader::LastBlock::~LastBlock() = default;

absl::StatusOr<StoredArticle> StoreReader::Fetch(uint32_t article) const {
  LastBlock last;
  return Fetch(article, last);
}

absl::StatusOr<StoredArticle> StoreReader::Fetch(uint32_t article, LastBlock& last) const {
  if (article >= articles_) {
    return absl::OutOfRangeError("article " + std::to_string(article) + ": the store holds " +
                                 std::to_string(articles_));
  }
  const auto [block, offset] = RowOf(article);
  if (const absl::Status status = ReadBlock(block, last); !status.ok())
    return ArticleError(article, std::string(StdView(status.message())));
  if (offset >= last.bytes_.size()) return ArticleError(article, "begins outside of its block");
  std::optional<StoredArticle> stored = ArticleDecoder(std::string_view(last.bytes_).substr(offset)).Read();
  if (!stored) return ArticleError(article, "runs over the end of its block");
  return *std::move(stored);
}

}  // namespace unspin
