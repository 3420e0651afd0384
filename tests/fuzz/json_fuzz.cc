// Any bytes as a JSON file: whatever the sizes of the reads, the same records come; and objects give the same articles
// as lines, as a list and as a list in a wrapper.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "fuzz/require.h"
#include "support/slow_stream.h"
#include "unspin/inputs/input_formats.h"
#include "unspin/inputs/json_article.h"
#include "unspin/inputs/json_value_splitter.h"
#include "unspin/json/json_parser.h"
#include "unspin/records/line_splitter.h"
#include "unspin/records/record_block.h"
#include "unspin/records/split_source.h"

using unspin::fuzz::Require;

namespace {

using Records = std::vector<std::string>;

std::string Line(const unspin::Record& record, bool with_location) {
  if (const auto* bad = std::get_if<unspin::BadRecord>(&record)) {
    Require(!bad->message.empty(), "a bad record says what is wrong");
    return "bad " + (with_location ? bad->location + bad->message : std::string());
  }
  const auto& article = std::get<unspin::Article>(record);
  Require(!article.id.empty(), "an article has an id");
  for (size_t i = 1; i < article.steps.size(); ++i) {
    Require(article.steps[i - 1].text < article.steps[i].text, "offset steps ascend");
    Require(article.steps[i].text <= article.text.size(), "offset steps stay inside the text");
  }
  return article.id + "\n" + article.title + "\n" + article.url + "\n" + article.published + "\n" + article.text;
}

Records ReadOneByOne(unspin::RecordSource& source, bool with_location = true) {
  Records records;
  while (const std::optional<unspin::Record> record = source.Next()) records.push_back(Line(*record, with_location));
  return records;
}

Records ReadInBlocks(unspin::RecordSource& source) {
  Records records;
  unspin::RecordBlock block;
  unspin::RecordBlockParser parser;
  while (source.NextBlock(block)) {
    parser.Parse(block, [&](const unspin::Record& record) { records.push_back(Line(record, true)); });
  }
  return records;
}

std::unique_ptr<unspin::RecordSource> OpenFile(std::string_view bytes, size_t step,
                                               const unspin::ReaderOptions& options) {
  unspin::InputFile file;
  file.path = "input";
  file.bytes = std::make_unique<unspin::testing::SlowStream>(bytes, step);
  file.head = bytes.substr(0, 64 << 10);
  return unspin::InputFormatNamed("jsonl")->open(std::move(file), options);
}

template <typename Splitter, typename... Path>
Records ReadBy(const std::string& bytes, const unspin::ReaderOptions& options, Path... path) {
  auto splitter = std::make_unique<Splitter>(std::make_unique<unspin::testing::SlowStream>(bytes, bytes.size() + 1),
                                             options.max_article_bytes, std::move(path)...);
  const auto source = unspin::MakeSplitSource(
      "input", std::move(splitter), [&] { return std::make_unique<unspin::JsonArticleParser>("input", options); });
  return ReadOneByOne(*source, false);
}

// The lines of the input that are objects.
std::vector<std::string> Objects(std::string_view bytes) {
  constexpr size_t kMaxObjects = 20;
  std::vector<std::string> objects;
  unspin::JsonParser parser;
  while (!bytes.empty() && objects.size() < kMaxObjects) {
    const std::string line(bytes.substr(0, bytes.find('\n')));
    bytes.remove_prefix(std::min(line.size() + 1, bytes.size()));
    simdjson::dom::element root;
    if (line.starts_with('{') && !parser.Parse(line).get(root) && root.is_object()) objects.push_back(line);
  }
  return objects;
}

void CompareShapes(const std::vector<std::string>& objects, const unspin::ReaderOptions& options) {
  std::string lines, list;
  for (const std::string& object : objects) {
    lines += object + "\n";
    list += (list.empty() ? "" : ",\n") + object;
  }
  const Records expected = ReadBy<unspin::LineSplitter>(lines, options);
  Require(ReadBy<unspin::JsonValueSplitter>("[" + list + "]", options) == expected, "a list gives its elements");
  const std::string wrapper = R"({"n": [{"text": "x"}], "data": {"k": null, "items": [)" + list + R"(], "z": {}}})";
  const unspin::JsonRecordPath path = {{false, "data"}, {false, "items"}, {true, ""}};
  Require(ReadBy<unspin::JsonValueSplitter>(wrapper, options, path) == expected, "a wrapper gives its elements");
}

}  // namespace

// The first byte chooses options and sizes of reads.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  unspin::ReaderOptions options;
  if (data[0] & 1) options.fields.text = "body.text";
  if (data[0] & 2) options.text_is = unspin::TextIs::kHtml;
  if (data[0] & 4) options.max_article_bytes = 100;
  if (data[0] & 8) options.keep = {"a", "body.n", "version"};
  const size_t step = data[0] >> 4;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Records whole = ReadOneByOne(*OpenFile(bytes, size, options));
  Require(ReadOneByOne(*OpenFile(bytes, 1, options)) == whole, "reads of one byte give the same records");
  Require(ReadOneByOne(*OpenFile(bytes, step + 2, options)) == whole, "reads of any size give the same records");
  Require(ReadInBlocks(*OpenFile(bytes, step + 1, options)) == whole, "blocks give the same records");
  if (const std::vector<std::string> objects = Objects(bytes); !objects.empty()) CompareShapes(objects, options);
  return 0;
}
