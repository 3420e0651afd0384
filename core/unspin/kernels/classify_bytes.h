// A chunk of text → for each class of bytes a bit mask, and the chunk in lower case.
//
// Each 64-bit number is the mask of a block of 64 bytes, the lowest bit for the first byte. The classes are those that
// decide where words begin and end: ASCII letters and digits, marks that may be inside of a word, and bytes beyond
// ASCII
// (`high`). `percents` has the percent sign and what else is read slowly: the grave accent and control characters.
// `beyond` is `high` without characters that are known to be separators, such as dashes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace unspin {

struct ByteMasks {
  static constexpr size_t kChunk = size_t{1} << 14;  // bytes; the masks of a chunk fit the second-level cache
  static constexpr size_t kPad = 8;                  // masks of the widest vector
  static constexpr size_t kBlocks = kChunk / 64 + 1;

  // The first block is at position kPad; before it is a zero, behind the last block are kPad zeros.
  using Blocks = std::array<uint64_t, kPad + kBlocks + kPad>;
  using Bytes = std::array<char, (kBlocks + kPad) * 64>;
  alignas(64) Blocks letters, digits, apostrophes, stops, commas, percents, high, beyond;
};

// Fills the masks of chunk.size() / 64 + 1 blocks, and `lower` with the chunk, its ASCII letters in lower case, and
// zeros up to the end of these blocks and of one more. The rest of `lower` may be overwritten. REQUIRES: chunk.size()
// <= ByteMasks::kChunk; the address of `lower` is a multiple of 64.
void ClassifyBytes(std::string_view chunk, ByteMasks& masks, ByteMasks::Bytes& lower);

}  // namespace unspin
