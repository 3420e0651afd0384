#include "unspin/align/select_passages.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <optional>

#include "unspin/align/overlap_counter.h"
#include "unspin/align/passage_ends.h"
#include "unspin/base/hash.h"

namespace unspin {
namespace {

constexpr uint32_t kMinRest = 50;  // words
constexpr double kSummedUp = 0.5;  // of an article: what sums up so much of it sums up all of it

PassageOptions Close() {
  PassageOptions options;
  options.seed_cosine = 0.25;
  options.seed_dice = 0.25;
  options.whole_cosine = 0.28;
  options.least_plain_words = 3;
  options.least_bytes = 100;
  return options;
}

PassageOptions Wide() {
  PassageOptions options = Close();
  options.whole_cosine = 0.20;
  options.gap = 8;
  options.original_gap = 40;
  return options;
}

class Proposer {
 public:
  Proposer(const AnalyzedArticle& original, const AnalyzedArticle& suspect)
      : original_(original), suspect_(suspect), to_original_(MatchStems(suspect, original)) {}

  PassageCandidates Run(const TreeScorer& inside) {
    PassageCandidates out;
    out.original = {0, static_cast<uint32_t>(original_.size())};
    // What is left of a passage crosswise may be a second one: paragraphs that changed places.
    const std::array<PassageOptions, 2> searches = {Close(), Wide()};
    std::vector<std::vector<TokenPassage>> found = FindPassages(original_, suspect_, to_original_, searches);
    std::vector<TokenPassage> open = std::move(found[0]);
    while (!open.empty()) {
      const TokenPassage whole = open.back();
      open.pop_back();
      std::optional<PassageCandidate> candidate = CutEnds(whole, inside);
      if (!candidate.has_value()) continue;
      const TokenPassage cut = candidate->passage;
      out.close.push_back(*std::move(candidate));
      if (Overlap(cut.suspect, whole.suspect) == 0 || Overlap(cut.original, whole.original) == 0) continue;
      TokenPassage before = whole, after = whole;
      before.suspect.end = std::clamp(cut.suspect.begin, whole.suspect.begin, whole.suspect.end);
      before.original.begin = std::clamp(cut.original.end, whole.original.begin, whole.original.end);
      after.suspect.begin = std::clamp(cut.suspect.end, whole.suspect.begin, whole.suspect.end);
      after.original.end = std::clamp(cut.original.begin, whole.original.begin, whole.original.end);
      for (const TokenPassage& rest : {before, after}) {
        if (rest.suspect.size() >= kMinRest && rest.original.size() >= kMinRest) open.push_back(rest);
      }
    }
    if (out.close.empty()) return out;
    for (const TokenPassage& passage : found[1])
      MeasurePassage(passage, out.wide.emplace_back(PassageCandidate{passage, {}}).signals);
    const std::vector<PassageCandidate> close = out.close;
    for (size_t i = 0; i < out.close.size(); ++i) {
      MeasureOthers(out.close[i], close, [&](size_t other) { return other != i; });
    }
    for (PassageCandidate& candidate : out.wide) {
      const TokenPassage& passage = candidate.passage;
      MeasureOthers(candidate, close, [&](size_t other) {
        return Overlap(close[other].passage.suspect, passage.suspect) > 0 &&
               Overlap(close[other].passage.original, passage.original) > 0;
      });
    }
    return out;
  }

 private:
  struct Taken {
    std::vector<double> suspect, original;  // probabilities, one for each sentence
  };

  // Both sides at once: rows are scored by the block, and of two sides one block less is half empty.
  static Taken TakenSentences(const PassageSurroundings& around, const TreeScorer& inside) {
    std::vector<std::span<const double>> rows;
    rows.reserve(around.suspect.size() + around.original.size());
    for (const WeighedSentence& sentence : around.suspect) rows.emplace_back(sentence.signals);
    for (const WeighedSentence& sentence : around.original) rows.emplace_back(sentence.signals);
    std::vector<double> taken = inside.Score(rows);
    for (double& sum : taken) sum = 1 / (1 + std::exp(-sum));
    const auto middle = taken.begin() + static_cast<std::ptrdiff_t>(around.suspect.size());
    return {{taken.begin(), middle}, {middle, taken.end()}};
  }

  // None where no sentence of one side is likely.
  std::optional<PassageCandidate> CutEnds(TokenPassage passage, const TreeScorer& inside) {
    SharpenEnds(original_, suspect_, passage);
    const PassageSurroundings around = MeasureSurroundings(original_, suspect_, to_original_, passage);
    const auto [in_suspect, in_original] = TakenSentences(around, inside);
    const TokenSpan suspect = LikeliestStretch(suspect_, around.suspect, in_suspect),
                    original = LikeliestStretch(original_, around.original, in_original);
    if (suspect.empty() || original.empty()) return std::nullopt;
    passage.suspect = suspect;
    passage.original = original;
    PassageCandidate candidate;
    MeasureSentences(suspect_, around.suspect, in_suspect, passage.suspect, kPassageTakenSuspect, candidate.signals);
    MeasureSentences(original_, around.original, in_original, passage.original, kPassageTakenOriginal,
                     candidate.signals);
    SharpenEnds(original_, suspect_, passage);
    candidate.passage = passage;
    MeasurePassage(passage, candidate.signals);
    return candidate;
  }

