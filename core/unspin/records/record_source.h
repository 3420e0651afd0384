// The records of one file, whatever its format: the interface that every input format implements.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "unspin/records/record.h"
#include "unspin/records/record_block.h"

namespace unspin {

// Not safe to share between threads.
class RecordSource {
 public:
  virtual ~RecordSource() = default;

  // The next record, or nothing at the end. A file that breaks off ends with a bad record.
  virtual std::optional<Record> Next() = 0;

  // Adds the next records to `block`: parsed ones, or, in a format whose records many threads can parse, raw ones with
  // their parser. Returns false, and adds nothing, at the end. Unless overridden: adds one parsed record.
  // REQUIRES: the block is not full.
  virtual bool NextBlock(RecordBlock& block);

  // Bytes taken from the file so far, as stored (compressed).
  virtual uint64_t stored_bytes_read() const = 0;
};

// A source of one record. `stored_bytes` were read for it.
std::unique_ptr<RecordSource> MakeSingleRecordSource(Record record, uint64_t stored_bytes);

}  // namespace unspin
