// A cache of looked-up words.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "unspin/base/hash_index.h"
#include "unspin/base/huge_pages.h"
#include "unspin/lexicon/lexicon.h"
#include "unspin/lexicon/spun_forms.h"
#include "unspin/lexicon/stemmer.h"

namespace unspin {

// One per thread. When it is full (50 MB) it starts anew: frequent words come back soon.
class LexiconCache {
 public:
  // Lemmas take half of the time of a look-up, and only synonyms need them.
  enum class Lemmas : bool { kLeftOut, kLookedUp };
  // `lexicon` outlives the cache.
  explicit LexiconCache(const Lexicon& lexicon, Lemmas lemmas = Lemmas::kLookedUp)
      : lexicon_(lexicon), lemmas_(lemmas), stemmer_(lexicon.language()) {}

  // Valid until the next call. REQUIRES: hash == HashWord(word).
  const WordInfo& Lookup(std::string_view word, uint64_t hash);
  // Prefetch hints for Lookup: first the slot of the hash, later the word that the slot leads to.
  void PrefetchPlace(uint64_t hash) const { index_.Prefetch(hash); }
  void PrefetchWord(uint64_t hash) const;
  const Lexicon& lexicon() const { return lexicon_; }

  // Replacements learnt from a spinner, or null. They outlive their use here.
  void set_spun_forms(const SpunForms* forms) { spun_forms_ = forms; }
  const SpunForms* spun_forms() const { return spun_forms_; }

 private:
  const Lexicon& lexicon_;
  Lemmas lemmas_;
  Stemmer stemmer_;
  std::vector<WordInfo, HugePageAllocator<WordInfo>> words_;  // by first use: frequent words are close together
  HashIndex index_{1024};                                     // word hash → number in words_
  const SpunForms* spun_forms_ = nullptr;
};

}  // namespace unspin
