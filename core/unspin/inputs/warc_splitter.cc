#include "unspin/inputs/warc_splitter.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

#include "unspin/article/ascii.h"
#include "unspin/records/header_fields.h"

namespace unspin {
namespace {

// A shorter record is held whole, whatever it is: then its end can be checked before anything of it is let go.
constexpr uint64_t kShort = 1 << 20;
// Records of a block are as many as are held, or this number.
constexpr size_t kMaxBlockRecords = 1024;
constexpr std::string_view kBeginning = "WARC/";
constexpr std::string_view kNoRecord =
    "no record of a WARC begins where one should; the next one is looked for: take out what stands here or, if this is "
    "no WARC, rename the file or name its format (--format text)";
constexpr std::string_view kWhatToDo = "; correct it or leave the record out";
constexpr std::string_view kCutOff = "the file ends inside of the record; it may be cut off: copy it again";

size_t SkipLineEnds(std::string_view bytes, size_t at) {
  while (at < bytes.size() && (bytes[at] == '\r' || bytes[at] == '\n')) ++at;
  return at;
}

// Whether the blank line that ends each block is here.
bool HasBlankLine(std::string_view bytes) { return bytes.starts_with("\r\n\r\n") || bytes.starts_with("\n\n"); }

// Records of these kinds never hold a page.
bool IsKindOfPages(const WarcHeader& header) {
  return header.type == "response" || header.type == "resource" || header.type == "conversion";
}

std::string WrongLength(uint64_t length, std::string_view what) {
  return "its Content-Length of " + std::to_string(length) + " " + std::string(what) + std::string(kWhatToDo);
}

}  // namespace

WarcSplitter::WarcSplitter(std::unique_ptr<ByteStream> stream, uint64_t max_bytes, MayHoldPage may_hold_page)
    : RecordSplitter(std::move(stream), max_bytes), may_hold_page_(may_hold_page) {}

void WarcSplitter::Consume(size_t size) {
  buffer().Consume(size);
  offset_ += size;
}

void WarcSplitter::Number(RawRecord& raw) {
  number_ = raw.number = Count();
  record_offset_ = raw.offset = offset_;
}

WarcSplitter::Failure WarcSplitter::PassFailure() {
  Failure failure{TakeFailure(), true};
  const ByteStream::Recovery recovery = buffer().Recover(kBeginning);
  failure.tail_damaged = recovery.tail_damaged;
  over_ = !recovery.found;
  return failure;
}

WarcSplitter::Taken WarcSplitter::Lose(std::string problem, size_t behind, RawRecord& raw) {
  Number(raw);
  raw.problem = std::move(problem) + " (the record begins at byte " + std::to_string(offset_) + ")";
  Consume(behind);
  state_ = State::kLost;
  return Taken::kRecord;
}

WarcSplitter::Taken WarcSplitter::LoseRest(RawRecord& raw) {
  assert(buffer().at_end());
  std::string problem(kCutOff);
  if (!buffer().failure().empty()) problem = PassFailure().message;
  Lose(std::move(problem), buffer().held().size(), raw);
  state_ = State::kBetween;  // a member that was found begins with a record
  return Taken::kRecord;
}

WarcSplitter::Taken WarcSplitter::LoseSkipped(std::string problem, RawRecord& raw) {
  raw.number = number_;
  raw.offset = record_offset_;
  raw.problem = std::move(problem) + " (the record begins at byte " + std::to_string(record_offset_) + ")";
  too_long_.clear();
  return Taken::kRecord;
}

WarcSplitter::Taken WarcSplitter::TakeHeld(RawRecord& raw) {
  if (!problem_.empty()) {
    Number(raw);
    raw.problem = std::exchange(problem_, "");
    return Taken::kRecord;
  }
  switch (state_) {
    case State::kBetween:
      return TakeBetween(raw);
    case State::kSkipping:
      return TakeSkipped(raw);
    case State::kLost:
      return FindNext(raw);
  }
  return Taken::kEnd;
}

WarcSplitter::Taken WarcSplitter::TakeBetween(RawRecord& raw) {
  Consume(SkipLineEnds(buffer().held(), 0));
  const std::string_view held = buffer().held();
  if (held.size() <= kBeginning.size() && !buffer().at_end()) return Taken::kMore;
  if (held.empty()) {
    if (buffer().failure().empty() || over_) return Taken::kEnd;
    problem_ = PassFailure().message;
    return TakeHeld(raw);
  }
  if (!BeginsWarcRecord(held)) {
    const bool broke_off = held.size() <= kBeginning.size() && !buffer().failure().empty();
    return broke_off ? LoseRest(raw) : Lose(std::string(kNoRecord), 1, raw);
  }
  const size_t block_begin = EndOfHeader(held.substr(0, kMaxWarcHeader));
  if (block_begin == std::string_view::npos) {
    if (held.size() >= kMaxWarcHeader)
      return Lose("its header is longer than 64 KiB" + std::string(kWhatToDo), kBeginning.size(), raw);
    return buffer().at_end() ? LoseRest(raw) : Taken::kMore;
  }
  if (const size_t next = FindHeaderWithin(held.substr(0, block_begin)); next != std::string_view::npos) {
    Lose("its header breaks off, and the next record begins inside of it; leave it out or fetch its page again", next,
         raw);
    state_ = State::kBetween;
    return Taken::kRecord;
  }
  WarcHeader header = ParseWarcHeader(held.substr(0, block_begin));
  if (!header.problem.empty()) return Lose(std::move(header.problem), block_begin, raw);
  const uint64_t length = *header.length;
  if (length <= std::min(kShort, max_bytes())) return TakeWhole(header, block_begin, IsKindOfPages(header), raw);
  const uint64_t sample = std::min<uint64_t>(length, kBlockSample);
  if (held.size() - block_begin < sample) {
    if (buffer().at_end()) return TakeWhole(header, block_begin, true, raw);  // it is cut off
    needed_ = block_begin + sample;
    return Taken::kMore;
  }
  // Where records lie inside of the block its length is doubtful, and there may be as many of such as there are lines:
  // then fewer bytes are looked at.
  constexpr size_t kSmallSample = 4 << 10;
  const std::string_view block = held.substr(block_begin, sample);
  const bool doubtful = FindWarcRecord(block, /*is_end=*/true) != std::string_view::npos;
  const bool may_hold_page = may_hold_page_(header, doubtful ? block.substr(0, kSmallSample) : block);
  if (may_hold_page && length <= max_bytes()) return TakeWhole(header, block_begin, true, raw);
  return TakeLong(header, block_begin, may_hold_page, raw);
}

WarcSplitter::Taken WarcSplitter::TakeWhole(const WarcHeader& header, size_t block_begin, bool keeps_block,
                                            RawRecord& raw) {
  const std::string_view held = buffer().held();
  if (held.size() - block_begin < *header.length) {
    if (!buffer().at_end()) {
      needed_ = block_begin + *header.length + kBeginning.size();
      return Taken::kMore;
    }
    if (FindWarcRecord(held.substr(block_begin), true) == std::string_view::npos) return LoseRest(raw);
    return Lose(WrongLength(*header.length, "reaches past the end of the file"), block_begin, raw);
  }
  const size_t end = block_begin + *header.length;
  const size_t next = SkipLineEnds(held, end);
  if (held.size() - next < kBeginning.size() && !buffer().at_end()) return Taken::kMore;
  if (next == held.size() && !buffer().failure().empty() && !over_) {
    // The checksum of the record's member may be what failed. Bytes behind whole members say nothing against it.
    Failure failure = PassFailure();
    if (failure.tail_damaged) {
      Lose(std::move(failure.message), next, raw);
      state_ = State::kBetween;
      return Taken::kRecord;
    }
    problem_ = std::move(failure.message);
  } else if (next < held.size() && !held.substr(next).starts_with(kBeginning) && !HasBlankLine(held.substr(end))) {
    return Lose(WrongLength(*header.length, "does not lead to the end of a record"), block_begin, raw);
  }
  Number(raw);
  raw.bytes = held.substr(0, keeps_block ? end : block_begin);
  Consume(end);
  return Taken::kRecord;
}

WarcSplitter::Taken WarcSplitter::TakeLong(const WarcHeader& header, size_t block_begin, bool may_hold_page,
                                           RawRecord& raw) {
  const std::string_view held = buffer().held();
  const size_t sample = std::min<uint64_t>({*header.length, kBlockSample, held.size() - block_begin});
  const std::string_view block = held.substr(block_begin, sample);
  const size_t body = header.type == "response" ? EndOfHeader(block) : 0;
  skips_records_ = body != std::string_view::npos && BeginsWarcRecord(block.substr(body));
  skipped_length_ = *header.length;
  skip_ = *header.length - sample;
  state_ = State::kSkipping;
  Number(raw);
  raw.bytes = held.substr(0, block_begin + sample);
  Consume(block_begin + sample);
  if (!may_hold_page) return Taken::kRecord;
  // Whether the length is true is known at the end of the block only.
  raw = RawRecord();
  too_long_ = "it has " + std::to_string(skipped_length_) + " bytes; a record of more than " +
              std::to_string(max_bytes()) + " is not read as a page: leave it out";
  return TakeSkipped(raw);
}

WarcSplitter::Taken WarcSplitter::TakeSkipped(RawRecord& raw) {
  std::string_view held = buffer().held();
  if (skip_ == 0) {
    const size_t next = SkipLineEnds(held, 0);
    if (held.size() - next < kBeginning.size() && !buffer().at_end()) return Taken::kMore;
    if (next < held.size() && !held.substr(next).starts_with(kBeginning) && !HasBlankLine(held)) {
      state_ = State::kLost;
      return LoseSkipped(WrongLength(skipped_length_, "does not lead to the end of a record"), raw);
    }
    state_ = State::kBetween;
    return too_long_.empty() ? TakeBetween(raw) : LoseSkipped(std::exchange(too_long_, ""), raw);
  }
  if (held.empty()) {
    if (!buffer().at_end()) return Taken::kMore;
    state_ = State::kBetween;
    return LoseSkipped(buffer().failure().empty() ? std::string(kCutOff) : PassFailure().message, raw);
  }
  held = held.substr(0, std::min<uint64_t>(held.size(), skip_));
  const bool is_end = held.size() == skip_ || buffer().at_end();
  size_t passed = held.size();
  const size_t found = skips_records_ ? std::string_view::npos : FindWarcRecord(held, is_end);
  if (found != std::string_view::npos) {
    passed = found;
    if (is_end || held.size() - found >= kWarcHeaderSample) {
      Consume(found);
      state_ = State::kBetween;
      return LoseSkipped(WrongLength(skipped_length_, "reaches into the next record"), raw);
    }
  } else if (!is_end) {
    passed -= std::min(passed, kBeginning.size());  // the last letters may begin a record
  }
  Consume(passed);
  skip_ -= passed;
  return skip_ == 0 ? TakeSkipped(raw) : Taken::kMore;
}

WarcSplitter::Taken WarcSplitter::FindNext(RawRecord& raw) {
  const std::string_view held = buffer().held();
  const bool at_end = buffer().at_end();
  const size_t found = FindWarcRecord(held, at_end);
  if (found != std::string_view::npos) {
    Consume(found);
    if (held.size() - found < kWarcHeaderSample && !at_end) return Taken::kMore;
  } else {
    Consume(at_end ? held.size() : held.size() - std::min(held.size(), kBeginning.size()));
    if (!at_end) return Taken::kMore;
  }
  state_ = State::kBetween;
  return TakeBetween(raw);
}

void WarcSplitter::FillMore() {
  constexpr size_t kSome = 16 << 10;  // so that what was looked at already is a small part of what is looked at again
  const size_t wanted = std::max(buffer().held().size() + kSome, needed_);
  needed_ = 0;
  while (buffer().held().size() < wanted && buffer().Fill()) {
  }
}

bool WarcSplitter::NextRecord(RawRecord& raw) {
  for (;;) {
    const Taken taken = TakeHeld(raw);
    if (taken != Taken::kMore) return taken == Taken::kRecord;
    FillMore();
  }
}

bool WarcSplitter::NextBlock(RawRecords& block) {
  block.records.clear();
  Start();
  while (buffer().held().size() < StreamBuffer::kChunk && buffer().Fill()) {
  }
  const char* begin = buffer().held().data();
  size_t used = 0;  // bytes behind `begin` that the records borrow
  for (;;) {
    RawRecord raw;
    const Taken taken = TakeHeld(raw);
    if (taken == Taken::kMore && block.records.empty()) {
      FillMore();
      begin = buffer().held().data();
    } else if (taken != Taken::kRecord) {
      break;
    } else {
      if (!raw.bytes.empty()) used = static_cast<size_t>(raw.bytes.data() + raw.bytes.size() - begin);
      block.records.push_back(std::move(raw));
      if (block.records.size() >= kMaxBlockRecords && used >= buffer().held().size()) break;
    }
  }
  if (block.records.empty()) return false;
  if (buffer().held().size() > used) {
    CopyOut(begin, used, block);
  } else {
    buffer().Exchange(block.buffer, block.capacity);
  }
  return true;
}

void WarcSplitter::CopyOut(const char* begin, size_t size, RawRecords& block) {
  if (size == 0) return;
  if (block.buffer == nullptr || block.capacity < size) {
    block.buffer = std::make_unique_for_overwrite<char[]>(size + RawRecord::kPadding);
    block.capacity = size;
  }
  std::memcpy(block.buffer.get(), begin, size);
  for (RawRecord& raw : block.records) {
    if (!raw.bytes.empty()) raw.bytes = {block.buffer.get() + (raw.bytes.data() - begin), raw.bytes.size()};
  }
}

}  // namespace unspin
