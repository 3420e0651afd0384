#include "unspin/io/peeked_stream.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

namespace unspin {

PeekedStream::PeekedStream(std::string head, std::unique_ptr<ByteStream> rest)
    : head_(std::move(head)), rest_(std::move(rest)) {}

absl::StatusOr<size_t> PeekedStream::Read(std::span<char> into) {
  assert(!into.empty());
  if (offset_ == head_.size()) return rest_->Read(into);
  const size_t got = std::min(into.size(), head_.size() - offset_);
  std::memcpy(into.data(), head_.data() + offset_, got);
  offset_ += got;
  return got;
}

absl::Status ReadUpTo(ByteStream& stream, uint64_t max_bytes, std::string& bytes) {
  constexpr size_t kChunk = 1 << 20;  // bytes that `bytes` grows by at once
  const uint64_t end = bytes.size() + max_bytes;
  while (bytes.size() < end) {
    const size_t before = bytes.size();
    bytes.resize(before + std::min<uint64_t>(kChunk, end - before));
    const auto got = stream.Read(std::span(bytes).subspan(before));
    bytes.resize(before + (got.ok() ? *got : 0));
    if (!got.ok()) return got.status();
    if (*got == 0) break;
  }
  return absl::OkStatus();
}

}  // namespace unspin
