// Word hashes → one 64-bit hash for every run of five neighbouring words.
#pragma once

#include <cstddef>
#include <cstdint>

namespace unspin {

inline constexpr size_t kShingleWords = 5;

// Each of the k words of a shingle is rotated by so many bits more than the one before; the sum and k are mixed.
inline constexpr int kShingleRotation = 13;

// hashes[i] = Mix64(5 + sum over j of rotl(words[i + j], 13 j)) for i in [0, n - 4). REQUIRES: n >= 5.
void HashShinglesOfFive(const uint64_t* words, size_t n, uint64_t* hashes);

// The same hashes folded to 32 bits, high half xor low half: the elements that a sketch is filled with.
void FoldShinglesOfFive(const uint64_t* words, size_t n, uint32_t* elements);

// Likewise, with those hashes that are below 2^64 / 32 in `sample`, in order (FracMinHash); returns how many. REQUIRES:
// room for all n - 4 of them.
size_t FoldAndSampleShinglesOfFive(const uint64_t* words, size_t n, uint32_t* elements, uint64_t* sample);

}  // namespace unspin
