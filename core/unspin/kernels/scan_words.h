// A chunk of text → where its words begin and end, in lower case, and which of them need a closer look.
//
// Works on masks of 64 bytes. ASCII letters and digits are word bytes; an apostrophe between two letters and a full
// stop or comma between two digits join them. Curly quotation marks, dashes, ellipses and the symbols and spaces of
// Latin-1 are separators, as in ASCII. Everything else beyond ASCII, a full stop between letters, and the percent sign
// make the run of bytes they stand in a slow one, which is left to ReadWord: a run says all that decides about its
// words.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace unspin {

struct WordScan {
  static constexpr size_t kChunk = size_t{1} << 14;  // bytes; text, masks and edges stay in the first-level cache
  static constexpr size_t kBlocks = kChunk / 64 + 1;

  alignas(64) std::array<char, kBlocks * 64 + 64> lower;      // the chunk, ASCII letters in lower case, then zeros
  alignas(64) std::array<uint16_t, kBlocks * 64 + 64> edges;  // begin and end of each run, in order
  std::array<uint16_t, kBlocks * 64> slow;                    // one byte or more inside each slow run, ascending
  size_t runs = 0;
  size_t slow_bytes = 0;
  // Scratch: one bit per byte.
  struct Masks {
    std::array<uint64_t, kBlocks + 1> letters, digits, joiners, percents, beyond, leads;
  } masks;
};

// REQUIRES: chunk.size() <= WordScan::kChunk. Neither the byte before the chunk nor the one behind is part of a word.
void ScanWords(std::string_view chunk, WordScan& scan);

// HashWord of runs [first, last), written to hashes[0, last - first).
void HashRuns(const WordScan& scan, size_t first, size_t last, uint64_t* hashes);

}  // namespace unspin
