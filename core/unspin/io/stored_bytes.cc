#include "unspin/io/stored_bytes.h"

#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <utility>

#include "unspin/io/file_error.h"

namespace unspin {

StoredBytes::StoredBytes(std::string name, Descriptor owned, int descriptor, std::string bytes)
    : name_(std::move(name)),
      owned_(std::move(owned)),
      descriptor_(descriptor),
      chunk_(std::move(bytes)),
      end_(chunk_.size()) {}

std::unique_ptr<StoredBytes> StoredBytes::OfFile(std::string path, Descriptor descriptor,
                                                 std::shared_ptr<StoredHash> hash) {
  const int number = descriptor.get();
  std::unique_ptr<StoredBytes> stored(new StoredBytes(std::move(path), std::move(descriptor), number, ""));
  stored->hash_ = std::move(hash);
  return stored;
}

std::unique_ptr<StoredBytes> StoredBytes::OfStandardInput(std::shared_ptr<StoredHash> hash) {
  std::unique_ptr<StoredBytes> stored(new StoredBytes("standard input", Descriptor(), STDIN_FILENO, ""));
  stored->hash_ = std::move(hash);
  return stored;
}

std::unique_ptr<StoredBytes> StoredBytes::OfMemory(std::string name, std::string bytes) {
  return std::unique_ptr<StoredBytes>(new StoredBytes(std::move(name), Descriptor(), -1, std::move(bytes)));
}

std::unique_ptr<StoredBytes> StoredBytes::OfStream(std::string name, std::unique_ptr<ByteStream> stream) {
  std::unique_ptr<StoredBytes> stored(new StoredBytes(std::move(name), Descriptor(), -1, ""));
  stored->stream_ = std::move(stream);
  return stored;
}

absl::Status StoredBytes::LookAhead(size_t size) {
  assert(size <= kChunk);
  if (end_ - begin_ >= size || !has_more()) return absl::OkStatus();
  if (chunk_.size() < 2 * kChunk) chunk_.resize(2 * kChunk);
  if (begin_ > kChunk) {
    const size_t dropped = begin_ - kMinPutBack;
    std::memmove(chunk_.data(), chunk_.data() + dropped, end_ - dropped);
    end_ -= dropped;
    begin_ -= dropped;
  }
  while (end_ - begin_ < size) {
    const auto got = ReadMore({chunk_.data() + end_, begin_ + kChunk - end_});
    if (!got.ok()) return got.status();
    if (*got == 0) break;
    end_ += *got;
  }
  return absl::OkStatus();
}

void StoredBytes::Take(size_t size) {
  assert(size <= end_ - begin_);
  begin_ += size;
  taken_ += size;
}

void StoredBytes::PutBack(size_t size) {
  assert(size <= begin_);
  begin_ -= size;
  taken_ -= size;
}

ByteStream::Recovery StoredBytes::Recover(std::string_view beginning) {
  return stream_ ? stream_->Recover(beginning) : ByteStream::Recovery();
}

absl::StatusOr<size_t> StoredBytes::Read(std::span<char> into) {
  if (begin_ == end_ && has_more()) {
    auto got = ReadMore(into);
    if (got.ok()) taken_ += *got;
    return got;
  }
  const size_t got = std::min(into.size(), end_ - begin_);
  std::memcpy(into.data(), chunk_.data() + begin_, got);
  Take(got);
  return got;
}

absl::StatusOr<size_t> StoredBytes::ReadMore(std::span<char> into) {
  if (stream_) return stream_->Read(into);
  const ssize_t got = ReadRetrying(descriptor_, into.data(), into.size());
  if (got < 0) return FileError(name_, "cannot read", errno);
  if (hash_ && hash_->wanted) {
    hash_->sha256.Add({into.data(), static_cast<size_t>(got)});
    hash_->at_end = hash_->at_end || (got == 0 && !into.empty());
  }
  return static_cast<size_t>(got);
}

}  // namespace unspin
