// Bytes of one record → an article. The step that many threads do at once where a format allows it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/records/record.h"

namespace unspin {

// What stands around a record in its file and matters to it, as the splitter and the parser of a format know it.
struct RecordContext {
  virtual ~RecordContext() = default;
};

// One record whose end was found, and no more. Borrows its bytes; kPadding bytes behind them can be read.
struct RawRecord {
  static constexpr size_t kPadding = 64;

  std::string_view bytes;
  uint64_t number = 0;                           // in the file, from 1; in line formats the line, and blank lines count
  uint64_t offset = 0;                           // of the first byte in the file, decompressed and in UTF-8
  std::string problem;                           // not empty: why the bytes are not to be parsed
  std::shared_ptr<const RecordContext> context;  // shared by neighbours; null in formats that need none
};

// Raw records of one file, and the memory that they borrow from.
struct RawRecords {
  std::vector<RawRecord> records;
  std::unique_ptr<char[]> buffer;
  size_t capacity = 0;  // of buffer, without the padding behind it
};

// Parses records of one file. A record that by its kind is no article, such as a picture of a crawl, is passed over:
// ParseBytes counts it in ReaderOptions::left_out and returns nothing, as do the methods that call it. Keeps its
// buffers between records. Not safe to share between threads.
class RecordParser {
 public:
  // `path` names records without an id, and locations of bad records.
  explicit RecordParser(std::string path);
  virtual ~RecordParser();

  std::optional<Record> Parse(RawRecord& raw);
  // As Parse, where an article's text, id and date are enough. The result borrows from the parser and from `raw`; it is
  // valid until the next call.
  std::optional<TextRecord> ParseText(RawRecord& raw);

 protected:
  const std::string& path() const { return path_; }
  // The id of an article that brings none: "file.jsonl#17".
  std::string DefaultId(uint64_t number) const;
  BadRecord Bad(uint64_t number, std::string message) const;
  // The offset of the record that is parsed, as in RawRecord.
  uint64_t offset() const { return offset_; }
  // Likewise, its context.
  const std::shared_ptr<const RecordContext>& context() const { return context_; }

 private:
  virtual std::optional<Record> ParseBytes(std::string_view bytes, uint64_t number) = 0;
  // Unless overridden: a whole ParseBytes.
  virtual std::optional<TextRecord> ParseTextOfBytes(std::string_view bytes, uint64_t number);

  const std::string path_;
  uint64_t offset_ = 0;
  std::shared_ptr<const RecordContext> context_;  // likewise
  Article article_;                               // of the last ParseTextOfBytes
};

// Makes a parser for a thread. Shared by threads; safe to call from any of them.
using RecordParserFactory = std::function<std::unique_ptr<RecordParser>()>;

}  // namespace unspin
