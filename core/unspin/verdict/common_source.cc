#include "unspin/verdict/common_source.h"

#include <algorithm>
#include <cassert>
#include <optional>
#include <utility>
#include <vector>

#include "unspin/shingle/shingle.h"
#include "unspin/text/word_hashes.h"
#include "unspin/verdict/judge.h"
#include "unspin/verdict/reasons.h"

namespace unspin {
namespace {

constexpr double kMinShareInStronger = 0.9;  // of the words shared with the weaker original
constexpr double kMinSizeOfStronger = 1.2;   // words shared with the stronger original, times those with the weaker
constexpr uint32_t kMaxOwnWords = 15;        // shared with the weaker original alone; a sentence has more
constexpr uint32_t kRunWords = 5;
constexpr double kMaxCopied = 0.5;  // of the weaker original's runs of words, in the stronger: else it is a copy

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

std::vector<uint64_t> RunsOf(const AnalyzedArticle& article) {
  std::vector<uint64_t> runs = HashShingles(WordHashesOf(article.text), kRunWords);
  std::sort(runs.begin(), runs.end());
  runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
  return runs;
}

// A licensed copy, also one that was cut or has paragraphs of its own.
bool IsCopyOf(const AnalyzedArticle& article, const AnalyzedArticle& other) {
  const std::vector<uint64_t> runs = RunsOf(article), others = RunsOf(other);
  const auto common = std::count_if(
      runs.begin(), runs.end(), [&](uint64_t run) { return std::binary_search(others.begin(), others.end(), run); });
  return static_cast<double>(common) > kMaxCopied * static_cast<double>(runs.size());
}

bool AreOneSource(const JudgedPair& weaker, const JudgedPair& stronger) {
  const ArticleCard &a = weaker.finding->original, &b = stronger.finding->original;
  return a.id == b.id || a.sha256 == b.sha256 || IsCopyOf(*weaker.original, *stronger.original);
}

bool AppearedBefore(const JudgedPair& source, std::string_view published) {
  return DirectionOf(source.finding->original.published, published) == Direction::kFromOriginal;
}

// The share of the weaker original's words that the stronger one explains, if it is large enough.
std::optional<double> ExplainedShare(const WordsInPassages& weaker, const WordsInPassages& stronger) {
  size_t common = 0;
  for (size_t token = 0; token < weaker.tokens.size(); ++token)
    common += weaker.tokens[token] && stronger.tokens[token];
  const auto explained = static_cast<double>(common);
  if (explained < kMinShareInStronger * weaker.count || weaker.count - explained > kMaxOwnWords) return std::nullopt;
  if (stronger.count < kMinSizeOfStronger * weaker.count) return std::nullopt;
  return explained / weaker.count;
}

}  // namespace

void MarkCommonSources(std::span<const JudgedPair> pairs, std::string_view suspect_published, size_t suspect_tokens) {
  struct Derivation {
    const JudgedPair* pair;
    WordsInPassages words;
  };
  std::vector<Derivation> stronger;
  for (const JudgedPair& pair : pairs) {
    Finding& finding = *pair.finding;
    assert(!finding.original.sha256.empty());
    if (!NamesDerivation(finding.verdict)) continue;
    WordsInPassages words = WordsOf(*pair.alignment, suspect_tokens);
    bool explained = false;
    for (const auto& [source, words_of_source] : stronger) {
      if (!AppearedBefore(*source, suspect_published) || !AppearedBefore(*source, finding.original.published)) continue;
      const std::optional<double> share = ExplainedShare(words, words_of_source);
      if (!share || AreOneSource(pair, *source)) continue;
      finding.verdict = Verdict::kCommonSource;
      finding.because.insert(finding.because.begin(), CommonSourceReason(*share, source->finding->original.id));
      explained = true;
      break;
    }
    // An explained original explains no other.
    if (!explained) stronger.push_back({&pair, std::move(words)});
  }
}

}  // namespace unspin
