#include "unspin/verdict/signals/synonym_stems.h"

#include <algorithm>
#include <cassert>

#include "absl/container/flat_hash_map.h"
#include "unspin/lexicon/lemma_set.h"

namespace unspin {
namespace {

// Lemma → stem of the first word that has it. Few of the lemmas asked for are there: a bit set of a few kilobytes rules
// out most of them without a look into the hash map, which takes 1.02 times as long in `compare`, 21 runs in turns.
class StemOfLemma {
 public:
  StemOfLemma(const AnalyzedArticle& article, const Lexicon& lexicon) : has_stem_(lexicon.lemmas()) {
    stem_ids_.reserve(article.vocabulary.size());
    for (size_t word = 0; word < article.vocabulary.size(); ++word) {
      if (article.vocabulary[word].function_word) continue;
      for (const uint32_t lemma : article.vocabulary[word].lemmas) {
        if (lemma == kNoLemma) break;
        stem_ids_.try_emplace(lemma, article.stem_id_of_word[word]);
        has_stem_.Insert(lemma);
      }
    }
  }

  void AppendStem(uint32_t lemma, std::vector<uint32_t>& stems) const {
    if (has_stem_.Contains(lemma)) stems.push_back(stem_ids_.find(lemma)->second);
  }

 private:
  absl::flat_hash_map<uint32_t, uint32_t> stem_ids_;
  LemmaSet has_stem_;
};

// Words between a prefetch and its use: lists of synonyms are read in no order that a processor foresees.
constexpr size_t kAhead = 8;

void PrefetchSynonyms(const AnalyzedArticle& article, std::span<const uint32_t> words, size_t next,
                      const Lexicon& lexicon) {
  if (next + 2 * kAhead < words.size()) lexicon.PrefetchBegin(article.vocabulary[words[next + 2 * kAhead]].lemmas[0]);
  if (next + kAhead < words.size()) lexicon.PrefetchNeighbours(article.vocabulary[words[next + kAhead]].lemmas[0]);
}

// Words whose synonyms are looked for.
std::vector<uint32_t> ContentWordsWithoutCounterpart(const AnalyzedArticle& article, std::span<const uint32_t> joined) {
  std::vector<uint32_t> words;
  words.reserve(article.vocabulary.size());
  for (uint32_t word = 0; word < article.vocabulary.size(); ++word) {
    const WordInfo& info = article.vocabulary[word];
    const bool searched = joined[article.stem_id_of_word[word]] == kNoStem && !info.function_word && !info.number;
    if (searched && info.lemmas[0] != kNoLemma) words.push_back(word);
  }
  return words;
}

}  // namespace

SynonymStems::SynonymStems(const AnalyzedArticle& from, std::span<const uint32_t> joined, const AnalyzedArticle& to,
                           const Lexicon& lexicon)
    : begins_(from.stems.size(), 0), ends_(from.stems.size(), 0) {
  assert(joined.size() == from.stems.size());
  const StemOfLemma stem_of_lemma(to, lexicon);
  const std::vector<uint32_t> words = ContentWordsWithoutCounterpart(from, joined);
  std::vector<uint32_t> related;
  for (size_t i = 0; i < words.size(); ++i) {
    PrefetchSynonyms(from, words, i, lexicon);
    const WordInfo& info = from.vocabulary[words[i]];
    const uint32_t stem = from.stem_id_of_word[words[i]];
    // Words of one stem share a list: that of an earlier word is copied to the end and grows there.
    related.assign(stem_ids_.begin() + begins_[stem], stem_ids_.begin() + ends_[stem]);
    const size_t of_earlier_words = related.size();
    for (const uint32_t lemma : info.lemmas) {
      if (lemma == kNoLemma) break;
      stem_of_lemma.AppendStem(lemma, related);
      for (const uint32_t neighbour : lexicon.Neighbours(lemma)) stem_of_lemma.AppendStem(neighbour, related);
    }
    if (related.size() == of_earlier_words) continue;
    std::sort(related.begin(), related.end());
    related.erase(std::unique(related.begin(), related.end()), related.end());
    begins_[stem] = static_cast<uint32_t>(stem_ids_.size());
    stem_ids_.insert(stem_ids_.end(), related.begin(), related.end());
    ends_[stem] = static_cast<uint32_t>(stem_ids_.size());
  }
}

}  // namespace unspin
