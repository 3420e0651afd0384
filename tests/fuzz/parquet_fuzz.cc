// Any bytes as a Parquet file: records whose numbers ascend, the same one by one and in blocks, in bounded time and
// memory.
//
// Only this side is instrumented, Arrow is not: a run begins best with small files of many kinds (a folder as
// argument).
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "fuzz/require.h"
#include "unspin/ingest/open_source.h"
#include "unspin/inputs/input_formats.h"
#include "unspin/inputs/load_parquet.h"
#include "unspin/records/record_block.h"
#include "unspin/records/record_source.h"

using unspin::fuzz::Require;

namespace {

std::unique_ptr<unspin::RecordSource> Open(std::string_view bytes, const unspin::ReaderOptions& options) {
  auto stream = unspin::ByteStream::FromBytes(std::string(bytes), "input");
  Require(stream.ok(), "bytes can be opened");
  return unspin::OpenRecordSource(*std::move(stream), "input", std::nullopt, options);
}

std::string Line(std::string_view id, std::string_view text) { return std::string(id) + ": " + std::string(text); }
std::string Line(const unspin::BadRecord& bad) {
  Require(!bad.message.empty(), "a bad record says what is wrong");
  return bad.location + ": " + bad.message;
}

std::vector<std::string> OneByOne(std::string_view bytes, const unspin::ReaderOptions& options) {
  const auto source = Open(bytes, options);
  std::vector<std::string> lines;
  uint64_t last = 0;
  while (const auto record = source->Next()) {
    if (const auto* article = std::get_if<unspin::Article>(&*record)) {
      Require(article->record > last, "the numbers of records ascend");
      last = *article->record;
      lines.push_back(Line(article->id, article->text));
    } else {
      lines.push_back(Line(std::get<unspin::BadRecord>(*record)));
    }
  }
  return lines;
}

std::vector<std::string> InBlocks(std::string_view bytes, const unspin::ReaderOptions& options) {
  const auto source = Open(bytes, options);
  std::vector<std::string> lines;
  unspin::RecordBlockParser parser;
  for (unspin::RecordBlock block; source->NextBlock(block);) {
    parser.Parse(block, [&](const unspin::Record& record) {
      const auto* article = std::get_if<unspin::Article>(&record);
      lines.push_back(article ? Line(article->id, article->text) : Line(std::get<unspin::BadRecord>(record)));
    });
  }
  return lines;
}

// The bytes with the marks of the format and a possible size of the footer, without which nothing else is looked at.
std::string Framed(std::string_view bytes) {
  constexpr std::string_view kMark = "PAR1";
  std::string framed(bytes);
  const size_t frame = 2 * kMark.size() + sizeof(uint32_t);
  if (framed.size() < frame) return framed;
  kMark.copy(framed.data(), kMark.size());
  char* const end = framed.data() + framed.size();
  kMark.copy(end - kMark.size(), kMark.size());
  uint32_t footer = 0;
  std::memcpy(&footer, end - kMark.size() - sizeof footer, sizeof footer);
  footer = static_cast<uint32_t>(footer % (framed.size() - frame + 1));
  std::memcpy(end - kMark.size() - sizeof footer, &footer, sizeof footer);
  return framed;
}

}  // namespace

// The module is loaded before libFuzzer counts what is instrumented.
extern "C" int LLVMFuzzerInitialize(int*, char***) {
  Require(unspin::WhyNoParquet().empty(), "Arrow is there");
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  unspin::ReaderOptions options;
  options.format = unspin::InputFormatNamed("parquet");
  options.text_is = unspin::TextIs::kPlain;  // page_fuzz.cc looks at markup
  options.keep = {"site", "tags", "n"};
  const std::string bytes = Framed({reinterpret_cast<const char*>(data), size});
  if (bytes.empty() || !unspin::CompressionOf(bytes).empty()) return 0;
  Require(OneByOne(bytes, options) == InBlocks(bytes, options), "records do not depend on how they are read");
  return 0;
}
