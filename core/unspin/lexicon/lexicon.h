// What is known about words before any article is read: stems, lemmas, frequencies, numbers, synonyms.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "unspin/base/hash_index.h"
#include "unspin/base/huge_pages.h"
#include "unspin/lexicon/sorted_hashes.h"
#include "unspin/lexicon/spun_forms.h"

struct sb_stemmer;

namespace unspin {

struct Language;

// How two words that stand in each other's place are related, strongest first.
enum class Relation : uint8_t {
  kSame,        // the same word, or the same number written another way
  kInflection,  // another form of the same lemma or stem
  kStrong,      // WordNet: same synset or one hop; or listed as a synonym by the thesaurus
  kWeak,        // two hops, that is both strong synonyms of a third word, if that one is not all too general
  kNone,
};

inline constexpr uint32_t kNoLemma = 0xffffffffu;

// A word with more synonyms than this ("go", "good", "person") makes any two words weak synonyms. With this value 7 of
// 100 pairs of random news words are weak, and 22 of 100 real spinner substitutions.
inline constexpr size_t kMaxNeighboursOfBridge = 120;

// Everything about one distinct word, looked up once and then compared by plain numbers.
struct WordInfo {
  uint64_t word = 0;       // hash of the spelling
  uint64_t canonical = 0;  // hash of the value for number words ("two", "2"), one hash for all spellings of "percent",
                           // else equal to `word`
  uint64_t stem = 0;       // hash of the Snowball stem
  float idf = 0;           // natural logarithm of (articles + 1) / (articles with the word + 1), never below 0
  std::array<uint32_t, 4> lemmas = {kNoLemma, kNoLemma, kNoLemma, kNoLemma};  // into the synonym table
  bool function_word = false;
  bool number = false;
};

// A Snowball stemmer. It keeps a buffer: one per thread.
class Stemmer {
 public:
  explicit Stemmer(const Language& language);
  // Valid until the next call.
  std::string_view Stem(std::string_view word);

 private:
  struct Deleter {
    void operator()(sb_stemmer* stemmer) const;
  };
  std::unique_ptr<sb_stemmer, Deleter> stemmer_;
};

// The compiled tables, shared by all threads. Everything is const and total: an unknown word has a stem and the
// highest idf, and is related to nothing but itself and its inflections.
class Lexicon {
 public:
  // Reads the tables of a language in place, which outlives the lexicon. Takes about a millisecond. Tables of another
  // version or cut short make an empty lexicon. REQUIRES: the tables begin at a multiple of eight bytes.
  explicit Lexicon(const Language& language);

  const Language& language() const { return *language_; }

  // Looks up one normalized (lower-case) word. `hash` is the token's word hash, HashWord(word).
  // Costs about a microsecond with a stemmer at hand, two without; use a LexiconCache where words repeat.
  WordInfo Lookup(std::string_view word, uint64_t hash) const;
  WordInfo Lookup(std::string_view word, uint64_t hash, Stemmer& stemmer) const;
  // The same without the lemmas, which take half of the time.
  WordInfo LookupWithoutLemmas(std::string_view word, uint64_t hash, Stemmer& stemmer) const;

  // kSame, kInflection, kStrong, kWeak or kNone; the same in both directions. For many pairs of words:
  // synonym_matcher.h.
  Relation Relate(const WordInfo& a, const WordInfo& b) const;

  // Whether a phrase of several words (lower case, joined by single spaces) and a word or phrase are synonyms, the
  // head of either inflected or not, a leading article or "to" ignored. Two spellings of one compound ("web site",
  // "website") are synonyms.
  bool PhraseSynonyms(std::string_view phrase, std::string_view other) const;

  // The lemmas that are strong synonyms of a lemma, ascending. REQUIRES: an id out of WordInfo::lemmas.
  std::span<const uint32_t> Neighbours(uint32_t lemma) const {
    return {neighbours_.data() + neighbour_starts_[lemma], neighbours_.data() + neighbour_starts_[lemma + 1]};
  }
  // Say that they will be asked for soon: first where they begin, then what stands there.
  void PrefetchBegin(uint32_t lemma) const { __builtin_prefetch(&neighbour_starts_[lemma]); }
  void PrefetchNeighbours(uint32_t lemma) const { __builtin_prefetch(neighbours_.data() + neighbour_starts_[lemma]); }
  // Whether two strong synonyms of a lemma are weak ones of each other.
  bool IsBridge(uint32_t lemma) const { return Neighbours(lemma).size() <= kMaxNeighboursOfBridge; }
  // How many there are; ids are below.
  size_t lemmas() const { return lemma_hashes_.size(); }

  // What was found at build time, for `unspin info`: "wordnet 3.0 + mythes-en-us", or what is missing.
  std::string_view Provenance() const { return provenance_; }
  // Fingerprint of the tables.
  uint64_t Fingerprint() const { return fingerprint_; }
  // Whether a thesaurus or WordNet was there at build time.
  bool HasSynonyms() const { return !neighbours_.empty(); }

 private:
  using Lemmas = std::array<uint32_t, 4>;

  Lexicon(const Language& language, std::string_view tables);

  uint32_t FindLemma(std::string_view lemma) const;  // kNoLemma where there is none
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

// Remembers described words. One per thread.
class LexiconCache {
 public:
  // Lemmas take half of the time, and only words that are related to others need them.
  enum class Lemmas : bool { kLeftOut, kLookedUp };
  // `lexicon` outlives the cache.
  explicit LexiconCache(const Lexicon& lexicon, Lemmas lemmas = Lemmas::kLookedUp)
      : lexicon_(lexicon), lemmas_(lemmas), stemmer_(lexicon.language()) {}
  // Valid until the next call.
  const WordInfo& Lookup(std::string_view word, uint64_t hash);
  // Say that this word will be asked for soon: one after the other, with some time between them.
  void PrefetchPlace(uint64_t hash) const { places_.Prefetch(hash); }
  void PrefetchWord(uint64_t hash) const;
  const Lexicon& lexicon() const { return lexicon_; }

  // Replacements learnt from a spinner, where there are any. They outlive their use here.
  void set_spun_forms(const SpunForms* forms) { spun_forms_ = forms; }
  const SpunForms* spun_forms() const { return spun_forms_; }

 private:
  const Lexicon& lexicon_;
  Lemmas lemmas_;
  Stemmer stemmer_;
  // In the order in which they were asked for: common ones stand close together.
  std::vector<WordInfo, HugePageAllocator<WordInfo>> words_;
  HashIndex places_{1024};
  const SpunForms* spun_forms_ = nullptr;
};

}  // namespace unspin
