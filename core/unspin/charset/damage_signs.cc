#include "unspin/charset/damage_signs.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace unspin {
namespace {

constexpr size_t kWord = sizeof(uint64_t);
constexpr uint64_t kHighBits = 0x8080808080808080u;

// `next` is the byte behind it; 0 at the end.
bool MayBeginSign(unsigned char byte, unsigned char next) {
  constexpr unsigned char kBoxes = 0x94;  // U+2500 and what follows; before are punctuation and arrows
  switch (byte) {
    case 0xc2:
    case 0xc3:
    case 0xc4:
    case 0xce:
    case 0xd0:
    case 0xd1:
      return true;
    default:
      return byte == 0xe2 && next >= kBoxes;
  }
}

uint64_t WordAt(const char* bytes) {
  uint64_t word;
  std::memcpy(&word, bytes, kWord);
  return word;
}

}  // namespace

bool HoldsDamageSigns(std::string_view text) {
  constexpr size_t kBlock = 8 * kWord;
  const auto sign_at = [&](size_t at) {
    return MayBeginSign(static_cast<unsigned char>(text[at]),
                        at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0);
  };
  size_t at = 0;
  for (; at + kBlock <= text.size(); at += kBlock) {
    const char* const block = text.data() + at;
    uint64_t words[8], any = 0;
    for (size_t i = 0; i < 8; ++i) any |= words[i] = WordAt(block + i * kWord);
    if ((any & kHighBits) == 0) continue;
    for (size_t i = 0; i < 8; ++i) {
      for (uint64_t high = words[i] & kHighBits; high != 0; high &= high - 1) {
        size_t place = static_cast<size_t>(std::countr_zero(high)) / 8;
        if constexpr (std::endian::native == std::endian::big) place = kWord - 1 - place;
        if (sign_at(at + i * kWord + place)) return true;
      }
    }
  }
  for (; at < text.size(); ++at) {
    if (static_cast<unsigned char>(text[at]) >= 0x80 && sign_at(at)) return true;
  }
  return false;
}

}  // namespace unspin
