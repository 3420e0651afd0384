#include "unspin/align/chain_equal_words.h"

#include <algorithm>
#include <cstddef>

#include "absl/container/flat_hash_map.h"
#include "unspin/align/chain_scores.h"
#include "unspin/base/longest_increasing.h"
#include "unspin/kernels/chain_words.h"

namespace unspin {
namespace {

constexpr size_t kMaxCells = 1'000'000;  // of one matrix: a megabyte of traceback

// Unmatched words between a match of a function word and its nearer and farther neighbour match. Farther away, "the"
// matches some "the".
constexpr uint32_t kMaxNearGap = 3;
constexpr uint32_t kMaxFarGap = 8;

bool FitsMatrix(TokenSpan original, TokenSpan suspect) {
  return static_cast<size_t>(original.size()) * suspect.size() <= kMaxCells;
}

// The words of a span, as the kernel compares them.
struct KernelWords {
  std::vector<uint32_t> stems, spellings;

  void Add(uint32_t stem, uint64_t word) {
    stems.push_back(stem);
    spellings.push_back(static_cast<uint32_t>(word ^ word >> 32));
  }
  void Clear(size_t words) {
    for (std::vector<uint32_t>* list : {&stems, &spellings}) {
      list->clear();
      list->reserve(words);
    }
  }
  ChainSide side() const { return {stems, spellings}; }
};

// Memory of one chain, reused by the next.
struct ChainBuffers {
  KernelWords original, suspect;
  std::vector<int32_t> scores;  // of a match, one per word of the original
  std::vector<ChainMatch> chain;
  ChainScratch kernel;
};

// Global alignment of two spans that fit into one matrix.
void AppendChain(const AnalyzedPair& pair, TokenSpan original, TokenSpan suspect, ChainBuffers& buffers,
                 std::vector<WordMatch>& matches) {
  buffers.original.Clear(original.size());
  buffers.suspect.Clear(suspect.size());
  buffers.scores.clear();
  buffers.scores.reserve(original.size());
  for (uint32_t token = original.begin; token < original.end; ++token) {
    buffers.original.Add(pair.OriginalStem(token), pair.original.text.tokens[token].word);
    buffers.scores.push_back(pair.original.Info(token).function_word ? kFunctionMatch : kContentMatch);
  }
  for (uint32_t token = suspect.begin; token < suspect.end; ++token)
    buffers.suspect.Add(pair.SuspectStem(token), pair.suspect.text.tokens[token].word);
  buffers.chain.clear();
  buffers.chain.reserve(std::min(original.size(), suspect.size()));
  ChainWords(buffers.original.side(), buffers.scores, buffers.suspect.side(), kChainScores, buffers.kernel,
             buffers.chain);
  for (const ChainMatch& match : buffers.chain)
    matches.push_back({original.begin + match.original, suspect.begin + match.suspect});
}

// Words that occur once in each span, in the suspect's order.
std::vector<WordMatch> MatchUniqueWords(const AnalyzedPair& pair, TokenSpan original, TokenSpan suspect) {
  struct Uses {
    uint32_t count = 0, last = 0;
  };
  absl::flat_hash_map<uint32_t, Uses> in_original;
  for (uint32_t token = original.begin; token < original.end; ++token) {
    Uses& uses = in_original[pair.OriginalStem(token)];
    ++uses.count;
    uses.last = token;
  }
  absl::flat_hash_map<uint32_t, uint32_t> in_suspect;
  for (uint32_t token = suspect.begin; token < suspect.end; ++token) {
    if (pair.SuspectStem(token) != kNoStem) ++in_suspect[pair.SuspectStem(token)];
  }
  std::vector<WordMatch> unique;
  for (uint32_t token = suspect.begin; token < suspect.end; ++token) {
    const uint32_t stem = pair.SuspectStem(token);
    if (stem == kNoStem || in_suspect[stem] != 1) continue;
    const auto uses = in_original.find(stem);
    if (uses != in_original.end() && uses->second.count == 1) unique.push_back({uses->second.last, token});
  }
  return unique;
}

// Spans too large for one matrix. Between two cuts, spans that are still too large are left without matches.
void AppendChainCutAtUniqueWords(const AnalyzedPair& pair, TokenSpan original, TokenSpan suspect, ChainBuffers& buffers,
                                 std::vector<WordMatch>& matches) {
  const std::vector<WordMatch> unique = MatchUniqueWords(pair, original, suspect);
  std::vector<uint32_t> positions;
  positions.reserve(unique.size());
  for (const WordMatch& match : unique) positions.push_back(match.original);
  TokenSpan left = original, right = suspect;
  const auto append_between = [&] {
    if (!left.empty() && !right.empty() && FitsMatrix(left, right)) AppendChain(pair, left, right, buffers, matches);
  };
  for (const uint32_t index : LongestIncreasingSubsequence(positions)) {
    const WordMatch& match = unique[index];
    left.end = match.original;
    right.end = match.suspect;
    append_between();
    matches.push_back(match);
    left.begin = match.original + 1;
    right.begin = match.suspect + 1;
  }
  left.end = original.end;
  right.end = suspect.end;
  append_between();
}

std::vector<WordMatch> WithoutStrayFunctionWords(const AnalyzedPair& pair, TokenSpan original, TokenSpan suspect,
                                                 const std::vector<WordMatch>& matches) {
  std::vector<WordMatch> kept;
  kept.reserve(matches.size());
  for (size_t i = 0; i < matches.size(); ++i) {
    const WordMatch& match = matches[i];
    if (pair.original.Info(match.original).function_word) {
      const WordMatch begin = i > 0 ? WordMatch{matches[i - 1].original + 1, matches[i - 1].suspect + 1}
                                    : WordMatch{original.begin, suspect.begin};
      const WordMatch end = i + 1 < matches.size() ? matches[i + 1] : WordMatch{original.end, suspect.end};
      const uint32_t before = std::max(match.original - begin.original, match.suspect - begin.suspect);
      const uint32_t behind = std::max(end.original - match.original - 1, end.suspect - match.suspect - 1);
      if (std::min(before, behind) > kMaxNearGap || std::max(before, behind) > kMaxFarGap) continue;
    }
    kept.push_back(match);
  }
  return kept;
}

}  // namespace

std::vector<WordMatch> ChainEqualWords(const AnalyzedPair& pair, TokenSpan original, TokenSpan suspect) {
  std::vector<WordMatch> matches, suffix;
  matches.reserve(std::min(original.size(), suspect.size()));
  TokenSpan left = original, right = suspect;
  while (!left.empty() && !right.empty() && pair.SameSpelling(left.begin, right.begin))
    matches.push_back({left.begin++, right.begin++});
  while (!left.empty() && !right.empty() && pair.SameSpelling(left.end - 1, right.end - 1))
    suffix.push_back({--left.end, --right.end});
  ChainBuffers buffers;
  if (!left.empty() && !right.empty()) {
    if (FitsMatrix(left, right)) {
      AppendChain(pair, left, right, buffers, matches);
    } else {
      AppendChainCutAtUniqueWords(pair, left, right, buffers, matches);
    }
  }
  matches.insert(matches.end(), suffix.rbegin(), suffix.rend());
  return WithoutStrayFunctionWords(pair, original, suspect, matches);
}

}  // namespace unspin
