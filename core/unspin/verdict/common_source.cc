#include "unspin/verdict/common_source.h"

#include <algorithm>
#include <cassert>
#include <optional>
#include <vector>

#include "unspin/verdict/judge.h"
#include "unspin/verdict/reasons.h"

namespace unspin {
namespace {

constexpr double kMinShareInStronger = 0.9;  // of the words shared with the weaker original
constexpr double kMinSizeOfStronger = 1.2;   // words shared with the stronger original, times those with the weaker

// The words of the suspect in the passages of one alignment.
struct WordsInPassages {
  std::vector<bool> tokens;
  double count = 0;
};

WordsInPassages WordsOf(const PairAlignment& alignment, size_t suspect_tokens) {
  WordsInPassages words{std::vector<bool>(suspect_tokens, false), 0};
  for (const AlignedPassage& passage : alignment.passages) {
    assert(passage.tokens.suspect.end <= suspect_tokens);
    std::fill(words.tokens.begin() + passage.tokens.suspect.begin, words.tokens.begin() + passage.tokens.suspect.end,
              true);
  }
  words.count = static_cast<double>(std::count(words.tokens.begin(), words.tokens.end(), true));
  return words;
}

bool AreOneSource(const ArticleCard& a, const ArticleCard& b) { return a.id == b.id || a.sha256 == b.sha256; }

// The share of the weaker original's words that the stronger one explains, if it is large enough.
std::optional<double> ExplainedShare(const WordsInPassages& weaker, const WordsInPassages& stronger) {
  size_t common = 0;
  for (size_t token = 0; token < weaker.tokens.size(); ++token)
    common += weaker.tokens[token] && stronger.tokens[token];
  const auto explained = static_cast<double>(common);
  if (explained < kMinShareInStronger * weaker.count || stronger.count < kMinSizeOfStronger * weaker.count)
    return std::nullopt;
  return explained / weaker.count;
}

}  // namespace

void MarkCommonSources(std::span<const JudgedPair> pairs, size_t suspect_tokens) {
  struct Derivation {
    Finding* finding;
    WordsInPassages words;
  };
  std::vector<Derivation> stronger;
  for (const auto& [finding, alignment] : pairs) {
    assert(!finding->original.sha256.empty());
    if (!NamesDerivation(finding->verdict)) continue;
    WordsInPassages words = WordsOf(*alignment, suspect_tokens);
    bool explained = false;
    for (const Derivation& source : stronger) {
      if (AreOneSource(finding->original, source.finding->original)) continue;
      const std::optional<double> share = ExplainedShare(words, source.words);
      if (!share) continue;
      finding->verdict = Verdict::kCommonSource;
      finding->because.insert(finding->because.begin(), CommonSourceReason(*share, source.finding->original.id));
      explained = true;
      break;
    }
    // An explained original explains no other.
    if (!explained) stronger.push_back({finding, std::move(words)});
  }
}

}  // namespace unspin
