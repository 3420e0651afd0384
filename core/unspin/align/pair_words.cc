#include "unspin/align/pair_words.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <compare>
#include <cstddef>
#include <span>

#include "unspin/align/collinear_chain.h"
#include "unspin/align/shared_stems.h"
#include "unspin/base/bucket_sort.h"

namespace unspin {
namespace {

constexpr uint32_t kMaxSurroundings = 8;  // sentences on either end of a passage that may belong to it
constexpr double kMaxDistance = 80;       // words between a partner and where it is expected
constexpr uint32_t kMaxCandidates = 80;   // nearest ones considered for a word: bounds texts of one word
constexpr double kMaxWeight = 8;          // idf that the rarest word counts for
constexpr double kMinWeight = 0.3;        // even the most common word counts
constexpr double kInsideFactor = 2;       // a match inside the passage draws the line so much more

SentenceSpan SentencesOf(const AnalyzedArticle& article, TokenSpan words) {
  const auto& sentences = article.text.sentences;
  const auto begin = std::partition_point(sentences.begin(), sentences.end(),
                                          [&](TokenSpan sentence) { return sentence.end <= words.begin; });
  const auto end =
      std::partition_point(begin, sentences.end(), [&](TokenSpan sentence) { return sentence.begin < words.end; });
  return {static_cast<uint32_t>(begin - sentences.begin()), static_cast<uint32_t>(end - sentences.begin())};
}

SentenceSpan WithSurroundings(const AnalyzedArticle& article, SentenceSpan span) {
  return {span.begin - std::min(span.begin, kMaxSurroundings),
          std::min(span.end + kMaxSurroundings, static_cast<uint32_t>(article.text.sentences.size()))};
}

TokenSpan WordsOf(const AnalyzedArticle& article, SentenceSpan span) {
  return {article.text.sentences[span.begin].begin, article.text.sentences[span.end - 1].end};
}

// Sets `found` of `side` for tokens of one stem; `others`: the tokens of the other side with this stem.
void MarkFound(std::span<const uint32_t> tokens, PairedSide& side, std::span<const uint32_t> others,
               const PairedSide& other) {
  const bool found = std::any_of(others.begin(), others.end(), [&](uint32_t token) { return other.InPassage(token); });
  for (const uint32_t token : tokens) side.found[token - side.words.begin] = found;
}

// Words that occur once on each side.
std::vector<WeightedMatch> UniqueMatches(const SharedStems& shared, const PairedSides& sides) {
  std::vector<WeightedMatch> unique;
  shared.Each([&](std::span<const uint32_t> in_suspect, std::span<const uint32_t> in_original) {
    if (in_suspect.size() != 1 || in_original.size() != 1) return;
    const uint32_t suspect = in_suspect[0], original = in_original[0];
    const bool inside = sides.suspect.InPassage(suspect) && sides.original.InPassage(original);
    unique.push_back(
        {suspect, original, PairingWeight(sides.original.article, original) * (inside ? kInsideFactor : 1)});
  });
  return unique;
}

// Where the partner of each word of the suspect is expected. Without a unique match, the middles of the passage's sides
// lie opposite each other.
std::vector<double> ExpectedPartners(const SharedStems& shared, const PairedSides& sides) {
  const auto middle = [](TokenSpan span) { return (span.begin + span.end) / 2.0; };
  std::vector<LinePoint> line = HeaviestChain(UniqueMatches(shared, sides));
  if (line.empty()) line = {{middle(sides.suspect.passage), middle(sides.original.passage)}};
  return ExpectedPositions(line, sides.suspect.words);
}

// Two words that may become partners. Nearer ones come first.
struct Candidate {
  double distance;
  uint32_t suspect, original;
  friend auto operator<=>(const Candidate&, const Candidate&) = default;
};

// Candidates among the tokens of one stem, nearest first. `expected`: one per word of the suspect's side from `first`
// on.
void FindCandidates(std::span<const uint32_t> in_suspect, std::span<const uint32_t> in_original,
                    std::span<const double> expected, uint32_t first, std::vector<Candidate>& candidates) {
  candidates.clear();
  // The first token at or behind the expected position. It never lies much before that of the token before.
  size_t behind = 0;
  for (const uint32_t token : in_suspect) {
    const double position = expected[token - first];
    while (behind < in_original.size() && in_original[behind] < position) ++behind;
    while (behind > 0 && in_original[behind - 1] >= position) --behind;
    // From there outwards to both sides.
    size_t above = behind, below = behind;
    for (uint32_t count = 0; count < kMaxCandidates && (below > 0 || above < in_original.size()); ++count) {
      const double down = below > 0 ? position - in_original[below - 1] : HUGE_VAL;
      const double up = above < in_original.size() ? in_original[above] - position : HUGE_VAL;
      if (std::min(down, up) > kMaxDistance) break;
      candidates.push_back({std::min(down, up), token, in_original[down < up ? --below : above++]});
    }
  }
  BucketSort(candidates, [](const Candidate& candidate, unsigned bits) {
    return static_cast<size_t>(candidate.distance * (static_cast<double>(size_t{1} << bits) / (kMaxDistance + 1)));
  });
}

}  // namespace

double PairingWeight(const AnalyzedArticle& article, uint32_t token) {
  return kMinWeight + std::min(kMaxWeight, static_cast<double>(article.stem_idf[article.stem_ids[token]]));
}

PairedSide::PairedSide(const AnalyzedArticle& article, TokenSpan passage)
    : article(article),
      passage(passage),
      sentences(SentencesOf(article, passage)),
      with_surroundings(WithSurroundings(article, sentences)),
      words(WordsOf(article, with_surroundings)),
      partners(words.size(), kUnpaired),
      distances(words.size(), 0),
      found(words.size(), false) {}

PairedSides PairWords(const AnalyzedPair& pair, const TokenPassage& passage) {
  assert(!passage.original.empty() && passage.original.end <= pair.original.size());
  assert(!passage.suspect.empty() && passage.suspect.end <= pair.suspect.size());
  PairedSides sides{PairedSide(pair.original, passage.original), PairedSide(pair.suspect, passage.suspect)};
  auto& [original, suspect] = sides;
  const SharedStems shared(pair, original.words, suspect.words);
  const std::vector<double> expected = ExpectedPartners(shared, sides);
  std::vector<Candidate> candidates;
  // Greedy matching, nearest candidates first. Words of different stems do not compete for partners.
  shared.Each([&](std::span<const uint32_t> in_suspect, std::span<const uint32_t> in_original) {
    MarkFound(in_suspect, suspect, in_original, original);
    MarkFound(in_original, original, in_suspect, suspect);
    FindCandidates(in_suspect, in_original, expected, suspect.words.begin, candidates);
    for (const Candidate& candidate : candidates) {
      const uint32_t i = candidate.suspect - suspect.words.begin, j = candidate.original - original.words.begin;
      if (suspect.IsPaired(i) || original.IsPaired(j)) continue;
      suspect.partners[i] = candidate.original;
      original.partners[j] = candidate.suspect;
      suspect.distances[i] = original.distances[j] = candidate.distance;
    }
  });
  return sides;
}

}  // namespace unspin
