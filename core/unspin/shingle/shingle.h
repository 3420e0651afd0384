// Tokens → shingle hashes: one 64-bit number for every run of k neighbouring words.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace unspin {

// One hash for each shingle, in order: max(0, n - k + 1) of them for n words; none for k = 0. `words` are Token::word.
// A hash is Mix64(k + the sum of the k words, each rotated by 13 bits more than the one before).
std::vector<uint64_t> HashShingles(std::span<const uint64_t> words, uint32_t k);

// Shingles of five words as the 32-bit elements of a sketch: high half xor low half of each hash.
void FoldShingles(std::span<const uint64_t> words, std::vector<uint32_t>& elements);

// The same, and in `sample` the hashes below 2^64 / 8, in order (FracMinHash: Irber and others 2022).
void FoldShingles(std::span<const uint64_t> words, std::vector<uint32_t>& elements, std::vector<uint64_t>& sample);

}  // namespace unspin
