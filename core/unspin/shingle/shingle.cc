#include "unspin/shingle/shingle.h"

#include "unspin/base/hash.h"

namespace unspin {

std::vector<uint64_t> HashShingles(std::span<const uint64_t> words, uint32_t k) {
  std::vector<uint64_t> hashes;
  if (k == 0 || words.size() < k) return hashes;
  hashes.reserve(words.size() - k + 1);
  for (size_t begin = 0; begin + k <= words.size(); ++begin) {
    uint64_t hash = k;
    for (size_t i = begin; i < begin + k; ++i) hash = Mix64(hash ^ words[i]);
    hashes.push_back(hash);
  }
  return hashes;
}

}  // namespace unspin
