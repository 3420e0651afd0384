// Words of a language → the lists that each is in, looked up by their word hashes.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "unspin/base/word_hash.h"

namespace unspin {

// A set of the values of `Tag`, an enum class that counts from 0 and has at most 32 values.
template <typename Tag>
class TagSet {
 public:
  constexpr TagSet() = default;
  constexpr TagSet(Tag tag) : bits_(uint32_t{1} << static_cast<uint32_t>(tag)) {}
  constexpr TagSet(std::initializer_list<Tag> tags) {
    for (const Tag tag : tags) *this |= tag;
  }

  constexpr bool HasAny(TagSet tags) const { return (bits_ & tags.bits_) != 0; }
  constexpr TagSet& operator|=(TagSet tags) {
    bits_ |= tags.bits_;
    return *this;
  }

 private:
  uint32_t bits_ = 0;
};

template <typename Tag>
class WordTags {
 public:
  struct List {
    Tag tag;
    std::span<const std::string_view> words;  // spelled as in WordSet
  };

  WordTags() = default;
  WordTags(std::initializer_list<List> lists) {
    for (const List& list : lists) {
      for (const std::string_view word : list.words) {
        const uint64_t hash = HashWord(word);
        filter_.set(hash % kFilterBits);
        tags_[hash] |= list.tag;
      }
    }
  }

  // Whether the word may be in any list: one bit tells it of most words that are in none.
  bool MayContain(uint64_t hash) const { return filter_[hash % kFilterBits]; }

  // The lists of a word. `hash` is HashWord(word).
  TagSet<Tag> Find(uint64_t hash) const {
    if (!MayContain(hash)) return {};
    const auto found = tags_.find(hash);
    return found == tags_.end() ? TagSet<Tag>() : found->second;
  }

 private:
  static constexpr size_t kFilterBits = 32768;  // 4 KB; lists of 500 words let 1 of 65 other words pass

  std::bitset<kFilterBits> filter_;
  absl::flat_hash_map<uint64_t, TagSet<Tag>> tags_;
};

}  // namespace unspin
