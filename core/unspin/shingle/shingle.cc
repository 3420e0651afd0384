#include "unspin/shingle/shingle.h"

#include <bit>

#include "unspin/base/hash.h"
#include "unspin/kernels/hash_shingles.h"

namespace unspin {

std::vector<uint64_t> HashShingles(std::span<const uint64_t> words, uint32_t k) {
  if (k == 0 || words.size() < k) return {};
  std::vector<uint64_t> hashes(words.size() - k + 1);
  if (k == kShingleWords) {
    HashShinglesOfFive(words.data(), words.size(), hashes.data());
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
  if (!elements.empty()) FoldShinglesOfFive(words.data(), words.size(), elements.data());
}

std::vector<uint64_t> SampleShingles(std::span<const uint64_t> words) {
  const std::vector<uint64_t> hashes = HashShingles(words, kShingleWords);
  std::vector<uint64_t> sample(hashes.size());
  sample.resize(SampleHashes(hashes.data(), hashes.size(), sample.data()));
  return sample;
}

}  // namespace unspin
