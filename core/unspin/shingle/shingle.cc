#include "unspin/shingle/shingle.h"

#include <bit>

#include "unspin/base/hash.h"
#include "unspin/kernels/hash_shingles.h"

namespace unspin {

std::vector<uint64_t> HashShingles(std::span<const uint64_t> words, uint32_t k) {
  if (k == 0 || words.size() < k) return {};
  std::vector<uint64_t> hashes(words.size() - k + 1);
  if (k == kShingleWords) {
    HashShinglesOfFive(words, hashes);
    return hashes;
  }
  for (size_t begin = 0; begin < hashes.size(); ++begin) {
    uint64_t sum = k;
    for (uint32_t i = 0; i < k; ++i) sum += std::rotl(words[begin + i], static_cast<int>(kShingleRotation * i % 64));
    hashes[begin] = Mix64(sum);
  }
  return hashes;
}

void FoldShingles(std::span<const uint64_t> words, std::vector<uint32_t>& elements) {
  elements.resize(words.size() < kShingleWords ? 0 : words.size() - kShingleWords + 1);
  if (!elements.empty()) FoldShinglesOfFive(words, elements);
}

void FoldShingles(std::span<const uint64_t> words, std::vector<uint32_t>& elements, std::vector<uint64_t>& sample) {
  elements.resize(words.size() < kShingleWords ? 0 : words.size() - kShingleWords + 1);
  sample.resize(elements.size());
  if (elements.empty()) return;
  sample.resize(FoldAndSampleShinglesOfFive(words, elements, sample));
}

}  // namespace unspin
