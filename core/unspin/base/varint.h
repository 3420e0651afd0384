// LEB128: whole numbers in as few bytes as they need, seven bits a byte, lowest first; read back within bounds.
#pragma once

#include <cstdint>
#include <string>

namespace unspin {

inline void AppendVarint(std::string& out, uint64_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  out.push_back(static_cast<char>(value));
}

// Returns the position after the number, or null if [at, end) does not begin with a number of at most 64 bits.
inline const char* ReadVarint(const char* at, const char* end, uint64_t& value) {
  value = 0;
  for (unsigned shift = 0; shift < 64 && at != end; shift += 7) {
    const uint8_t byte = static_cast<uint8_t>(*at++);
    if (shift == 63 && byte > 1) return nullptr;
    value |= uint64_t{byte & 0x7fu} << shift;
    if (byte < 0x80) return at;
  }
  return nullptr;
}

// Signed numbers near zero become small unsigned ones: 0, -1, 1, -2 … → 0, 1, 2, 3 …
inline uint64_t ZigZag(int64_t value) {
  return (static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63);
}
inline int64_t UnZigZag(uint64_t value) { return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1); }

}  // namespace unspin
