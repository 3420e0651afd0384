// A stream of JSON objects → articles and bad records.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "unspin/ingest/reader.h"
#include "unspin/ingest/record_block.h"
#include "unspin/ingest/split_records.h"
#include "unspin/io/decompress.h"

namespace unspin {

class JsonArticleParser;

class JsonRecords {
 public:
  JsonRecords(std::unique_ptr<ByteStream> stream, std::string path, RecordSplitter::Layout layout,
              const ReaderOptions& options);
  ~JsonRecords();

  // The next record, or nothing at the end. A stream that fails ends with a bad record.
  std::optional<Record> Next();

  bool has_lines() const { return splitter_.layout() == RecordSplitter::Layout::kLines; }
  // The next records unparsed, as lines of the block. False at the end. REQUIRES: has_lines().
  bool NextLines(RecordBlock& block);

  uint64_t stored_bytes_read() const { return splitter_.stored_bytes_read(); }

 private:
  RecordSplitter splitter_;
  std::shared_ptr<const std::string> path_;
  std::unique_ptr<JsonArticleParser> parser_;
};

}  // namespace unspin
