// Any bytes as a WARC file, packed or not: the same records whether they come one by one or in blocks, and however the
// bytes come; places ascend inside of the file; each record is an article, is left out by a named kind, or is bad.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "fuzz/require.h"
#include "unspin/inputs/warc_article.h"
#include "unspin/inputs/warc_splitter.h"
#include "unspin/io/byte_stream.h"
#include "unspin/records/left_out_records.h"

using unspin::fuzz::Require;

namespace {

constexpr uint64_t kMaxBytes = 1 << 16;  // of a page: small, so that short inputs reach the limit

// Gives at most `step` bytes at a time.
class SteppedStream final : public unspin::ByteStream {
 public:
  SteppedStream(std::unique_ptr<unspin::ByteStream> bytes, size_t step) : bytes_(std::move(bytes)), step_(step) {}
  absl::StatusOr<size_t> Read(std::span<char> into) override {
    return bytes_->Read(into.subspan(0, std::min(into.size(), step_)));
  }
  Recovery Recover(std::string_view beginning) override { return bytes_->Recover(beginning); }
  uint64_t stored_bytes_read() const override { return bytes_->stored_bytes_read(); }

 private:
  const std::unique_ptr<unspin::ByteStream> bytes_;
  const size_t step_;
};

struct Found {
  uint64_t number = 0, offset = 0;
  std::string bytes;
  bool bad = false;
  friend bool operator==(const Found&, const Found&) = default;
};

unspin::WarcSplitter MakeSplitter(std::string_view bytes, size_t step) {
  auto stream = unspin::ByteStream::FromBytes(std::string(bytes), "input");
  Require(stream.ok(), "bytes in memory are a stream");
  return unspin::WarcSplitter(std::make_unique<SteppedStream>(*std::move(stream), step), kMaxBytes,
                              unspin::MayHoldPage);
}

Found Keep(const unspin::RawRecord& raw) {
  return {raw.number, raw.offset, std::string(raw.bytes), !raw.problem.empty()};
}

std::vector<Found> OneByOne(std::string_view bytes, size_t step) {
  auto splitter = MakeSplitter(bytes, step);
  std::vector<Found> found;
  for (unspin::RawRecord raw; splitter.Next(raw);) found.push_back(Keep(raw));
  return found;
}

std::vector<Found> InBlocks(std::string_view bytes, size_t step) {
  auto splitter = MakeSplitter(bytes, step);
  std::vector<Found> found;
  for (unspin::RawRecords block; splitter.NextBlock(block);) {
    Require(!block.records.empty(), "a block has records");
    for (const unspin::RawRecord& raw : block.records) found.push_back(Keep(raw));
  }
  return found;
}

void Parse(const std::vector<Found>& records) {
  unspin::ReaderOptions options;
  options.max_article_bytes = kMaxBytes;
  options.left_out = std::make_shared<unspin::LeftOutRecords>();
  unspin::WarcArticleParser parser("input", options);
  for (const Found& record : records) {
    if (record.bad) continue;
    unspin::RawRecord raw;
    raw.bytes = record.bytes;
    raw.number = record.number;
    const uint64_t left_out = options.left_out->total();
    const auto parsed = parser.Parse(raw);
    if (!parsed) {
      Require(options.left_out->total() == left_out + 1, "what is no article is counted");
    } else if (const auto* article = std::get_if<unspin::Article>(&*parsed)) {
      Require(!article->id.empty() && !article->text.empty(), "an article has an id and a text");
    } else {
      Require(!std::get<unspin::BadRecord>(*parsed).message.empty(), "a bad record says what is wrong");
    }
  }
}

}  // namespace

// The first byte chooses how the bytes come.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  constexpr size_t kSteps[] = {1, 7, 100, 5000, size_t{1} << 20};
  const size_t step = kSteps[data[0] % std::size(kSteps)];
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::vector<Found> whole = OneByOne(bytes, size_t{1} << 20);
  for (size_t i = 1; i < whole.size(); ++i) {
    Require(whole[i - 1].offset <= whole[i].offset, "places ascend");
    Require(whole[i - 1].number <= whole[i].number, "numbers ascend");
  }
  Require(OneByOne(bytes, step) == whole, "records do not depend on how the bytes come");
  Require(InBlocks(bytes, step) == whole, "blocks hold the same records");
  Parse(whole);
  return 0;
}