  // `first`: the signal of the suspect's or of the original's side that opens the block; the others follow in twos.
  static void MeasureSentences(const AnalyzedArticle& article, const std::vector<WeighedSentence>& sentences,
                               const std::vector<double>& taken, TokenSpan span, PassageSignal first,
                               PassageSignals& out) {
    double bytes = 0, mean = 0, inside = 0, near = 0, adjacent = 0, plain = 0, most = 0, weight = 0;
    for (size_t i = 0; i < sentences.size(); ++i) {
      if (Overlap(sentences[i].words, span) == 0) continue;
      const double size = article.text.Bytes(sentences[i].words).size();
      const SentenceSignals& signals = sentences[i].signals;
      bytes += size;
      mean += size * taken[i];
      inside += size * signals[kSentenceInside];
      near += size * signals[kSentenceNear12];
      adjacent += size * signals[kSentenceAdjacent];
      plain += size * signals[kSentencePlain];
      most = std::max(most, taken[i]);
      weight += sentences[i].near_weight;
    }
    bytes = std::max(1.0, bytes);
    size_t at = first;
    for (const double value :
         {mean / bytes, inside / bytes, near / bytes, adjacent / bytes, plain / bytes, most, std::log1p(weight)}) {
      out[at] = value;
      at += kPassageTakenOriginal - kPassageTakenSuspect + 1;
    }
  }

  static constexpr std::array<uint32_t, 3> kRuns = {2, 3, 5};  // stems
  using RunHashes = std::array<std::vector<uint64_t>, kRuns.size()>;

  // Longer runs begin as shorter ones do.
  static void HashRuns(const AnalyzedArticle& article, TokenSpan span, RunHashes& runs) {
    for (auto& of_length : runs) {
      of_length.clear();
      of_length.reserve(span.size());
    }
    for (uint32_t token = span.begin; token < span.end; ++token) {
      uint64_t sum = 0;
      uint32_t k = 0;
      for (size_t i = 0; i < kRuns.size() && token + kRuns[i] <= span.end; ++i) {
        for (; k < kRuns[i]; ++k)
          sum += std::rotl(article.stems[article.stem_ids[token + k]], static_cast<int>(13 * k));
        runs[i].push_back(Mix64(sum + kRuns[i]));
      }
    }
  }

  void MeasureRuns(const TokenPassage& passage, PassageSignals& out) {
    HashRuns(original_, passage.original, original_runs_);
    HashRuns(suspect_, passage.suspect, suspect_runs_);
    constexpr std::array<PassageSignal, kRuns.size()> kSignals = {kPassageRuns2, kPassageRuns3, kPassageRuns5};
    for (size_t i = 0; i < kRuns.size(); ++i) {
      counter_.Start(original_runs_[i].size() + suspect_runs_[i].size());
      for (const uint64_t run : original_runs_[i]) counter_.AddOriginal(run);
      for (const uint64_t run : suspect_runs_[i]) counter_.AddSuspect(run);
      out[kSignals[i]] = counter_.shares().smaller;
    }
  }

  void MeasurePassage(const TokenPassage& passage, PassageSignals& out) {
    out[kPassageCosine] = passage.similarity;
    MeasureRuns(passage, out);
    enum : uint8_t { kThere = 1, kPlainThere = 2, kCounted = 4 };
    // Whether a word is met for the first time, or stands on the other side, is as good as chance: no branches.
    const size_t nowhere = original_.stems.size();  // never marked
    std::vector<uint8_t> marks(nowhere + 1, 0), seen(suspect_.stems.size(), 0);
    double original_weight = 0, suspect_weight = 0, shared = 0;
    uint32_t original_keys = 0, suspect_keys = 0, shared_keys = 0, plain = 0;
    const auto if_so = [](bool so, float weight) { return static_cast<double>(weight) * static_cast<double>(so); };
    for (uint32_t token = passage.original.begin; token < passage.original.end; ++token) {
      const uint32_t stem = original_.stem_ids[token];
      const bool first = marks[stem] == 0;
      original_keys += first;
      original_weight += if_so(first, original_.stem_idf[stem]);
      marks[stem] |= static_cast<uint8_t>(kThere | (original_.IsPlain(token) ? kPlainThere : 0));
    }
    for (uint32_t token = passage.suspect.begin; token < passage.suspect.end; ++token) {
      const uint32_t stem = suspect_.stem_ids[token];
      uint8_t& mark = marks[std::min<size_t>(to_original_[stem], nowhere)];
      const bool first = seen[stem] == 0, both = first & (mark != 0);
      seen[stem] = 1;
      suspect_keys += first;
      suspect_weight += if_so(first, suspect_.stem_idf[stem]);
      shared_keys += both;
      shared += if_so(both, suspect_.stem_idf[stem]);
      const bool counts = ((mark & (kPlainThere | kCounted)) == kPlainThere) & suspect_.IsPlain(token);
      mark |= static_cast<uint8_t>(counts ? kCounted : 0);
      plain += counts;
    }
    out[kPassageRuns1] = static_cast<double>(shared_keys) / std::max(1u, std::min(original_keys, suspect_keys));
    out[kPassageSharedSuspect] = suspect_weight > 0 ? shared / suspect_weight : 0;
    out[kPassageSharedOriginal] = original_weight > 0 ? shared / original_weight : 0;
    out[kPassagePlain] = std::log1p(plain);
    out[kPassageWordsSuspect] = std::log1p(passage.suspect.size());
    out[kPassageWordsOriginal] = std::log1p(passage.original.size());
    out[kPassageSentences] = std::log(std::max(1u, passage.sentences));
    const double original_bytes = original_.text.Bytes(passage.original).size();
    const double suspect_bytes = suspect_.text.Bytes(passage.suspect).size();
    out[kPassageLengthRatio] = std::log((original_bytes + 1) / (suspect_bytes + 1));
    out[kPassageSeeded] = passage.seeded;
    out[kPassageSpread] = std::log(std::max(0.1, passage.spread));
  }

