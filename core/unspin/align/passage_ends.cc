#include "unspin/align/passage_ends.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>

#include "unspin/align/overlap_counter.h"
#include "unspin/base/hash.h"

namespace unspin {
namespace {

constexpr uint32_t kVerbatimRun = 6;    // equal words in a row that are copied, not a coincidence
constexpr double kVerbatimShare = 0.7;  // of a side's words in such runs: the passage is a copy
constexpr int kWordTurn = 10;           // bits by which the hash of each further word of a run is turned

// The hash of each run of kVerbatimRun words.
std::vector<uint64_t> HashVerbatimRuns(const AnalyzedArticle& article, TokenSpan span) {
  std::vector<uint64_t> runs;
  runs.reserve(span.size());
  for (uint32_t token = span.begin; token + kVerbatimRun <= span.end; ++token) {
    uint64_t sum = 0;
    for (uint32_t k = 0; k < kVerbatimRun; ++k)
      sum += std::rotl(article.text.tokens[token + k].word, static_cast<int>(k) * kWordTurn);
    runs.push_back(Mix64(sum));
  }
  return runs;
}

// For each of `words` words, whether it lies in a run that the other side has. `runs`: of each word the run that it
// begins.
std::vector<bool> CoveredWords(std::span<const uint64_t> runs, size_t words, std::span<const uint64_t> other_runs) {
  OverlapCounter counter;
  counter.Start(other_runs.size());
  for (const uint64_t run : other_runs) counter.AddOriginal(run);
  std::vector<bool> covered(words, false);
  size_t end = 0;  // of the covered words
  for (size_t begin = 0; begin < runs.size(); ++begin) {
    if (!counter.Contains(runs[begin])) continue;
    for (end = std::max(end, begin); end < begin + kVerbatimRun; ++end) covered[end] = true;
  }
  return covered;
}

double ShareOf(const std::vector<bool>& covered) {
  return static_cast<double>(std::count(covered.begin(), covered.end(), true)) / static_cast<double>(covered.size());
}

// From the first to the last covered word of a span.
TokenSpan Trimmed(TokenSpan span, const std::vector<bool>& covered) {
  const auto first = std::find(covered.begin(), covered.end(), true);
  const auto last = std::find(covered.rbegin(), covered.rend(), true);
  if (first == covered.end()) return span;
  return {span.begin + static_cast<uint32_t>(first - covered.begin()),
          span.begin + static_cast<uint32_t>(covered.rend() - last)};
}

// Extends both spans by equal words at both ends.
void ExtendByEqualWords(const AnalyzedArticle& original, const AnalyzedArticle& suspect, TokenPassage& passage) {
  TokenSpan &left = passage.original, &right = passage.suspect;
  const auto equal = [&](uint32_t original_token, uint32_t suspect_token) {
    return original.text.tokens[original_token].word == suspect.text.tokens[suspect_token].word;
  };
  while (left.begin > 0 && right.begin > 0 && equal(left.begin - 1, right.begin - 1)) {
    --left.begin;
    --right.begin;
  }
  while (left.end < original.size() && right.end < suspect.size() && equal(left.end, right.end)) {
    ++left.end;
    ++right.end;
  }
}

}  // namespace

TokenSpan LikeliestRun(const AnalyzedArticle& article, std::span<const MeasuredSentence> sentences,
                       std::span<const double> taken) {
  assert(sentences.size() == taken.size());
  double sum = 0, best = 0;
  uint32_t begin = 0;
  TokenSpan run;
  for (size_t i = 0; i < sentences.size(); ++i) {
    if (sum <= 0) {
      sum = 0;
      begin = sentences[i].words.begin;
    }
    sum += article.text.Bytes(sentences[i].words).size() * (taken[i] - 0.5);
    if (sum > best) {
      best = sum;
      run = {begin, sentences[i].words.end};
    }
  }
  return run;
}

void SharpenEnds(const AnalyzedArticle& original, const AnalyzedArticle& suspect, TokenPassage& passage) {
  if (passage.suspect.empty() || passage.original.empty()) return;
  const std::vector<uint64_t> suspect_runs = HashVerbatimRuns(suspect, passage.suspect),
                              original_runs = HashVerbatimRuns(original, passage.original);
  const std::vector<bool> suspect_covered = CoveredWords(suspect_runs, passage.suspect.size(), original_runs);
  // Without a common run, nothing of the original is covered either.
  if (std::find(suspect_covered.begin(), suspect_covered.end(), true) == suspect_covered.end()) return;
  const std::vector<bool> original_covered = CoveredWords(original_runs, passage.original.size(), suspect_runs);
  if (ShareOf(suspect_covered) < kVerbatimShare && ShareOf(original_covered) < kVerbatimShare) return;
  passage.suspect = Trimmed(passage.suspect, suspect_covered);
  passage.original = Trimmed(passage.original, original_covered);
  ExtendByEqualWords(original, suspect, passage);
}

}  // namespace unspin
