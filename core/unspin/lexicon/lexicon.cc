#include "unspin/lexicon/lexicon.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>

#include <libstemmer.h>

#include "unspin/base/hash.h"
#include "unspin/base/word_hash.h"
#include "unspin/lexicon/numbers.h"
#include "unspin/lexicon/tables.h"

extern "C" {
extern const char unspin_lexicon_begin[];
extern const char unspin_lexicon_end[];
}

namespace unspin {
namespace {

// Words remembered by a cache before it starts anew: 50 MB. What is common is back soon.
constexpr size_t kMaxRememberedWords = 400'000;

// WordNet's rules that undo regular inflections (morphy), and for which word class each holds.
struct Suffix {
  std::string_view ending;
  std::string_view base;
  uint8_t word_class;
};
constexpr Suffix kSuffixes[] = {
    {"ies", "y", kNoun | kVerb}, {"s", "", kNoun | kVerb}, {"es", "", kNoun | kVerb}, {"es", "e", kVerb},
    {"ses", "s", kNoun},         {"xes", "x", kNoun},      {"zes", "z", kNoun},       {"ches", "ch", kNoun},
    {"shes", "sh", kNoun},       {"men", "man", kNoun},    {"ied", "y", kVerb},       {"ed", "", kVerb},
    {"ed", "e", kVerb},          {"ing", "", kVerb},       {"ing", "e", kVerb},       {"er", "", kAdjective},
    {"er", "e", kAdjective},     {"ier", "y", kAdjective}, {"est", "", kAdjective},   {"est", "e", kAdjective},
    {"iest", "y", kAdjective},
};

// Short words lose an ending by chance: "king" is not a form of "k".
constexpr size_t kMinBaseLetters = 2;

template <typename Visit>
void VisitRegularBases(std::string_view word, const Visit& visit) {
  for (const Suffix& suffix : kSuffixes) {
    if (!word.ends_with(suffix.ending)) continue;
    const std::string_view trunk = word.substr(0, word.size() - suffix.ending.size());
    if (trunk.size() + suffix.base.size() < kMinBaseLetters) continue;
    std::string base(trunk);
    base += suffix.base;
    visit(base, suffix.word_class);
    const bool doubled = suffix.base.empty() && suffix.ending.size() > 1 && suffix.ending != "es" && trunk.size() > 3 &&
                         trunk.back() == trunk[trunk.size() - 2];
    if (doubled) visit(std::string(trunk.substr(0, trunk.size() - 1)), suffix.word_class);
  }
}

std::string_view WithoutPossessive(std::string_view word) {
  if (word.ends_with("'s")) return word.substr(0, word.size() - 2);
  if (word.ends_with("'")) return word.substr(0, word.size() - 1);
  return word;
}

// Takes section after section of the tables, each rounded up to eight bytes.
class Sections {
 public:
  explicit Sections(std::string_view bytes) : bytes_(bytes) {}
  template <typename Number>
  std::span<const Number> Next(size_t count) {
    const size_t size = count * sizeof(Number);
    if (size > bytes_.size()) {
      complete_ = false;
      return {};
    }
    const auto* data = reinterpret_cast<const Number*>(bytes_.data());
    bytes_.remove_prefix(std::min((size + 7) / 8 * 8, bytes_.size()));
    return {data, count};
  }
  bool complete() const { return complete_; }

 private:
  std::string_view bytes_;
  bool complete_ = true;
};

}  // namespace

Stemmer::Stemmer() : stemmer_(sb_stemmer_new("english", "UTF_8")) {}

void Stemmer::Deleter::operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }

std::string_view Stemmer::Stem(std::string_view word) {
  if (stemmer_ == nullptr) return word;  // out of memory: a word is at least its own stem
  const auto* letters = reinterpret_cast<const sb_symbol*>(word.data());
  const sb_symbol* stem = sb_stemmer_stem(stemmer_.get(), letters, static_cast<int>(word.size()));
  if (stem == nullptr) return word;
  return {reinterpret_cast<const char*>(stem), static_cast<size_t>(sb_stemmer_length(stemmer_.get()))};
}

const Lexicon& Lexicon::Default() {
  static const Lexicon lexicon(
      std::string_view(unspin_lexicon_begin, static_cast<size_t>(unspin_lexicon_end - unspin_lexicon_begin)));
  return lexicon;
}

