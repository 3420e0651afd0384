// Tokens → shingle hashes: one 64-bit number for every run of k neighbouring words.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace unspin {

// One hash per shingle, in order: max(0, n - k + 1) of them, each depending only on the k words in its window.
// `words` are token word hashes. Each is rotated by 13 bits more than the one before; the sum and k are mixed.
std::vector<uint64_t> HashShingles(std::span<const uint64_t> words, uint32_t k);

// Shingles of five words as the 32-bit elements that a sketch is filled with: high half xor low half of each hash.
void FoldShingles(std::span<const uint64_t> words, std::vector<uint32_t>& elements);

// Likewise, with the hashes of those that are below 2^64 / 32, in order (FracMinHash).
void FoldShingles(std::span<const uint64_t> words, std::vector<uint32_t>& elements, std::vector<uint64_t>& sample);

}  // namespace unspin
