#include "unspin/ingest/split_records.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "unspin/base/strings.h"
#include "unspin/ingest/json_text.h"

namespace unspin {
namespace {

// Bytes asked of the stream at once: enough to drown the cost of the calls, and few enough that they are still in the
// second-level cache when they are parsed.
constexpr size_t kChunk = 256 << 10;

// Of short lines: what is made of each may be larger than the line.
constexpr size_t kMaxPieces = 1024;

}  // namespace

RecordSplitter::RecordSplitter(std::unique_ptr<ByteStream> stream, Layout layout, uint64_t max_bytes)
    : stream_(std::move(stream)), layout_(layout), max_bytes_(max_bytes) {
  Reserve(kChunk);
}

bool RecordSplitter::Next(Piece& piece) {
  piece.problem.clear();
  if (!started_) SkipByteOrderMark();
  if (layout_ == Layout::kLines ? NextLine(piece) : NextValue(piece)) return true;
  if (failure_.empty()) return false;
  piece.number = ++number_;
  piece.problem = std::move(failure_);
  failure_.clear();
  return true;
}

void RecordSplitter::Reserve(size_t capacity) {
  std::unique_ptr<char[]> larger(new char[capacity + kPadding]);
  if (end_ > begin_) std::memcpy(larger.get(), buffer_.get() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  buffer_ = std::move(larger);
  capacity_ = capacity;
}

// Brings more bytes behind those held. False at the end of the stream.
bool RecordSplitter::Fill() {
  if (at_end_) return false;
  if (begin_ > 0 && end_ == capacity_) {
    std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ == capacity_) Reserve(capacity_ * 2);
  const auto got = stream_->Read(buffer_.get() + end_, std::min(capacity_ - end_, kChunk));
  if (!got.ok()) failure_ = std::string(StdView(got.status().message()));
  at_end_ = !got.ok() || *got == 0;
  if (!at_end_) end_ += *got;
  return !at_end_;
}

void RecordSplitter::SkipByteOrderMark() {
  started_ = true;
  while (end_ - begin_ < 3 && Fill()) {
  }
  if (Held().substr(0, 3) == "\xef\xbb\xbf") begin_ += 3;
}

std::string RecordSplitter::TooLarge() const {
  return "the record is larger than " + std::to_string(max_bytes_) +
         " bytes, the most that is read; split it up or raise the limit";
}

// Where the stream broke off inside a record, saying so once is enough.
bool RecordSplitter::TakeRest(Piece& piece) {
  const std::string_view rest = Held();
  begin_ = end_;
  searched_ = 0;
  if (IsWhiteSpace(rest)) return false;
  piece.number = ++number_;
  if (!failure_.empty()) {
    piece.problem = std::move(failure_);
    failure_.clear();
  } else if (rest.size() > max_bytes_) {
    piece.problem = TooLarge();
  } else {
    piece.bytes = rest;
  }
  return true;
}

// The next line that ends among the bytes held. False where there is none.
bool RecordSplitter::TakeHeldLine(Piece& piece) {
  for (;;) {
    const std::string_view held = Held();
    const size_t newline = held.find('\n', searched_);
    searched_ = newline == std::string_view::npos ? held.size() : 0;
    if (newline == std::string_view::npos) return false;
    begin_ += newline + 1;
    ++number_;
    if (IsWhiteSpace(held.substr(0, newline))) continue;
    piece.number = number_;
    piece.bytes = held.substr(0, newline);
    if (newline > max_bytes_) piece.problem = TooLarge();
    return true;
  }
}

// Reads on without keeping anything.
bool RecordSplitter::SkipLargeLine(Piece& piece) {
  piece.number = ++number_;
  piece.problem = TooLarge();
  searched_ = 0;
  do {
    begin_ = end_ = 0;
    if (!Fill()) return true;
    begin_ = std::min(Held().find('\n'), end_ - 1) + 1;
  } while (begin_ == end_ && buffer_[end_ - 1] != '\n');
  return true;
}

bool RecordSplitter::NextLine(Piece& piece) {
  while (!TakeHeldLine(piece)) {
    if (end_ - begin_ > max_bytes_) return SkipLargeLine(piece);
    if (!Fill()) return TakeRest(piece);
  }
  return true;
}

// Skips what stands between records. False at the end.
bool RecordSplitter::SkipToValue() {
  for (;;) {
    const std::string_view held = Held();
    size_t at = 0;
    for (; at < held.size(); ++at) {
      const char c = held[at];
      if (c == '[' && !in_array_) {
        in_array_ = true;
      } else if (c == ']' && in_array_) {
        in_array_ = false;
      } else if (c != ',' && c != ' ' && c != '\t' && c != '\r' && c != '\n') {
        break;
      }
    }
    begin_ += at;
    if (begin_ < end_) return true;
    if (!Fill()) break;
  }
  if (in_array_ && failure_.empty())
    failure_ = "the list of records is not closed; the file may be cut off: copy it again";
  in_array_ = false;
  return false;
}

bool RecordSplitter::NextValue(Piece& piece) {
  if (!SkipToValue()) return false;
  for (;;) {
    const std::string_view held = Held();
    size_t end = EndOfJsonValue(held, 0);
    if (end == 0) end = 1;  // a stray bracket: report it and go on behind it
    const bool complete = end != std::string_view::npos && (end < held.size() || held[0] == '{' || at_end_);
    if (complete) {
      begin_ += end;
      piece.number = ++number_;
      piece.bytes = held.substr(0, end);
      if (end > max_bytes_) piece.problem = TooLarge();
      return true;
    }
    if (held.size() > max_bytes_) {
      piece.number = ++number_;
      piece.problem = TooLarge() + "; nothing behind it was read";
      begin_ = end_;
      at_end_ = true;
      return true;
    }
    // Looks again only when there is twice as much to look at, which keeps the whole linear.
    const size_t wanted = held.size() * 2;
    while (end_ - begin_ < wanted && Fill()) {
    }
    if (at_end_ && EndOfJsonValue(Held(), 0) == std::string_view::npos) {
      in_array_ = false;
      return TakeRest(piece);
    }
  }
}

bool RecordSplitter::NextBlock(Block& block) {
  block.pieces.clear();
  if (!started_) SkipByteOrderMark();
  while (end_ - begin_ < kChunk && Fill()) {
  }
  for (Piece piece; block.pieces.size() < kMaxPieces && TakeHeldLine(piece); piece = {})
    block.pieces.push_back(std::move(piece));
  if (block.pieces.empty()) {
    // A line that is longer, the last one, or none.
    Piece piece;
    if (!Next(piece)) return false;
    block.pieces.push_back(std::move(piece));
  }
  // The buffer goes with its lines. What is held of the next one begins another.
  const std::string_view rest = Held();
  const size_t capacity = std::max(rest.size(), kChunk);
  if (block.buffer == nullptr || block.capacity < capacity) {
    block.buffer.reset(new char[capacity + kPadding]);
    block.capacity = capacity;
  }
  if (!rest.empty()) std::memcpy(block.buffer.get(), rest.data(), rest.size());
  std::swap(buffer_, block.buffer);
  std::swap(capacity_, block.capacity);
  begin_ = 0;
  end_ = rest.size();
  return true;
}

}  // namespace unspin
