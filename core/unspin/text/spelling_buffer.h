// The spellings of an article's words, one after the other, with room to copy whole blocks to their end.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "unspin/base/word_hash.h"

namespace unspin {

class SpellingBuffer {
 public:
  explicit SpellingBuffer(size_t expected_bytes) : bytes_(expected_bytes + kWordBlock, '\0') {}

  size_t size() const { return size_; }
  char* end() { return bytes_.data() + size_; }
  // The bytes from `begin` to the end. REQUIRES: begin <= size().
  std::string_view From(size_t begin) const {
    assert(begin <= size_);
    return std::string_view(bytes_).substr(begin, size_ - begin);
  }

  // Makes room for `bytes` more and for one block behind them.
  void Reserve(size_t bytes) {
    if (size_ + bytes + kWordBlock > bytes_.size()) bytes_.resize(2 * (size_ + bytes) + kWordBlock);
  }
  void Append(std::string_view bytes) {
    Reserve(bytes.size());
    std::copy(bytes.begin(), bytes.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += bytes.size();
  }
  void Append(char byte) { Append(std::string_view(&byte, 1)); }
  // Takes in `bytes` bytes that were written to end(). REQUIRES: Reserve made room for them.
  void Extend(size_t bytes) {
    assert(size_ + bytes <= bytes_.size());
    size_ += bytes;
  }
  // REQUIRES: size <= size().
  void Truncate(size_t size) {
    assert(size <= size_);
    size_ = size;
  }

  // The spellings; the buffer is empty afterwards and not to be used again.
  std::string Take() {
    bytes_.resize(size_);
    return std::move(bytes_);
  }

 private:
  std::string bytes_;
  size_t size_ = 0;
};

}  // namespace unspin
