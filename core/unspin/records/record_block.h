// Records on their way from an input to the threads that parse them.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "unspin/records/record.h"
#include "unspin/records/record_parser.h"

namespace unspin {

// Makes records, once, in whatever thread: for formats whose parts can be read apart, such as row groups of a table.
class RecordSupplier {
 public:
  virtual ~RecordSupplier() = default;
  // Passes the records to `take`, in order.
  virtual void Supply(const std::function<void(Record)>& take) = 0;
  // As Supply, where an article's text, id and date are enough. What `take` is given is valid during the call.
  virtual void SupplyTexts(const std::function<void(TextRecord)>& take) = 0;
};

// In the order of the input: parsed records of any number of files, then raw records of one file or a supplier.
struct RecordBlock {
  std::vector<Record> parsed;
  size_t parsed_bytes = 0;  // memory of `parsed`, about
  RawRecords raw;
  std::shared_ptr<const RecordParserFactory> raw_parser;  // for `raw`; null: there are no raw records
  std::unique_ptr<RecordSupplier> supplier;               // null: there is none

  // Records in it. Those of a supplier are not known yet, and count as one.
  size_t size() const { return parsed.size() + (raw_parser ? raw.records.size() : 0) + (supplier ? 1 : 0); }
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