Lexicon::Lexicon(std::string_view tables) : provenance_("no tables") {
  LexiconTablesHeader header;
  if (tables.size() < sizeof header) return;
  std::memcpy(&header, tables.data(), sizeof header);
  if (std::memcmp(header.magic, kLexiconMagic, sizeof header.magic) != 0) return;

  Sections sections(tables.substr(sizeof header));
  lemma_hashes_ = SortedHashes(sections.Next<uint64_t>(header.lemmas));
  neighbour_starts_ = sections.Next<uint32_t>(header.lemmas + size_t{1});
  neighbours_ = sections.Next<uint32_t>(header.neighbours);
  lemma_classes_ = sections.Next<uint8_t>(header.lemmas);
  irregular_hashes_ = sections.Next<uint64_t>(header.irregulars);
  irregular_bases_ = sections.Next<uint32_t>(header.irregulars);
  word_hashes_ = SortedHashes(sections.Next<uint64_t>(header.words));
  word_idfs_ = sections.Next<float>(header.words);
  function_words_ = SortedHashes(sections.Next<uint64_t>(header.function_words));
  const auto text = sections.Next<char>(header.text_size);
  text_ = {text.data(), text.size()};
  if (!sections.complete() || header.provenance >= text_.size() || text_.back() != '\0') {
    *this = Lexicon(std::string_view());
    return;
  }
  provenance_ = text_.data() + header.provenance;
  fingerprint_ = header.fingerprint;
  unknown_idf_ = header.unknown_idf;
}

uint32_t Lexicon::FindLemma(std::string_view lemma) const {
  const auto place = lemma_hashes_.Find(HashWord(lemma));
  return place ? static_cast<uint32_t>(*place) : kNoLemma;
}

template <typename Visit>
void Lexicon::VisitIrregularBases(std::string_view form, const Visit& visit) const {
  const uint64_t hash = HashWord(form);
  const auto begin = std::lower_bound(irregular_hashes_.begin(), irregular_hashes_.end(), hash);
  for (auto entry = begin; entry != irregular_hashes_.end() && *entry == hash; ++entry) {
    const size_t base = irregular_bases_[static_cast<size_t>(entry - irregular_hashes_.begin())];
    visit(std::string_view(text_.data() + base));
  }
}

Lexicon::Lemmas Lexicon::LemmasOfWord(std::string_view word, bool function_word) const {
  Lemmas lemmas;
  lemmas.fill(kNoLemma);
  size_t count = 0;
  const auto add = [&](std::string_view base, uint8_t word_class) {
    if (count == lemmas.size()) return;
    const uint32_t lemma = FindLemma(base);
    if (lemma == kNoLemma || (lemma_classes_[lemma] & word_class) == 0) return;
    if (std::find(lemmas.begin(), lemmas.end(), lemma) == lemmas.end()) lemmas[count++] = lemma;
  };
  constexpr uint8_t kAnyClass = 0xff;
  const std::string_view bare = WithoutPossessive(word);
  const uint32_t whole = FindLemma(bare);
  if (whole != kNoLemma) lemmas[count++] = whole;
  VisitIrregularBases(bare, [&](std::string_view base) { add(base, kAnyClass); });
  // "has", "as" and "his" are no plurals of "ha", "a" and "hi".
  if (!function_word) VisitRegularBases(bare, add);
  return lemmas;
}

WordInfo Lexicon::Lookup(std::string_view word, uint64_t hash) const {
  Stemmer stemmer;
  return Lookup(word, hash, stemmer);
}

WordInfo Lexicon::Lookup(std::string_view word, uint64_t hash, Stemmer& stemmer) const {
  WordInfo info = LookupWithoutLemmas(word, hash, stemmer);
  info.lemmas = LemmasOfWord(word, info.function_word);
  return info;
}

WordInfo Lexicon::LookupWithoutLemmas(std::string_view word, uint64_t hash, Stemmer& stemmer) const {
  WordInfo info;
  info.word = hash;
  info.canonical = hash;
  info.stem = HashWord(stemmer.Stem(word));
  const auto frequency = word_hashes_.Find(hash);
  info.idf = frequency ? word_idfs_[*frequency] : unknown_idf_;
  info.function_word = function_words_.Find(hash).has_value();
  if (const auto reading = ReadNumber({&word, 1})) {
    info.number = true;
    info.canonical = NumberHash(*reading);
  } else if (const auto percent = PercentWord(word)) {
    info.canonical = HashWord(*percent);
  }
  return info;
}

bool Lexicon::AreNeighbours(uint32_t a, uint32_t b) const {
  if (Neighbours(a).size() > Neighbours(b).size()) std::swap(a, b);
  const auto neighbours = Neighbours(a);
  return std::binary_search(neighbours.begin(), neighbours.end(), b);
}

bool Lexicon::ShareNeighbour(uint32_t a, uint32_t b) const {
  const auto left = Neighbours(a);
  const auto right = Neighbours(b);
  for (size_t i = 0, j = 0; i < left.size() && j < right.size();) {
    if (left[i] == right[j] && IsBridge(left[i])) return true;
    const bool step_left = left[i] <= right[j];
    const bool step_right = right[j] <= left[i];
    i += step_left;
    j += step_right;
  }
  return false;
}

