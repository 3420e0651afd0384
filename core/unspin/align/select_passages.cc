#include "unspin/align/select_passages.h"

#include <algorithm>
#include <cmath>

#include "absl/container/flat_hash_set.h"
#include "unspin/base/hash.h"

namespace unspin {
namespace {

constexpr double kSupportAtEnds = 0.6;  // of a passage's own: sentences at its ends that share less were not taken
constexpr double kHeaviest = 8;         // idf that a word counts for, at most
constexpr double kLightest = 0.3;       // what even the commonest word counts for
constexpr uint32_t kTrims = 2;          // each side is cut by the other, and again

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

double WeightOf(const DescribedArticle& article, uint32_t key) {
  return kLightest + std::min(kHeaviest, static_cast<double>(article.key_idf[key]));
}

bool IsPlain(const DescribedArticle& article, uint32_t token) {
  const Token& word = article.text.tokens[token];
  return !word.numeric && !(word.capitalised && !word.starts_sentence) && !article.Info(token).function_word;
}

// One side of a pair, and where its words stand in the numbering of the other side.
struct Side {
  const DescribedArticle& article;
  const std::vector<uint32_t>& joined;
};

class Proposer {
 public:
  Proposer(const DescribedArticle& original, const DescribedArticle& suspect)
      : original_(original),
        suspect_(suspect),
        to_original_(JoinKeys(suspect, original)),
        to_suspect_(JoinKeys(original, suspect)) {}

  PassageCandidates Run() {
    PassageCandidates out;
    for (TokenPassage& passage : FindPassages(original_, suspect_, Close())) {
      for (uint32_t i = 0; i < kTrims; ++i) {
        Trim({suspect_, to_original_}, passage.suspect, original_, passage.original);
        Trim({original_, to_suspect_}, passage.original, suspect_, passage.suspect);
      }
      out.close.push_back({passage, Measure(passage)});
    }
    if (out.close.empty()) return out;
    for (const TokenPassage& passage : FindPassages(original_, suspect_, Wide()))
      out.wide.push_back({passage, Measure(passage)});
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
  // The heaviest run of sentences (Kadane's maximum subarray), each weighed by how much more of its words the other
  // side has than kSupportAtEnds of what the passage has on average.
  static void Trim(Side side, TokenSpan& span, const DescribedArticle& other, TokenSpan other_span) {
    std::vector<bool> there(other.keys.size(), false);
    for (uint32_t token = other_span.begin; token < other_span.end; ++token) there[other.key[token]] = true;
    const auto support = [&](TokenSpan words) {
      double shared = 0, all = 0;
      for (uint32_t token = words.begin; token < words.end; ++token) {
        const uint32_t key = side.article.key[token], same = side.joined[key];
        const double weight = WeightOf(side.article, key);
        all += weight;
        if (same != kNoKey && there[same]) shared += weight;
      }
      return std::pair(shared, all);
    };
    const auto [shared, all] = support(span);
    if (all <= 0) return;
    const double level = kSupportAtEnds * shared / all;
    double here = 0, best = 0;
    uint32_t begin = span.begin;
    TokenSpan kept = span;
    for (const TokenSpan sentence : side.article.text.sentences) {
      const TokenSpan part{std::max(sentence.begin, span.begin), std::min(sentence.end, span.end)};
      if (part.begin >= part.end) continue;
      const auto [part_shared, part_all] = support(part);
      if (here <= 0) {
        here = 0;
        begin = part.begin;
      }
      here += part_shared - level * part_all;
      if (here > best) {
        best = here;
        kept = {begin, part.end};
      }
    }
    span = kept;
  }

  // The runs of n keys, as the suspect's and the original's hashes compare.
  static absl::flat_hash_set<uint64_t> Runs(const DescribedArticle& article, TokenSpan span, uint32_t n) {
    absl::flat_hash_set<uint64_t> runs;
    for (uint32_t token = span.begin; token + n <= span.end; ++token) {
      uint64_t hash = n;
      for (uint32_t k = token; k < token + n; ++k) hash = Mix64(hash ^ article.keys[article.key[k]]);
      runs.insert(hash);
    }
    return runs;
  }

  double SharedRuns(const TokenPassage& passage, uint32_t n) const {
    const auto original = Runs(original_, passage.original, n), suspect = Runs(suspect_, passage.suspect, n);
    if (original.empty() || suspect.empty()) return 0;
    const auto shared =
        std::count_if(suspect.begin(), suspect.end(), [&](uint64_t run) { return original.contains(run); });
    return static_cast<double>(shared) / static_cast<double>(std::min(original.size(), suspect.size()));
  }

  PassageSignals Measure(const TokenPassage& passage) const {
    PassageSignals out{};
    out[kPassageCosine] = passage.similarity;
    out[kPassageRuns1] = SharedRuns(passage, 1);
    out[kPassageRuns2] = SharedRuns(passage, 2);
    out[kPassageRuns3] = SharedRuns(passage, 3);
    out[kPassageRuns5] = SharedRuns(passage, 5);
    enum : uint8_t { kThere = 1, kPlainThere = 2, kCounted = 4 };
    std::vector<uint8_t> marks(original_.keys.size(), 0);
    double original_weight = 0, suspect_weight = 0, shared = 0;
    for (uint32_t token = passage.original.begin; token < passage.original.end; ++token) {
      uint8_t& mark = marks[original_.key[token]];
      if (mark == 0) original_weight += original_.key_idf[original_.key[token]];
      mark |= IsPlain(original_, token) ? kThere | kPlainThere : kThere;
    }
    std::vector<bool> seen(suspect_.keys.size(), false);
    uint32_t plain = 0;
    for (uint32_t token = passage.suspect.begin; token < passage.suspect.end; ++token) {
      const uint32_t key = suspect_.key[token], same = to_original_[key];
      if (!seen[key]) {
        seen[key] = true;
        suspect_weight += suspect_.key_idf[key];
        if (same != kNoKey && marks[same]) shared += suspect_.key_idf[key];
      }
      if (same == kNoKey || (marks[same] & kPlainThere) == 0 || (marks[same] & kCounted) || !IsPlain(suspect_, token))
        continue;
      marks[same] |= kCounted;
      ++plain;
    }
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
    return out;
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

  const DescribedArticle& original_;
  const DescribedArticle& suspect_;
  const std::vector<uint32_t> to_original_, to_suspect_;
};

}  // namespace

PassageCandidates ProposePassages(const DescribedArticle& original, const DescribedArticle& suspect) {
  return Proposer(original, suspect).Run();
}

std::vector<TokenPassage> DecidePassages(const PassageCandidates& candidates, const PassageModel& model) {
  std::vector<TokenPassage> out;
  for (const PassageCandidate& candidate : candidates.wide) {
    if (model.join(candidate.signals) > 0) out.push_back(candidate.passage);
  }
  const size_t joined = out.size();
  for (const PassageCandidate& candidate : candidates.close) {
    const bool inside =
        std::any_of(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(joined),
                    [&](const TokenPassage& wide) { return Overlap(wide.suspect, candidate.passage.suspect) > 0; });
    if (!inside && model.keep(candidate.signals) > 0) out.push_back(candidate.passage);
  }
  std::sort(out.begin(), out.end(), [](const TokenPassage& a, const TokenPassage& b) { return a.suspect < b.suspect; });
  return out;
}

std::vector<TokenPassage> SelectPassages(const DescribedArticle& original, const DescribedArticle& suspect,
                                         const PassageModel& model) {
  return DecidePassages(ProposePassages(original, suspect), model);
}

}  // namespace unspin
