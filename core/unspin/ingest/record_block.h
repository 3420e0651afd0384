// Records on their way from an input to the threads that parse them.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "unspin/ingest/record.h"
#include "unspin/ingest/record_parser.h"

namespace unspin {

// In the order of the input: parsed records of any number of files, then raw records of one file.
struct RecordBlock {
  std::vector<Record> parsed;
  size_t parsed_bytes = 0;  // memory of `parsed`, about
  RawRecords raw;
  std::shared_ptr<const RecordParserFactory> raw_parser;  // for `raw`; null: there are no raw records

  size_t size() const { return parsed.size() + (raw_parser ? raw.records.size() : 0); }
  // Whether it holds enough for one step of a thread.
  bool full() const;
  void Add(Record record);
  // Removes all records. Keeps the memory.
  void Clear();
};

// Parses blocks. One per thread.
class RecordBlockParser {
 public:
  // Passes the records of a block to `take`, in order, and clears the block.
  void Parse(RecordBlock& block, const std::function<void(Record)>& take);
  // As Parse, where an article's text, id and date are enough. What `take` is given is valid during the call.
  void ParseTexts(RecordBlock& block, const std::function<void(TextRecord)>& take);

 private:
  // The parser of the block's raw records.
  RecordParser& ParserFor(const RecordBlock& block);

  std::shared_ptr<const RecordParserFactory> factory_;
  std::unique_ptr<RecordParser> parser_;  // made by factory_
};

}  // namespace unspin
