#include "unspin/lexicon/lexicon_cache.h"

#include <cassert>
#include <cstddef>

#include "unspin/base/word_hash.h"

namespace unspin {
namespace {

constexpr size_t kMaxWords = 400'000;  // 50 MB

}  // namespace

const WordInfo& LexiconCache::Lookup(std::string_view word, uint64_t hash) {
  assert(hash == HashWord(word));
  const auto hash_of = [&](uint32_t number) { return words_[number].word; };
  if (words_.size() == index_.capacity()) index_.Grow(static_cast<uint32_t>(words_.size()), hash_of);
  const uint32_t number = index_.FindOrInsert(hash, static_cast<uint32_t>(words_.size()), hash_of);
  if (number < words_.size()) return words_[number];
  if (words_.size() >= kMaxWords) {
    words_.clear();
    index_ = HashIndex(index_.capacity() - 1);
    index_.FindOrInsert(hash, 0, hash_of);
  }
  return words_.emplace_back(lemmas_ == Lemmas::kLookedUp ? lexicon_.Lookup(word, hash, stemmer_)
                                                          : lexicon_.LookupWithoutLemmas(word, hash, stemmer_));
}

void LexiconCache::PrefetchWord(uint64_t hash) const {
  const uint32_t number = index_.PeekSlot(hash);
  if (number >= words_.size()) return;
  const auto* bytes = reinterpret_cast<const char*>(&words_[number]);
  __builtin_prefetch(bytes);
  __builtin_prefetch(bytes + sizeof(WordInfo) - 1);
}

}  // namespace unspin
