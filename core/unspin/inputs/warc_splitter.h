// A stream of a WARC file → its records, each with its header; blocks of records that hold no page are not kept.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "unspin/inputs/warc_header.h"
#include "unspin/records/record_splitter.h"

namespace unspin {

// A record's bytes are its header and its block. A record that MayHoldPage denies is its header and the first bytes of
// its block at most, so that memory is flat whatever its length. A Content-Length that leads astray makes one bad
// record: reading goes on at the next place that begins a record. So does a damaged member of compressed data.
class WarcSplitter final : public RecordSplitter {
 public:
  // Bytes of a block that are enough to see that it is no page.
  static constexpr size_t kBlockSample = 64 << 10;
  // Whether a record may hold a page, judged by its header and the first bytes of its block, kBlockSample of them or
  // all.
  using MayHoldPage = bool (*)(const WarcHeader& header, std::string_view block);

  // A record of more than `max_bytes` that may hold a page becomes one with a problem.
  WarcSplitter(std::unique_ptr<ByteStream> stream, uint64_t max_bytes, MayHoldPage may_hold_page);

  bool has_blocks() const override { return true; }
  bool NextBlock(RawRecords& block) override;

 private:
  enum class State {
    kBetween,   // a record begins here, behind line ends
    kSkipping,  // in the block of a record that is not kept
    kLost,      // behind a bad record, on the way to the next place that begins one
  };
  enum class Taken {
    kRecord,  // `raw` is one
    kMore,    // more bytes must be held first, or the end be reached
    kEnd,     // there is nothing more
  };

  bool NextRecord(RawRecord& raw) override;
  // Holds more bytes: as many as the last call of TakeHeld needs, or some.
  void FillMore();
  // The next record as far as it is held. REQUIRES of a call after kMore: FillMore was called.
  Taken TakeHeld(RawRecord& raw);
  Taken TakeBetween(RawRecord& raw);
  Taken TakeWhole(const WarcHeader& header, size_t block_begin, bool keeps_block, RawRecord& raw);
  Taken TakeLong(const WarcHeader& header, size_t block_begin, bool may_hold_page, RawRecord& raw);
  Taken TakeSkipped(RawRecord& raw);
  Taken FindNext(RawRecord& raw);
  // Makes a bad record of the one that begins here, and looks for the next one behind its first bytes.
  Taken Lose(std::string problem, size_t behind, RawRecord& raw);
  // As Lose, where the stream ends or breaks off inside of the record.
  Taken LoseRest(RawRecord& raw);
  // Makes a bad record of the one whose block is skipped.
  Taken LoseSkipped(std::string problem, RawRecord& raw);
  // The message of the stream's failure. Afterwards the stream goes on behind it where it can.
  struct Failure {
    std::string message;
    bool tail_damaged;  // as in ByteStream::Recovery
  };
  Failure PassFailure();
  void Number(RawRecord& raw);
  void Consume(size_t size);
  // Gives the bytes of the records, which begin at `begin`, memory of their own in `block`.
  void CopyOut(const char* begin, size_t size, RawRecords& block);

  const MayHoldPage may_hold_page_;
  State state_ = State::kBetween;
  uint64_t offset_ = 0;  // of the first byte held, in the decompressed file
  uint64_t skip_ = 0;    // bytes of the block that are skipped
  uint64_t skipped_length_ = 0;
  bool skips_records_ = false;  // the block that is skipped holds WARC records of its own
  uint64_t number_ = 0;         // of the last record
  uint64_t record_offset_ = 0;  // of the last record
  std::string too_long_;        // why the record that is skipped is a bad one; empty: it is none
  std::string problem_;         // of bytes between two members, to be reported next
  size_t needed_ = 0;           // bytes that must be held before it is worth to look at them again
  bool over_ = false;           // the stream failed, and cannot go on
};

}  // namespace unspin
