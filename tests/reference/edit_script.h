// Carries out an edit script word by word, and counts in how many of its steps each word is.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "unspin/align/align_words.h"

namespace unspin::reference {

inline std::vector<std::string> Words(const TokenizedArticle& article, TokenSpan span) {
  std::vector<std::string> words;
  for (uint32_t token = span.begin; token < span.end; ++token) words.emplace_back(article.Word(token));
  return words;
}

// Carries out the script: kept and moved words come from the original, all others from the step's suspect side.
// A kept word written another way ("2" for "two") is evidence of kind kNumber and comes from the suspect.
inline std::vector<std::string> Apply(const std::vector<WordStep>& steps, const TokenizedArticle& original,
                                      const TokenizedArticle& suspect) {
  std::vector<std::string> out;
  for (const WordStep& step : steps) {
    if (step.suspect.empty()) continue;
    const bool copied = (step.change == WordChange::kKept && !step.evidence) || step.change == WordChange::kMoved;
    const std::vector<std::string> words = copied ? Words(original, step.original) : Words(suspect, step.suspect);
    out.insert(out.end(), words.begin(), words.end());
  }
  return out;
}

// How many steps each word of a span is in.
struct Uses {
  std::map<uint32_t, uint32_t> original, suspect;
};

inline Uses CountUses(const std::vector<WordStep>& steps) {
  Uses uses;
  for (const WordStep& step : steps) {
    for (uint32_t token = step.original.begin; token < step.original.end; ++token) ++uses.original[token];
    for (uint32_t token = step.suspect.begin; token < step.suspect.end; ++token) ++uses.suspect[token];
  }
  return uses;
}

// Every word of the span once, and no other.
inline std::map<uint32_t, uint32_t> OnceEach(TokenSpan span) {
  std::map<uint32_t, uint32_t> uses;
  for (uint32_t token = span.begin; token < span.end; ++token) uses[token] = 1;
  return uses;
}

}  // namespace unspin::reference
