// Half-open intervals whose type states their unit: bytes of a text, or tokens of it.
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>

namespace unspin {

// [begin, end) in bytes of a text, which has at most 2^32 - 1 of them.
struct ByteSpan {
  uint32_t begin = 0;
  uint32_t end = 0;

  uint32_t size() const { return end - begin; }
  bool empty() const { return end <= begin; }
  friend auto operator<=>(const ByteSpan&, const ByteSpan&) = default;
};

// [begin, end) in tokens of a text.
struct TokenSpan {
  uint32_t begin = 0;
  uint32_t end = 0;

  uint32_t size() const { return end - begin; }
  bool empty() const { return end <= begin; }
  friend auto operator<=>(const TokenSpan&, const TokenSpan&) = default;
};

// The number of units that both spans contain.
template <typename Span>
uint32_t Overlap(const Span& a, const Span& b) {
  const uint32_t begin = std::max(a.begin, b.begin);
  const uint32_t end = std::min(a.end, b.end);
  return end > begin ? end - begin : 0;
}

}  // namespace unspin