  // Whoever copied one passage copied the others: the company of a candidate speaks for it or against it.
  template <typename Counts>
  static void MeasureOthers(PassageCandidate& candidate, const std::vector<PassageCandidate>& all, Counts counts) {
    PassageSignals& out = candidate.signals;
    double suspect = 0, original = 0;
    for (size_t i = 0; i < all.size(); ++i) {
      if (!counts(i)) continue;
      ++out[kPassageOthers];
      out[kPassageOthersRuns] = std::max(out[kPassageOthersRuns], all[i].signals[kPassageRuns5]);
      out[kPassageOthersCosine] = std::max(out[kPassageOthersCosine], all[i].signals[kPassageCosine]);
      suspect += Overlap(all[i].passage.suspect, candidate.passage.suspect);
      original += Overlap(all[i].passage.original, candidate.passage.original);
    }
    out[kPassageOthersSuspect] = suspect / std::max(1u, candidate.passage.suspect.size());
    out[kPassageOthersOriginal] = original / std::max(1u, candidate.passage.original.size());
  }

  const AnalyzedArticle& original_;
  const AnalyzedArticle& suspect_;
  const std::vector<uint32_t> to_original_;
  RunHashes original_runs_, suspect_runs_;
  OverlapCounter counter_;
};

}  // namespace

std::vector<TokenPassage> FindClosePassages(const AnalyzedArticle& original, const AnalyzedArticle& suspect) {
  return FindPassages(original, suspect, Close());
}

PassageCandidates ProposePassages(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                                  const TreeScorer& inside) {
  return Proposer(original, suspect).Run(inside);
}

std::vector<TokenPassage> DecidePassages(const PassageCandidates& candidates, const PassageModel& model) {
  std::vector<TokenPassage> out;
  std::vector<std::span<const double>> rows;
  for (const PassageCandidate& candidate : candidates.wide) rows.emplace_back(candidate.signals);
  const std::vector<double> joins = model.join.Score(rows);
  for (size_t i = 0; i < joins.size(); ++i) {
    if (joins[i] <= 0) continue;
    TokenPassage& passage = out.emplace_back(candidates.wide[i].passage);
    if (passage.original.size() >= kSummedUp * candidates.original.size()) passage.original = candidates.original;
  }
  const auto joined = static_cast<std::ptrdiff_t>(out.size());
  std::vector<const TokenPassage*> open;
  rows.clear();
  for (const PassageCandidate& candidate : candidates.close) {
    const bool inside = std::any_of(out.begin(), out.begin() + joined, [&](const TokenPassage& wide) {
      return Overlap(wide.suspect, candidate.passage.suspect) > 0;
    });
    if (inside) continue;
    open.push_back(&candidate.passage);
    rows.emplace_back(candidate.signals);
  }
  const std::vector<double> keeps = model.keep.Score(rows);
  std::vector<std::pair<double, const TokenPassage*>> kept;
  for (size_t i = 0; i < keeps.size(); ++i) {
    if (keeps[i] > 0) kept.emplace_back(keeps[i], open[i]);
  }
  // Ends that were cut by themselves may overlap: the surer passage keeps its sentences, the other what is left of it.
  std::stable_sort(kept.begin(), kept.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  for (const auto& [score, passage] : kept) {
    TokenPassage rest = *passage;
    for (const TokenPassage& other : out) {
      if (Overlap(rest.suspect, other.suspect) == 0) continue;
      if (rest.suspect.begin < other.suspect.begin) {
        rest.suspect.end = other.suspect.begin;
      } else {
        rest.suspect.begin = std::min(other.suspect.end, rest.suspect.end);
      }
    }
    if (rest.suspect.size() * 2 >= passage->suspect.size()) out.push_back(rest);
  }
  std::sort(out.begin(), out.end(), [](const TokenPassage& a, const TokenPassage& b) { return a.suspect < b.suspect; });
  return out;
}

std::vector<TokenPassage> SelectPassages(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                                         const PassageModel& model) {
  return DecidePassages(ProposePassages(original, suspect, model.inside), model);
}

}  // namespace unspin
