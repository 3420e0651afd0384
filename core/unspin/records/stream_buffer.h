// A window on a byte stream: the bytes that were read and not consumed yet, contiguous, in memory that grows as needed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "unspin/io/byte_stream.h"

namespace unspin {

// Not safe to share between threads.
class StreamBuffer {
 public:
  // Bytes asked of the stream at once: enough that the calls cost little, and few enough that they are still in the
  // second-level cache when they are parsed.
  static constexpr size_t kChunk = 256 << 10;

  explicit StreamBuffer(std::unique_ptr<ByteStream> stream);

  // The bytes held. RawRecord::kPadding bytes behind them can be read. Valid until the next Fill or Exchange; bytes
  // that were consumed are valid as long.
  std::string_view held() const { return {buffer_.get() + begin_, end_ - begin_}; }
  // The offset of the first byte held in the stream.
  uint64_t offset() const { return consumed_; }
  // Lets go of the first bytes. REQUIRES: size <= held().size().
  void Consume(size_t size);
  // Lets go of all bytes.
  void ConsumeAll() { Consume(end_ - begin_); }
  // Consumes the UTF-8 byte order mark at the start of the stream, if there is one.
  void SkipByteOrderMark();

  // Reads more bytes behind those held. Returns false at the end of the stream, which an error is too.
  bool Fill();
  bool at_end() const { return at_end_; }
  // Ends the stream here: nothing more is read.
  void Stop();
  // Moves the held bytes to the memory given, which becomes the buffer, and gives back the memory used so far, with
  // the bytes that were consumed. `capacity` is that of `memory`; memory that is too small is replaced.
  void Exchange(std::unique_ptr<char[]>& memory, size_t& capacity);

  // After the stream failed: as ByteStream::Recover. The bytes held stay in front of those of the member found.
  ByteStream::Recovery Recover(std::string_view beginning);

  // The message of the stream's error; empty where there was none.
  const std::string& failure() const { return failure_; }

  uint64_t stored_bytes_read() const { return stream_->stored_bytes_read(); }

 private:
  // Moves the held bytes to new memory.
  void Grow(size_t capacity);

  std::unique_ptr<ByteStream> stream_;
  std::unique_ptr<char[]> buffer_;
  size_t capacity_ = 0;  // of buffer_, without the padding behind it
  size_t begin_ = 0;     // held() is [begin_, end_) of buffer_
  size_t end_ = 0;
  uint64_t consumed_ = 0;  // bytes before held(), of the stream
  bool at_end_ = false;
  std::string failure_;
};

}  // namespace unspin
