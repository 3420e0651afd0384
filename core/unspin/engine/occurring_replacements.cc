#include "unspin/engine/occurring_replacements.h"

#include <algorithm>
#include <cstddef>
#include <list>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_set.h"

namespace unspin {
namespace {

size_t WordsIn(std::string_view phrase) {
  return 1 + static_cast<size_t>(std::count(phrase.begin(), phrase.end(), ' '));
}

// All phrases of some articles, up to a number of words.
class Phrases {
 public:
  explicit Phrases(size_t max_words) : max_words_(max_words) {}

  void Add(const TokenizedArticle& article) {
    std::string& text = texts_.emplace_back();
    std::vector<size_t> begins;
    for (size_t token = 0; token < article.tokens.size(); ++token) {
      begins.push_back(text.size());
      text.append(article.Word(token)).append(" ");
    }
    begins.push_back(text.size());
    for (size_t first = 0; first + 1 < begins.size(); ++first) {
      const size_t end = std::min(first + max_words_, begins.size() - 1);
      for (size_t last = first + 1; last <= end; ++last)
        phrases_.insert(std::string_view(text).substr(begins[first], begins[last] - 1 - begins[first]));
    }
  }
  bool Has(std::string_view phrase) const { return phrases_.contains(phrase); }

 private:
  const size_t max_words_;
  std::list<std::string> texts_;                   // words joined by spaces; never moved
  absl::flat_hash_set<std::string_view> phrases_;  // in texts_
};

}  // namespace

std::vector<LearntReplacement> OccurringReplacements(std::vector<LearntReplacement> learnt,
                                                     const TokenizedArticle& suspect,
                                                     std::span<const TokenizedArticle* const> originals) {
  if (learnt.empty()) return learnt;
  size_t max_words = 1;
  for (const LearntReplacement& one : learnt)
    max_words = std::max({max_words, WordsIn(one.original), WordsIn(one.suspect)});
  Phrases in_suspect(max_words), in_originals(max_words);
  in_suspect.Add(suspect);
  for (const TokenizedArticle* original : originals) in_originals.Add(*original);
  std::erase_if(learnt, [&](const LearntReplacement& replacement) {
    return !in_suspect.Has(replacement.suspect) || !in_originals.Has(replacement.original);
  });
  std::sort(learnt.begin(), learnt.end());
  learnt.erase(std::unique(learnt.begin(), learnt.end()), learnt.end());
  return learnt;
}

}  // namespace unspin
