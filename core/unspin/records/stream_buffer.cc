#include "unspin/records/stream_buffer.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <span>
#include <utility>

#include "unspin/base/strings.h"
#include "unspin/records/record_parser.h"

namespace unspin {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

std::unique_ptr<char[]> Allocate(size_t capacity) {
  return std::make_unique_for_overwrite<char[]>(capacity + RawRecord::kPadding);
}

}  // namespace

StreamBuffer::StreamBuffer(std::unique_ptr<ByteStream> stream)
    : stream_(std::move(stream)), buffer_(Allocate(kChunk)), capacity_(kChunk) {}

void StreamBuffer::Consume(size_t size) {
  assert(size <= end_ - begin_);
  begin_ += size;
  consumed_ += size;
}

void StreamBuffer::SkipByteOrderMark() {
  while (held().size() < kByteOrderMark.size() && Fill()) {
  }
  if (held().starts_with(kByteOrderMark)) Consume(kByteOrderMark.size());
}

void StreamBuffer::Grow(size_t capacity) {
  std::unique_ptr<char[]> larger = Allocate(capacity);
  if (end_ > begin_) std::memcpy(larger.get(), buffer_.get() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  buffer_ = std::move(larger);
  capacity_ = capacity;
}

bool StreamBuffer::Fill() {
  if (at_end_) return false;
  if (begin_ == end_) begin_ = end_ = 0;
  // Only where as much memory is free in front: else a long record behind many short ones is moved for each of them.
  if (end_ == capacity_ && begin_ > 0 && begin_ >= end_ - begin_) {
    std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ == capacity_) Grow(capacity_ * 2);
  const auto got = stream_->Read(std::span(buffer_.get() + end_, std::min(capacity_ - end_, kChunk)));
  if (!got.ok()) failure_ = std::string(StdView(got.status().message()));
  at_end_ = !got.ok() || *got == 0;
  if (!at_end_) end_ += *got;
  return !at_end_;
}

ByteStream::Recovery StreamBuffer::Recover(std::string_view beginning) {
  assert(!failure_.empty());
  const ByteStream::Recovery recovery = stream_->Recover(beginning);
  if (recovery.found) {
    failure_.clear();
    at_end_ = false;
  }
  return recovery;
}

void StreamBuffer::Stop() {
  ConsumeAll();
  at_end_ = true;
}

void StreamBuffer::Exchange(std::unique_ptr<char[]>& memory, size_t& capacity) {
  const std::string_view rest = held();
  const size_t needed = std::max(rest.size(), kChunk);
  if (memory == nullptr || capacity < needed) {
    memory = Allocate(needed);
    capacity = needed;
  }
  if (!rest.empty()) std::memcpy(memory.get(), rest.data(), rest.size());
  std::swap(buffer_, memory);
  std::swap(capacity_, capacity);
  begin_ = 0;
  end_ = rest.size();
}

}  // namespace unspin
