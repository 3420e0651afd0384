#include "unspin/lexicon/synonym_matcher.h"

#include <algorithm>
#include <cassert>
#include <span>

namespace unspin {
namespace {

// The lemmas of a word fill the array from the front.
std::span<const uint32_t> LemmasOf(const WordInfo& word) {
  return {word.lemmas.begin(), std::find(word.lemmas.begin(), word.lemmas.end(), kNoLemma)};
}

}  // namespace

void SynonymMatcher::SetWord(const WordInfo& word) {
  if (marked_) {
    for (const uint32_t lemma : LemmasOf(*word_)) {
      for (const uint32_t neighbour : lexicon_.Neighbours(lemma)) neighbours_->Erase(neighbour);
    }
  }
  word_ = &word;
  marked_ = false;
}

Relation SynonymMatcher::Relate(const WordInfo& other) {
  assert(word_ != nullptr);
  if (word_->canonical == other.canonical) return Relation::kSame;
  if (word_->number && other.number) return Relation::kNone;
  if (word_->stem == other.stem) return Relation::kInflection;
  if (word_->lemmas[0] == kNoLemma || other.lemmas[0] == kNoLemma) return Relation::kNone;
  const auto mine = LemmasOf(*word_), theirs = LemmasOf(other);
  if (std::find_first_of(mine.begin(), mine.end(), theirs.begin(), theirs.end()) != mine.end())
    return Relation::kInflection;
  MarkNeighbours();
  const auto any = [&](auto related) { return std::any_of(theirs.begin(), theirs.end(), related); };
  if (any([&](uint32_t lemma) { return IsNeighbour(lemma); })) return Relation::kStrong;
  if (any([&](uint32_t lemma) { return SharesNeighbour(lemma); })) return Relation::kWeak;
  return Relation::kNone;
}

void SynonymMatcher::MarkNeighbours() {
  if (marked_) return;
  if (!neighbours_) neighbours_.emplace(lexicon_.lemmas());
  for (const uint32_t lemma : LemmasOf(*word_)) {
    for (const uint32_t neighbour : lexicon_.Neighbours(lemma)) neighbours_->Insert(neighbour);
  }
  marked_ = true;
}

bool SynonymMatcher::SharesNeighbour(uint32_t lemma) const {
  const auto theirs = lexicon_.Neighbours(lemma);
  return std::any_of(theirs.begin(), theirs.end(),
                     [&](uint32_t bridge) { return IsNeighbour(bridge) && lexicon_.IsBridge(bridge); });
}

}  // namespace unspin
