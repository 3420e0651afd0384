// A chunk of text → what each byte is, one bit a byte, and the chunk in lower case.
//
// A number is the mask of a block of 64 bytes, its lowest bit the first byte. The classes are those that decide where
// words begin and end: ASCII letters and digits, the four marks that may stand inside a word, and what is beyond ASCII:
// all of it, and what may be more than a separator.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace unspin {

struct ByteMasks {
  static constexpr size_t kChunk = size_t{1} << 14;  // bytes; what is made of them stays in the second-level cache
  static constexpr size_t kPad = 8;                  // blocks, whose masks are the widest vector
  static constexpr size_t kBlocks = kChunk / 64 + 1;

  // The first block stands at kPad, a zero before it, and a vector of zeros behind the last.
  using Blocks = std::array<uint64_t, kPad + kBlocks + kPad>;
  using Bytes = std::array<char, (kBlocks + kPad) * 64>;
  alignas(64) Blocks letters, digits, apostrophes, stops, commas, percents, high, beyond;
};

// Fills the masks of chunk.size() / 64 + 1 blocks, and `lower` with the chunk, its ASCII letters in lower case, and
// zeros to the end of these blocks and of one more. What stands further on may be overwritten.
// REQUIRES: chunk.size() <= ByteMasks::kChunk; `lower` stands at a multiple of 64.
void ClassifyBytes(std::string_view chunk, ByteMasks& masks, ByteMasks::Bytes& lower);

}  // namespace unspin
