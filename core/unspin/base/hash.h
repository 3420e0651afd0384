// The hash functions whose values reach the disk: XXH3 of bytes, and a mixer of 64-bit values.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

namespace unspin {

// XXH3-64 (Collet, https://xxhash.com). `Checksum` in FORMAT.md is this function with seed 0.
uint64_t Hash64(std::string_view bytes, uint64_t seed = 0);

// Hash64 with seed 0 of bytes that arrive in chunks.
class StreamingHash64 {
 public:
  StreamingHash64();
  StreamingHash64(StreamingHash64&&) noexcept;
  StreamingHash64& operator=(StreamingHash64&&) noexcept;
  ~StreamingHash64();

  void Update(std::string_view chunk);
  uint64_t Digest() const;  // of all chunks since construction or Reset
  void Reset();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// XXH3-128 with seed 0.
struct Hash128Value {
  uint64_t high = 0, low = 0;
};
Hash128Value Hash128(std::string_view bytes);

// A bijection of 64-bit values in which every input bit reaches every output bit
// (the finaliser of SplitMix64, Steele, Lea and Flood, OOPSLA 2014).
inline uint64_t Mix64(uint64_t value) {
  value += 0x9e3779b97f4a7c15u;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
  return value ^ (value >> 31);
}

}  // namespace unspin
