// A chunk of text → where its words begin and end, in lower case, and which of them need a closer look.
//
// ASCII letters and digits are word bytes; an apostrophe between two letters and a full stop or comma between two
// digits join them. Curly quotation marks, dashes, ellipses and the symbols and spaces of Latin-1 are separators, as in
// ASCII. Everything else beyond ASCII, a full stop between letters, and the percent sign make the run of bytes they
// stand in a slow one, which is left to ReadWord: a run says all that decides about its words.
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
  // Scratch. The bytes of words, and of those the ones that need a closer look.
  struct Masks : ByteMasks {
    alignas(64) Blocks words, slow;
  } masks;
};

// Where a chunk that begins at `begin` ends: behind the last blank that lets it fit, or before the next one where none
// does. REQUIRES: begin < text.size().
size_t EndOfChunk(std::string_view text, size_t begin);

// REQUIRES: chunk.size() <= WordScan::kChunk. Neither the byte before the chunk nor the one behind is part of a word.
void ScanWords(std::string_view chunk, WordScan& scan);

// HashWord of each run's bytes; those of slow runs mean nothing. REQUIRES: room for WordScan::kPad - 1 hashes more.
void HashRuns(const WordScan& scan, uint64_t* hashes);

}  // namespace unspin
