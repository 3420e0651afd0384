// A stream of bytes that gives few of them at a time, as pipes do.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "unspin/io/byte_stream.h"

namespace unspin::testing {

class SlowStream final : public ByteStream {
 public:
  // Reads give at most `step` bytes.
  SlowStream(std::string_view bytes, size_t step) : SlowStream(bytes, std::vector<size_t>{step}) {}
  // Reads give at most so many bytes, in turn, again and again; as many as are wanted if `steps` is empty.
  SlowStream(std::string_view bytes, std::vector<size_t> steps) : bytes_(bytes), steps_(std::move(steps)) {}

  absl::StatusOr<size_t> Read(std::span<char> into) override {
    size_t size = std::min(into.size(), bytes_.size() - at_);
    if (!steps_.empty()) size = std::min(size, std::max<size_t>(steps_[turn_++ % steps_.size()], 1));
    std::memcpy(into.data(), bytes_.data() + at_, size);
    at_ += size;
    return size;
  }
  uint64_t stored_bytes_read() const override { return at_; }

 private:
  const std::string bytes_;
  const std::vector<size_t> steps_;
  size_t at_ = 0, turn_ = 0;
};

}  // namespace unspin::testing
