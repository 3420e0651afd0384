// A word → what is known of it before any article is read: stem, lemmas, frequency, value of a number, synonyms.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/lexicon/sorted_hashes.h"

namespace unspin {

class Stemmer;
struct Language;

// How one word that replaces another is related to it, strongest first.
enum class Relation : uint8_t {
  kSame,        // the same word, or the same number written another way
  kInflection,  // another form of the same lemma or stem
  kStrong,      // WordNet: same synset or one hop; or listed as a synonym by the thesaurus
  kWeak,        // two hops: both are strong synonyms of a third word that is not too general (kMaxBridgeNeighbours)
  kNone,
};

inline constexpr uint32_t kNoLemma = 0xffffffffu;

// A word with more synonyms than this ("go", "good", "person") makes any two words weak synonyms. With this value 7 of
// 100 pairs of random news words are weak, and 22 of 100 real spinner substitutions.
inline constexpr size_t kMaxBridgeNeighbours = 120;

// Everything about one distinct word: looked up once, and compared by numbers afterwards.
struct WordInfo {
  uint64_t word = 0;       // hash of the spelling
  uint64_t canonical = 0;  // hash of the value for number words ("two", "2"), one hash for all spellings of "percent",
                           // else equal to `word`
  uint64_t stem = 0;       // hash of the Snowball stem
  float idf = 0;           // natural logarithm of (articles + 1) / (articles with the word + 1), never below 0
  // Ids in the synonym table, kNoLemma behind the last.
  std::array<uint32_t, 4> lemmas = {kNoLemma, kNoLemma, kNoLemma, kNoLemma};
  bool function_word = false;
  bool number = false;
};

// The compiled tables of a language, shared by all threads. Everything is const and total: an unknown word has a stem
// and the highest idf, and is related to nothing but itself and its inflections.
class Lexicon {
 public:
  // Reads the tables of `language`, which outlives the lexicon, in place. Takes about a millisecond. Tables of another
  // version or cut short make an empty lexicon. REQUIRES: the tables begin at a multiple of eight bytes.
  explicit Lexicon(const Language& language);

  const Language& language() const { return *language_; }

  // Looks up one normalized (lower-case) word. Takes about a microsecond with a stemmer, two without; use a
  // LexiconCache if words repeat. REQUIRES: hash == HashWord(word), which every token has as Token::word.
  WordInfo Lookup(std::string_view word, uint64_t hash) const;
  WordInfo Lookup(std::string_view word, uint64_t hash, Stemmer& stemmer) const;
  // The same without the lemmas, which take half of the time. REQUIRES: hash == HashWord(word).
  WordInfo LookupWithoutLemmas(std::string_view word, uint64_t hash, Stemmer& stemmer) const;

  // Symmetric. For many pairs of words: synonym_matcher.h.
  Relation Relate(const WordInfo& a, const WordInfo& b) const;

  // Whether a phrase of several words (lower case, joined by single spaces) and a word or phrase are synonyms, the
  // head of either inflected or not, a leading article or "to" ignored. Two spellings of one compound ("web site",
  // "website") are synonyms.
  bool PhraseSynonyms(std::string_view phrase, std::string_view other) const;

  // The lemmas that are strong synonyms of a lemma, ascending. REQUIRES: lemma < lemmas().
  std::span<const uint32_t> Neighbours(uint32_t lemma) const {
    assert(lemma < lemmas());
    return {neighbours_.data() + neighbour_starts_[lemma], neighbours_.data() + neighbour_starts_[lemma + 1]};
  }
  // Prefetch hints for Neighbours: first the offset, later the ids.
  void PrefetchBegin(uint32_t lemma) const { __builtin_prefetch(&neighbour_starts_[lemma]); }
  void PrefetchNeighbours(uint32_t lemma) const { __builtin_prefetch(neighbours_.data() + neighbour_starts_[lemma]); }
  // Whether two strong synonyms of a lemma are weak synonyms of each other.
  bool IsBridge(uint32_t lemma) const { return Neighbours(lemma).size() <= kMaxBridgeNeighbours; }
  // Number of lemmas; ids are below it.
  size_t lemmas() const { return lemma_hashes_.size(); }

  // The sources found at build time, for `unspin info`: "wordnet 3.0 + mythes-en-us", or what is missing.
  std::string_view Provenance() const { return provenance_; }
  // Fingerprint of the tables.
  uint64_t Fingerprint() const { return fingerprint_; }
  // Whether a thesaurus or WordNet was there at build time.
  bool HasSynonyms() const { return !neighbours_.empty(); }

 private:
  using Lemmas = std::array<uint32_t, 4>;

  Lexicon(const Language& language, std::string_view tables);

  uint32_t FindLemma(std::string_view lemma) const;  // kNoLemma if there is none
  Lemmas LemmasOfWord(std::string_view word, bool function_word) const;
  std::vector<uint32_t> LemmasOfPhrase(std::string_view phrase) const;
  std::vector<std::string> BaseForms(std::string_view word) const;
  template <typename Visit>
  void VisitIrregularBases(std::string_view form, const Visit& visit) const;
  bool AreNeighbours(uint32_t a, uint32_t b) const;
  bool ShareNeighbour(uint32_t a, uint32_t b) const;

  const Language* language_;
  // Sections of the tables, see tables.h.
  SortedHashes lemma_hashes_;
  std::span<const uint32_t> neighbour_starts_;
  std::span<const uint32_t> neighbours_;
  std::span<const uint8_t> lemma_classes_;
  std::span<const uint64_t> irregular_hashes_;
  std::span<const uint32_t> irregular_bases_;
  SortedHashes word_hashes_;
  std::span<const float> word_idfs_;
  SortedHashes function_words_;
  std::string_view text_;
  std::string_view provenance_;
  uint64_t fingerprint_ = 0;
  float unknown_idf_ = 0;
};

}  // namespace unspin
