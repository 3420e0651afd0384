// A stream of bytes → the bytes of one record each: the common part of the splitters of all formats.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "unspin/records/record_parser.h"
#include "unspin/records/stream_buffer.h"

namespace unspin {

// Its buffer holds little more than the longest record. Not safe to share between threads.
class RecordSplitter {
 public:
  // A record of more than `max_bytes` becomes one with a problem.
  RecordSplitter(std::unique_ptr<ByteStream> stream, uint64_t max_bytes);
  virtual ~RecordSplitter();

  // The next record; it borrows from the splitter until the next call. Returns false at the end. A stream that breaks
  // off ends with a record whose problem says why.
  bool Next(RawRecord& raw);

  // Whether NextBlock can be called.
  virtual bool has_blocks() const { return false; }
  // The next records, some hundred kilobytes of them or one, in memory of their own; the memory of `block` is reused.
  // Returns false at the end. REQUIRES: has_blocks().
  virtual bool NextBlock(RawRecords& block);

  uint64_t stored_bytes_read() const { return buffer_.stored_bytes_read(); }

 protected:
  StreamBuffer& buffer() { return buffer_; }
  uint64_t max_bytes() const { return max_bytes_; }
  // Skips the byte order mark at the first call.
  void Start();
  // Counts a record. Returns its number, from 1.
  uint64_t Count() { return ++number_; }
  std::string TooLarge() const;
  // NextBlock of splitters that find records in what is held. `take_held` takes the next record whose end is held, or
  // returns false; it does not fill the buffer.
  bool TakeBlock(RawRecords& block, const std::function<bool(RawRecord&)>& take_held);
  // The message of the stream's failure, which the caller reports: Next will not.
  const std::string& TakeFailure() {
    failure_reported_ = true;
    return buffer_.failure();
  }
  // Takes what is held at the end of the stream as the last record. Returns false if that is only white space.
  bool TakeRest(RawRecord& raw);

 private:
  // As Next, without the record that reports a failure of the stream. Such a failure ends it, like the end.
  virtual bool NextRecord(RawRecord& raw) = 0;

  StreamBuffer buffer_;
  const uint64_t max_bytes_;
  uint64_t number_ = 0;
  bool started_ = false;
  bool failure_reported_ = false;
};

}  // namespace unspin
