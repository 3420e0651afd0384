// Any bytes as news in XML: the splitter finds the same records whatever the sizes of reads, none of them overlap, and
// every record becomes an article, a bad record or one that is counted.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "fuzz/require.h"
#include "unspin/charset/charset.h"
#include "unspin/ingest/reader.h"
#include "unspin/inputs/xml_article.h"
#include "unspin/inputs/xml_kind.h"
#include "unspin/inputs/xml_splitter.h"
#include "unspin/records/left_out_records.h"

#include "support/slow_stream.h"

using unspin::fuzz::Require;

namespace {

struct Found {
  std::string bytes, problem;
  uint64_t offset = 0;
  friend bool operator==(const Found&, const Found&) = default;
};

constexpr uint64_t kMaxBytes = 1 << 20;

// The records of all reads of `step` bytes; each goes through a parser of its own thread's kind.
std::vector<Found> Split(std::string_view bytes, size_t step, unspin::RecordParser* parser) {
  unspin::XmlSplitter splitter(std::make_unique<unspin::testing::SlowStream>(bytes, step), kMaxBytes);
  std::vector<Found> found;
  uint64_t end = 0;
  for (unspin::RawRecord raw; splitter.Next(raw);) {
    Require(raw.number == found.size() + 1, "records are numbered");
    Require(raw.offset >= end && raw.offset + raw.bytes.size() <= bytes.size(), "records follow each other");
    Require(bytes.substr(raw.offset, raw.bytes.size()) == raw.bytes, "a record is where its offset says");
    end = raw.offset + raw.bytes.size();
    found.push_back({std::string(raw.bytes), raw.problem, raw.offset});
    if (parser == nullptr) continue;
    const auto record = parser->Parse(raw);
    if (!record) continue;
    if (const auto* article = std::get_if<unspin::Article>(&*record)) {
      Require(!article->id.empty() && !article->text.empty(), "an article has an id and a text");
      Require(unspin::IsValidUtf8(article->text), "a text is UTF-8");
    } else {
      Require(!std::get<unspin::BadRecord>(*record).message.empty(), "a bad record says what is wrong");
    }
  }
  return found;
}

std::vector<Found> SplitInBlocks(std::string_view bytes, size_t step) {
  unspin::XmlSplitter splitter(std::make_unique<unspin::testing::SlowStream>(bytes, step), kMaxBytes);
  std::vector<Found> found;
  for (unspin::RawRecords block; splitter.NextBlock(block);) {
    for (const unspin::RawRecord& raw : block.records)
      found.push_back({std::string(raw.bytes), raw.problem, raw.offset});
  }
  return found;
}

}  // namespace

// The first byte is the size of reads.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const size_t step = size_t{data[0]} + 1;
  unspin::FindXmlKind(bytes);
  unspin::ReaderOptions options;
  options.left_out = std::make_shared<unspin::LeftOutRecords>();
  unspin::XmlArticleParser parser("input", options, nullptr, "");
  const std::vector<Found> whole = Split(bytes, bytes.size() + 1, &parser);
  Require(Split(bytes, step, nullptr) == whole, "the sizes of reads do not matter");
  Require(SplitInBlocks(bytes, step) == whole, "blocks hold the same records");
  return 0;
}
