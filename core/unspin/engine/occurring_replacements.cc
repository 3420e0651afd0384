#include "unspin/engine/occurring_replacements.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace unspin {
namespace {

// The words with a space on either side of each, so that a phrase is found as whole words. Words have no spaces.
void AppendWords(const TokenizedArticle& article, std::string& words) {
  words += ' ';
  for (size_t token = 0; token < article.tokens.size(); ++token) words.append(article.Word(token)).append(" ");
}

bool HasPhrase(std::string_view words, std::string_view phrase) {
  return words.find(' ' + std::string(phrase) + ' ') != std::string_view::npos;
}

}  // namespace

std::vector<LearntReplacement> OccurringReplacements(std::vector<LearntReplacement> learnt,
                                                     const TokenizedArticle& suspect,
                                                     std::span<const TokenizedArticle* const> originals) {
  if (learnt.empty()) return learnt;
  std::string in_suspect, in_originals;
  AppendWords(suspect, in_suspect);
  for (const TokenizedArticle* original : originals) AppendWords(*original, in_originals);
  std::erase_if(learnt, [&](const LearntReplacement& replacement) {
    return !HasPhrase(in_suspect, replacement.suspect) || !HasPhrase(in_originals, replacement.original);
  });
  std::sort(learnt.begin(), learnt.end());
  learnt.erase(std::unique(learnt.begin(), learnt.end()), learnt.end());
  return learnt;
}

}  // namespace unspin
