// A chunk of text → where runs of word bytes begin and end, in lower case, and which runs are slow.
//
// ASCII letters and digits are word bytes; so are an apostrophe between two letters and a full stop or comma between
// two digits. Curly quotation marks, dashes, ellipses and the symbols and spaces of Latin-1 are separators, as in
// ASCII. Any other character beyond ASCII, a full stop between letters, or a percent sign makes its run slow. A run
// that is not slow is one word. A slow run may hold several; text/hash_words.cc reads it character by character.
// docs/words.md has the rule.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "unspin/kernels/classify_bytes.h"

namespace unspin {

struct WordScan {
  static constexpr size_t kChunk = ByteMasks::kChunk, kPad = ByteMasks::kPad, kBlocks = ByteMasks::kBlocks;

  alignas(64) ByteMasks::Bytes lower;                         // the chunk, ASCII letters in lower case, then zeros
  alignas(64) std::array<uint16_t, kBlocks * 64 + 64> edges;  // begin and end of each run, in order
  std::array<uint16_t, kBlocks * 64> slow;  // numbers of the slow runs, ascending, some more than once
  size_t runs = 0;
  size_t slow_runs = 0;  // numbers in `slow`
  // Scratch memory. `words`: bytes of runs; `slow`: those among them that make a run slow.
  struct Masks : ByteMasks {
    alignas(64) Blocks words, slow;
  } masks;
};

// The end of a chunk that begins at `begin`: behind the last blank within WordScan::kChunk bytes. Without one it is
// before the next blank, and the chunk is too long for ScanWords. REQUIRES: begin < text.size().
size_t EndOfChunk(std::string_view text, size_t begin);

// Fills `scan`; the bytes before and behind the chunk are taken for separators.
// REQUIRES: chunk.size() <= WordScan::kChunk.
void ScanWords(std::string_view chunk, WordScan& scan);

}  // namespace unspin