Relation Lexicon::Relate(const WordInfo& a, const WordInfo& b) const {
  if (a.canonical == b.canonical) return Relation::kSame;
  // Two numbers of different values are near in WordNet ("two", "three") and far apart in a report.
  if (a.number && b.number) return Relation::kNone;
  if (a.stem == b.stem) return Relation::kInflection;
  // The lemmas of a word fill the array from the front.
  const auto any = [&](const auto& related) {
    for (const uint32_t x : a.lemmas) {
      if (x == kNoLemma) break;
      for (const uint32_t y : b.lemmas) {
        if (y == kNoLemma) break;
        if (related(x, y)) return true;
      }
    }
    return false;
  };
  if (any([](uint32_t x, uint32_t y) { return x == y; })) return Relation::kInflection;
  if (any([&](uint32_t x, uint32_t y) { return AreNeighbours(x, y); })) return Relation::kStrong;
  if (any([&](uint32_t x, uint32_t y) { return ShareNeighbour(x, y); })) return Relation::kWeak;
  return Relation::kNone;
}

std::vector<std::string> Lexicon::BaseForms(std::string_view word) const {
  std::vector<std::string> forms = {std::string(word)};
  const auto add = [&](std::string_view base) {
    if (std::find(forms.begin(), forms.end(), base) == forms.end()) forms.emplace_back(base);
  };
  VisitIrregularBases(word, add);
  VisitRegularBases(word, [&](const std::string& base, uint8_t word_class) {
    const uint32_t lemma = FindLemma(base);
    if (lemma != kNoLemma && (lemma_classes_[lemma] & word_class) != 0) add(base);
  });
  return forms;
}

std::vector<uint32_t> Lexicon::LemmasOfPhrase(std::string_view phrase) const {
  std::vector<uint32_t> lemmas;
  const auto add = [&](std::string_view spelling) {
    const uint32_t lemma = FindLemma(spelling);
    if (lemma != kNoLemma && std::find(lemmas.begin(), lemmas.end(), lemma) == lemmas.end()) lemmas.push_back(lemma);
  };
  // The head of a verb phrase is its first word ("went up"), that of a noun phrase its last ("prime ministers").
  const auto add_inflected = [&](std::string_view text) {
    add(text);
    const size_t first_end = std::min(text.find(' '), text.size());
    for (const std::string& first : BaseForms(text.substr(0, first_end))) {
      add(first + std::string(text.substr(first_end)));
    }
    if (first_end == text.size()) return;
    const size_t last = text.rfind(' ') + 1;
    for (const std::string& form : BaseForms(WithoutPossessive(text.substr(last)))) {
      add(std::string(text.substr(0, last)) + form);
    }
  };
  add_inflected(phrase);
  for (const std::string_view opening : {"a ", "an ", "the ", "to "}) {
    if (phrase.starts_with(opening)) add_inflected(phrase.substr(opening.size()));
  }
  return lemmas;
}

bool Lexicon::PhraseSynonyms(std::string_view phrase, std::string_view other) const {
  const auto joined = [](std::string_view text) {
    std::string letters(text);
    std::erase(letters, ' ');
    return letters;
  };
  if (joined(phrase) == joined(other)) return true;
  const std::vector<uint32_t> left = LemmasOfPhrase(phrase);
  if (left.empty()) return false;
  const std::vector<uint32_t> right = LemmasOfPhrase(other);
  for (const uint32_t a : left) {
    for (const uint32_t b : right) {
      if (a == b || AreNeighbours(a, b)) return true;
    }
  }
  return false;
}

const WordInfo& LexiconCache::Lookup(std::string_view word, uint64_t hash) {
  const auto hash_of = [&](uint32_t number) { return words_[number].word; };
  if (words_.size() == places_.capacity()) places_.Grow(static_cast<uint32_t>(words_.size()), hash_of);
  const uint32_t number = places_.FindOrInsert(hash, static_cast<uint32_t>(words_.size()), hash_of);
  if (number < words_.size()) return words_[number];
  if (words_.size() >= kMaxRememberedWords) {
    words_.clear();
    places_ = HashIndex(places_.capacity() - 1);
    places_.FindOrInsert(hash, 0, hash_of);
  }
  return words_.emplace_back(lemmas_ == Lemmas::kLookedUp ? lexicon_.Lookup(word, hash, stemmer_)
                                                          : lexicon_.LookupWithoutLemmas(word, hash, stemmer_));
}

void LexiconCache::PrefetchWord(uint64_t hash) const {
  const uint32_t number = places_.PeekSlot(hash);
  if (number >= words_.size()) return;
  const auto* bytes = reinterpret_cast<const char*>(&words_[number]);
  __builtin_prefetch(bytes);
  __builtin_prefetch(bytes + sizeof(WordInfo) - 1);
}

}  // namespace unspin
