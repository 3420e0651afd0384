#include "unspin/verdict/signals/synonym_keys.h"

#include <algorithm>
#include <cassert>

#include "absl/container/flat_hash_map.h"

namespace unspin {
namespace {

// Lemma → key of the first word that has it. Few of the lemmas asked for are there: a bit set of a few kilobytes rules
// out most of them without a look into the hash map.
class KeyOfLemma {
 public:
  KeyOfLemma(const AnalyzedArticle& article, const Lexicon& lexicon) : has_key_(lexicon.lemmas(), false) {
    keys_.reserve(article.vocabulary.size());
    for (size_t word = 0; word < article.vocabulary.size(); ++word) {
      if (article.vocabulary[word].function_word) continue;
      for (const uint32_t lemma : article.vocabulary[word].lemmas) {
        if (lemma == kNoLemma) break;
        keys_.try_emplace(lemma, article.key_of_word[word]);
        has_key_[lemma] = true;
      }
    }
  }

  void AppendKey(uint32_t lemma, std::vector<uint32_t>& keys) const {
    if (has_key_[lemma]) keys.push_back(keys_.find(lemma)->second);
  }

 private:
  absl::flat_hash_map<uint32_t, uint32_t> keys_;
  std::vector<bool> has_key_;  // by lemma
};

// Words whose synonyms are looked for.
std::vector<uint32_t> ContentWordsWithoutCounterpart(const AnalyzedArticle& article, std::span<const uint32_t> joined) {
  std::vector<uint32_t> words;
  words.reserve(article.vocabulary.size());
  for (uint32_t word = 0; word < article.vocabulary.size(); ++word) {
    const WordInfo& info = article.vocabulary[word];
    const bool searched = joined[article.key_of_word[word]] == kNoKey && !info.function_word && !info.number;
    if (searched && info.lemmas[0] != kNoLemma) words.push_back(word);
  }
  return words;
}

}  // namespace

SynonymKeys::SynonymKeys(const AnalyzedArticle& from, std::span<const uint32_t> joined, const AnalyzedArticle& to,
                         const Lexicon& lexicon)
    : begins_(from.keys.size(), 0), ends_(from.keys.size(), 0) {
  assert(joined.size() == from.keys.size());
  const KeyOfLemma key_of_lemma(to, lexicon);
  const std::vector<uint32_t> words = ContentWordsWithoutCounterpart(from, joined);
  constexpr size_t kAhead = 4;  // words
  std::vector<uint32_t> related;
  for (size_t i = 0; i < words.size(); ++i) {
    const auto lemma_ahead = [&](size_t by) { return from.vocabulary[words[i + by]].lemmas[0]; };
    if (i + 2 * kAhead < words.size()) lexicon.PrefetchBegin(lemma_ahead(2 * kAhead));
    if (i + kAhead < words.size()) lexicon.PrefetchNeighbours(lemma_ahead(kAhead));
    const WordInfo& info = from.vocabulary[words[i]];
    const uint32_t key = from.key_of_word[words[i]];
    // Words of one key share a list: that of an earlier word is copied to the end and grows there.
    related.assign(keys_.begin() + begins_[key], keys_.begin() + ends_[key]);
    const size_t of_earlier_words = related.size();
    for (const uint32_t lemma : info.lemmas) {
      if (lemma == kNoLemma) break;
      key_of_lemma.AppendKey(lemma, related);
      for (const uint32_t neighbour : lexicon.Neighbours(lemma)) key_of_lemma.AppendKey(neighbour, related);
    }
    if (related.size() == of_earlier_words) continue;
    std::sort(related.begin(), related.end());
    related.erase(std::unique(related.begin(), related.end()), related.end());
    begins_[key] = static_cast<uint32_t>(keys_.size());
    keys_.insert(keys_.end(), related.begin(), related.end());
    ends_[key] = static_cast<uint32_t>(keys_.size());
  }
}

}  // namespace unspin
