#include "unspin/records/record_splitter.h"

#include <cassert>
#include <string_view>
#include <utility>

#include "unspin/base/strings.h"

namespace unspin {
namespace {

// Short records may grow when they are parsed, so their number in a block is bounded too.
constexpr size_t kMaxBlockRecords = 1024;

}  // namespace

RecordSplitter::RecordSplitter(std::unique_ptr<ByteStream> stream, uint64_t max_bytes)
    : buffer_(std::move(stream)), max_bytes_(max_bytes) {}

RecordSplitter::~RecordSplitter() = default;

bool RecordSplitter::Next(RawRecord& raw) {
  raw = RawRecord();
  Start();
  if (NextRecord(raw)) return true;
  if (failure_reported_ || buffer_.failure().empty()) return false;
  failure_reported_ = true;
  raw.number = Count();
  raw.problem = buffer_.failure();
  return true;
}

bool RecordSplitter::NextBlock(RawRecords&) {
  assert(has_blocks());
  return false;
}

bool RecordSplitter::TakeBlock(RawRecords& block, const std::function<bool(RawRecord&)>& take_held) {
  block.records.clear();
  Start();
  while (buffer_.held().size() < StreamBuffer::kChunk && buffer_.Fill()) {
  }
  for (RawRecord raw; block.records.size() < kMaxBlockRecords && take_held(raw); raw = {})
    block.records.push_back(std::move(raw));
  if (block.records.empty()) {
    // A record that is longer than the buffer, the last record, or the end.
    RawRecord raw;
    if (!Next(raw)) return false;
    block.records.push_back(std::move(raw));
  }
  // The buffer goes with its records. The held start of the next record moves to the block's old buffer.
  buffer_.Exchange(block.buffer, block.capacity);
  return true;
}

void RecordSplitter::Start() {
  if (!started_) buffer_.SkipByteOrderMark();
  started_ = true;
}

std::string RecordSplitter::TooLarge() const {
  return "the record is larger than " + std::to_string(max_bytes_) +
         " bytes, the most that is read; split it up or raise the limit";
}

bool RecordSplitter::TakeRest(RawRecord& raw) {
  const std::string_view rest = buffer_.held();
  raw.offset = buffer_.offset();
  buffer_.ConsumeAll();
  if (IsWhiteSpace(rest)) return false;
  raw.number = Count();
  if (!buffer_.failure().empty()) {
    // The stream broke off inside this record: one bad record reports both.
    raw.problem = buffer_.failure();
    failure_reported_ = true;
  } else if (rest.size() > max_bytes_) {
    raw.problem = TooLarge();
  } else {
    raw.bytes = rest;
  }
  return true;
}

}  // namespace unspin
