#include "unspin/align/mark_moves.h"

#include <cstddef>
#include <cstdint>

#include "absl/container/flat_hash_map.h"
#include "unspin/base/hash.h"

namespace unspin {
namespace {

constexpr size_t kMinMoveWords = 3;  // shorter runs recur by chance

// A deleted or an inserted word.
struct LoneWord {
  uint32_t step;
  uint32_t token;  // of the only side that has it
  uint64_t word;   // hash of its spelling
};

std::vector<LoneWord> CollectWords(const std::vector<WordStep>& steps, WordChange change, TokenSpan WordStep::* side,
                                   const AnalyzedArticle& article) {
  std::vector<LoneWord> words;
  for (uint32_t step = 0; step < steps.size(); ++step) {
    if (steps[step].change != change) continue;
    const uint32_t token = (steps[step].*side).begin;
    words.push_back({step, token, article.text.tokens[token].word});
  }
  return words;
}

// The hash of kMinMoveWords neighbouring words from `at` on, or 0 where fewer are neighbours.
uint64_t HashRun(const std::vector<LoneWord>& words, size_t at) {
  uint64_t hash = 0;
  for (size_t k = 0; k < kMinMoveWords; ++k) {
    if (at + k >= words.size() || words[at + k].token != words[at].token + k) return 0;
    hash = Mix64(hash ^ words[at + k].word);
  }
  return hash;
}

// How many neighbouring words from `d` and from `i` on are equal and have not moved yet.
size_t CommonRun(const std::vector<LoneWord>& deleted, size_t d, const std::vector<LoneWord>& inserted, size_t i,
                 const std::vector<bool>& moved) {
  size_t length = 0;
  while (d + length < deleted.size() && i + length < inserted.size() && !moved[deleted[d + length].step] &&
         deleted[d + length].token == deleted[d].token + length &&
         inserted[i + length].token == inserted[i].token + length &&
         deleted[d + length].word == inserted[i + length].word)
    ++length;
  return length;
}

}  // namespace

void MarkMoves(const AnalyzedArticle& original, const AnalyzedArticle& suspect, std::vector<WordStep>& steps) {
  const std::vector<LoneWord> deleted = CollectWords(steps, WordChange::kDeleted, &WordStep::original, original),
                              inserted = CollectWords(steps, WordChange::kInserted, &WordStep::suspect, suspect);
  if (deleted.size() < kMinMoveWords || inserted.size() < kMinMoveWords) return;
  absl::flat_hash_map<uint64_t, size_t> runs;  // hash → first deleted run with it
  for (size_t d = 0; d < deleted.size(); ++d) {
    if (const uint64_t hash = HashRun(deleted, d); hash != 0) runs.try_emplace(hash, d);
  }
  std::vector<bool> moved(steps.size(), false);  // deleted words that were found again
  for (size_t i = 0; i < inserted.size();) {
    const uint64_t hash = HashRun(inserted, i);
    const auto run = hash != 0 ? runs.find(hash) : runs.end();
    const size_t length = run != runs.end() ? CommonRun(deleted, run->second, inserted, i, moved) : 0;
    if (length < kMinMoveWords) {
      ++i;
      continue;
    }
    for (size_t k = 0; k < length; ++k) {
      const uint32_t from = deleted[run->second + k].step;
      WordStep& step = steps[inserted[i + k].step];
      step.change = WordChange::kMoved;
      step.original = steps[from].original;
      moved[from] = true;
    }
    i += length;
  }
  size_t kept = 0;
  for (size_t step = 0; step < steps.size(); ++step) {
    if (!moved[step]) steps[kept++] = steps[step];
  }
  steps.resize(kept);
}

}  // namespace unspin
