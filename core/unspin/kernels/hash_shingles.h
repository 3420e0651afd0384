// Word hashes → one 64-bit hash for every run of five neighbouring words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace unspin {

inline constexpr size_t kShingleWords = 5;

// Bits by which each word of a shingle is rotated more than the word before it.
inline constexpr int kShingleRotation = 13;

// REQUIRES of all three: words.size() >= kShingleWords, and one entry of each result for each shingle; there are
// words.size() - 4 shingles.

// hashes[i] = Mix64(5 + sum over j in [0, 5) of rotl(words[i + j], 13 j)).
void HashShinglesOfFive(std::span<const uint64_t> words, std::span<uint64_t> hashes);

// elements[i] = high half xor low half of hashes[i]: what a sketch is filled with.
void FoldShinglesOfFive(std::span<const uint64_t> words, std::span<uint32_t> elements);

// Folds, and writes the hashes below 2^64 / 8 to `sample`, in order (FracMinHash); returns how many. The rest of
// `sample` may be overwritten.
size_t FoldAndSampleShinglesOfFive(std::span<const uint64_t> words, std::span<uint32_t> elements,
                                   std::span<uint64_t> sample);

}  // namespace unspin
