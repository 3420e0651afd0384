// One word → its relation to each of many others.
#pragma once

#include <optional>

#include "unspin/lexicon/lemma_set.h"
#include "unspin/lexicon/lexicon.h"

namespace unspin {

// Marks the synonyms of the one word in a bit set, so that each other word costs a look at its own synonyms only.
class SynonymMatcher {
 public:
  explicit SynonymMatcher(const Lexicon& lexicon) : lexicon_(lexicon) {}

  // Sets the word that Relate relates from now on. It is not copied, and outlives its use.
  void SetWord(const WordInfo& word);

  // Lexicon::Relate of that word and another. REQUIRES: SetWord was called.
  Relation Relate(const WordInfo& other);

 private:
  void MarkNeighbours();
  bool IsNeighbour(uint32_t lemma) const { return neighbours_->Contains(lemma); }
  bool SharesNeighbour(uint32_t lemma) const;

  const Lexicon& lexicon_;
  const WordInfo* word_ = nullptr;
  std::optional<LemmaSet> neighbours_;  // of the word's lemmas; made for the first word that needs it
  bool marked_ = false;
};

}  // namespace unspin
