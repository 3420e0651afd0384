#include "unspin/align/passage_signals.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>

#include "unspin/base/hash.h"

namespace unspin {

const std::array<std::string_view, kPassageSignals> kPassageSignalNames = NamesInOrder<PassageSignal>({
    {PassageSignal::kCosine, "cosine"},
    {PassageSignal::kSharedSuspect, "shared-suspect"},
    {PassageSignal::kSharedOriginal, "shared-original"},
    {PassageSignal::kRuns1, "runs-1"},
    {PassageSignal::kRuns2, "runs-2"},
    {PassageSignal::kRuns3, "runs-3"},
    {PassageSignal::kRuns5, "runs-5"},
    {PassageSignal::kPlain, "plain"},
    {PassageSignal::kWordsSuspect, "words-suspect"},
    {PassageSignal::kWordsOriginal, "words-original"},
    {PassageSignal::kSentences, "sentences"},
    {PassageSignal::kLengthRatio, "length-ratio"},
    {PassageSignal::kSeeded, "seeded"},
    {PassageSignal::kSpread, "spread"},
    {PassageSignal::kOthers, "others"},
    {PassageSignal::kOthersRuns, "others-runs"},
    {PassageSignal::kOthersCosine, "others-cosine"},
    {PassageSignal::kOthersSuspect, "others-suspect"},
    {PassageSignal::kOthersOriginal, "others-original"},
    {PassageSignal::kTakenSuspect, "taken-suspect"},
    {PassageSignal::kTakenOriginal, "taken-original"},
    {PassageSignal::kInsideSuspect, "inside-suspect"},
    {PassageSignal::kInsideOriginal, "inside-original"},
    {PassageSignal::kNearSuspect, "near-suspect"},
    {PassageSignal::kNearOriginal, "near-original"},
    {PassageSignal::kAdjacentSuspect, "adjacent-suspect"},
    {PassageSignal::kAdjacentOriginal, "adjacent-original"},
    {PassageSignal::kPlainSuspect, "plain-suspect"},
    {PassageSignal::kPlainOriginal, "plain-original"},
    {PassageSignal::kMaxTakenSuspect, "most-suspect"},
    {PassageSignal::kMaxTakenOriginal, "most-original"},
    {PassageSignal::kNearWeightSuspect, "near-weight-suspect"},
    {PassageSignal::kNearWeightOriginal, "near-weight-original"},
});

namespace {

using enum PassageSignal;

constexpr int kWordTurn = 13;       // bits by which the hash of each further word of a run is turned
constexpr double kMinSpread = 0.1;  // of which a logarithm is taken

// Where the sums over one side's sentences go.
struct SideSignals {
  PassageSignal taken, inside, near, adjacent, plain, max_taken, near_weight;
};
constexpr SideSignals kOfSuspect = {kTakenSuspect, kInsideSuspect,   kNearSuspect,      kAdjacentSuspect,
                                    kPlainSuspect, kMaxTakenSuspect, kNearWeightSuspect};
constexpr SideSignals kOfOriginal = {kTakenOriginal, kInsideOriginal,   kNearOriginal,      kAdjacentOriginal,
                                     kPlainOriginal, kMaxTakenOriginal, kNearWeightOriginal};

void MeasureSide(const AnalyzedArticle& article, TokenSpan span, std::span<const MeasuredSentence> sentences,
                 std::span<const double> taken, const SideSignals& to, PassageSignals& signals) {
  assert(sentences.size() == taken.size());
  double bytes = 0, mean = 0, inside = 0, near = 0, adjacent = 0, plain = 0, max_taken = 0, near_weight = 0;
  for (size_t i = 0; i < sentences.size(); ++i) {
    if (Overlap(sentences[i].words, span) == 0) continue;
    const double size = article.text.Bytes(sentences[i].words).size();
    const SentenceSignals& sentence = sentences[i].signals;
    bytes += size;
    mean += size * taken[i];
    inside += size * sentence[SentenceSignal::kInside];
    near += size * sentence[SentenceSignal::kNear12];
    adjacent += size * sentence[SentenceSignal::kAdjacent];
    plain += size * sentence[SentenceSignal::kPlain];
    max_taken = std::max(max_taken, taken[i]);
    near_weight += sentences[i].near_weight;
  }
  bytes = std::max(1.0, bytes);
  signals[to.taken] = mean / bytes;
  signals[to.inside] = inside / bytes;
  signals[to.near] = near / bytes;
  signals[to.adjacent] = adjacent / bytes;
  signals[to.plain] = plain / bytes;
  signals[to.max_taken] = max_taken;
  signals[to.near_weight] = std::log1p(near_weight);
}

}  // namespace

void PassageMeter::MeasurePassage(const TokenPassage& passage, PassageSignals& signals) {
  signals[kCosine] = passage.similarity;
  MeasureRuns(passage, signals);
  MeasureVocabulary(passage, signals);
  signals[kWordsSuspect] = std::log1p(passage.suspect.size());
  signals[kWordsOriginal] = std::log1p(passage.original.size());
  signals[kSentences] = std::log(std::max(1u, passage.sentences));
  const double original_bytes = pair_.original.text.Bytes(passage.original).size();
  const double suspect_bytes = pair_.suspect.text.Bytes(passage.suspect).size();
  signals[kLengthRatio] = std::log((original_bytes + 1) / (suspect_bytes + 1));
  signals[kSeeded] = passage.seeded;
  signals[kSpread] = std::log(std::max(kMinSpread, passage.spread));
}

// The hash of a longer run continues that of the shorter run with the same begin.
void PassageMeter::HashRuns(const AnalyzedArticle& article, TokenSpan span, RunHashes& runs) {
  for (auto& hashes : runs) {
    hashes.clear();
    hashes.reserve(span.size());
  }
  for (uint32_t token = span.begin; token < span.end; ++token) {
    uint64_t sum = 0;
    uint32_t k = 0;
    for (size_t i = 0; i < kRunWords.size() && token + kRunWords[i] <= span.end; ++i) {
      for (; k < kRunWords[i]; ++k)
        sum += std::rotl(article.stems[article.stem_ids[token + k]], static_cast<int>(k) * kWordTurn);
      runs[i].push_back(Mix64(sum + kRunWords[i]));
    }
  }
}

void PassageMeter::MeasureRuns(const TokenPassage& passage, PassageSignals& signals) {
  HashRuns(pair_.original, passage.original, original_runs_);
  HashRuns(pair_.suspect, passage.suspect, suspect_runs_);
  constexpr std::array<PassageSignal, kRunWords.size()> kSignals = {kRuns2, kRuns3, kRuns5};
  for (size_t i = 0; i < kRunWords.size(); ++i)
    signals[kSignals[i]] = counter_.Count(original_runs_[i], suspect_runs_[i]).ShareOfSmaller();
}

void PassageMeter::MeasureVocabulary(const TokenPassage& passage, PassageSignals& signals) const {
  const auto& [original, suspect, to_original] = pair_;
  enum : uint8_t { kPresent = 1, kPlainUse = 2, kCounted = 4 };
  std::vector<uint8_t> marks(original.stems.size(), 0);  // of the original's side
  std::vector<bool> seen(suspect.stems.size(), false);   // in the suspect's side
  double original_weight = 0, suspect_weight = 0, shared_weight = 0;
  uint32_t original_stems = 0, suspect_stems = 0, shared_stems = 0, shared_plain = 0;
  for (uint32_t token = passage.original.begin; token < passage.original.end; ++token) {
    const uint32_t stem = original.stem_ids[token];
    if (marks[stem] == 0) {
      ++original_stems;
      original_weight += static_cast<double>(original.stem_idf[stem]);
      marks[stem] = kPresent;
    }
    if (original.IsPlain(token)) marks[stem] |= kPlainUse;
  }
  for (uint32_t token = passage.suspect.begin; token < passage.suspect.end; ++token) {
    const uint32_t stem = suspect.stem_ids[token], same = to_original[stem];
    const bool shared = same != kNoStem && marks[same] != 0;
    if (!seen[stem]) {
      seen[stem] = true;
      const double weight = suspect.stem_idf[stem];
      ++suspect_stems;
      suspect_weight += weight;
      shared_stems += shared;
      if (shared) shared_weight += weight;
    }
    if (shared && (marks[same] & (kPlainUse | kCounted)) == kPlainUse && suspect.IsPlain(token)) {
      marks[same] |= kCounted;
      ++shared_plain;
    }
  }
  signals[kRuns1] = static_cast<double>(shared_stems) / std::max(1u, std::min(original_stems, suspect_stems));
  signals[kSharedSuspect] = suspect_weight > 0 ? shared_weight / suspect_weight : 0;
  signals[kSharedOriginal] = original_weight > 0 ? shared_weight / original_weight : 0;
  signals[kPlain] = std::log1p(shared_plain);
}

void PassageMeter::MeasureSentences(const TokenPassage& passage, const PassageSurroundings& around,
                                    std::span<const double> suspect_taken, std::span<const double> original_taken,
                                    PassageSignals& signals) const {
  MeasureSide(pair_.suspect, passage.suspect, around.suspect, suspect_taken, kOfSuspect, signals);
  MeasureSide(pair_.original, passage.original, around.original, original_taken, kOfOriginal, signals);
}

void MeasureOthers(const TokenPassage& passage, std::span<const MeasuredPassage* const> others,
                   PassageSignals& signals) {
  double suspect = 0, original = 0;  // words inside of others
  for (const MeasuredPassage* other : others) {
    ++signals[kOthers];
    signals[kOthersRuns] = std::max(signals[kOthersRuns], other->signals[kRuns5]);
    signals[kOthersCosine] = std::max(signals[kOthersCosine], other->signals[kCosine]);
    suspect += Overlap(other->passage.suspect, passage.suspect);
    original += Overlap(other->passage.original, passage.original);
  }
  signals[kOthersSuspect] = suspect / std::max(1u, passage.suspect.size());
  signals[kOthersOriginal] = original / std::max(1u, passage.original.size());
}

}  // namespace unspin
