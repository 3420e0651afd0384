// A word's bytes → its 64-bit hash, the same in tokens, shingles, word tables and on disk.
//
// The step, a 128-bit product of two keyed halves folded by xor ("mum"), is that of wyhash (Wang Yi,
// https://github.com/wangyi-fudan/wyhash; mum is Vladimir Makarov's name). Constants and padding are ours, so values
// differ from wyhash's. The definition (docs/decisions/0016-word-hash.md has test vectors):
//   the word is padded with zeros to whole blocks of 16 bytes, at least one; a block is two little-endian
//   64-bit numbers, lo and hi;
//   state = key xor size * C0, the product modulo 2^64;
//   for each block, state = Fold(lo xor C1 xor state, hi xor C2 xor rotl(state, 32)), where
//   Fold(a, b) = low half xor high half of the 128-bit product a * b.
#pragma once

#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace unspin {

inline constexpr size_t kWordBlock = 16;                   // bytes
inline constexpr uint64_t kWordKey = 0x6a09e667f3bcc909u;  // fractional bits of the square root of 2
inline constexpr uint64_t kWordC0 = 0x9e3779b97f4a7c15u;   // of the golden ratio
inline constexpr uint64_t kWordC1 = 0xbb67ae8584caa73bu;   // of the square root of 3
inline constexpr uint64_t kWordC2 = 0xa54ff53a5f1d36f1u;   // of the square root of 7

inline uint64_t FoldProduct(uint64_t a, uint64_t b) {
  __extension__ using Wide = unsigned __int128;  // no standard type is as wide; GCC and Clang have it
  const auto product = static_cast<Wide>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}
inline uint64_t HashWordBlock(uint64_t state, uint64_t lo, uint64_t hi) {
  return FoldProduct(lo ^ kWordC1 ^ state, hi ^ kWordC2 ^ std::rotl(state, 32));
}
inline uint64_t HashWordStart(size_t size) { return kWordKey ^ (size * kWordC0); }

static_assert(std::endian::native == std::endian::little, "words are read as little-endian numbers");

// `size` bytes as a little-endian number; reads no byte beyond them. REQUIRES: size <= 8.
inline uint64_t LoadUpTo8(const char* bytes, size_t size) {
  assert(size <= 8);
  if (size >= 4) {
    uint32_t first, last;
    std::memcpy(&first, bytes, 4);
    std::memcpy(&last, bytes + size - 4, 4);
    return first | static_cast<uint64_t>(last) << (size - 4) * 8;
  }
  uint64_t value = 0;
  for (size_t i = 0; i < size; ++i) value |= static_cast<uint64_t>(static_cast<unsigned char>(bytes[i])) << i * 8;
  return value;
}

inline uint64_t HashWord(std::string_view word) {
  uint64_t state = HashWordStart(word.size());
  const char* bytes = word.data();
  size_t left = word.size();
  do {
    const size_t lo = left < 8 ? left : 8, hi = left < 8 ? 0 : left < 16 ? left - 8 : 8;
    state = HashWordBlock(state, LoadUpTo8(bytes, lo), LoadUpTo8(bytes + lo, hi));
    bytes += lo + hi;
    left -= lo + hi;
  } while (left > 0);
  return state;
}

}  // namespace unspin
