#include "unspin/verdict/common_runs.h"

#include <algorithm>
#include <array>
#include <bit>
#include <memory>
#include <span>

#include "unspin/align/overlap_counter.h"
#include "unspin/base/hash.h"

namespace unspin {
namespace {

constexpr uint32_t kPairReach = 5;  // words from one content word to the next that still make a pair

enum RunKind : uint32_t { kStory4, kStory5, kCounted5, kPlain3, kQuoted3, kRunKinds };

// Bits of the kinds by their length in words.
constexpr uint32_t kOf3 = 1u << kPlain3 | 1u << kQuoted3, kOf4 = 1u << kStory4, kOf5 = 1u << kStory5 | 1u << kCounted5;

// One side. Nearly all runs are settled without a look at them: one with a word that the other side lacks is not in
// common, and one with a word that stands once stands once. Which are not is as good as chance: to write each down, and
// to keep or overwrite it, takes a fraction of what wrong guesses would.
class RunsOfSide {
 public:
  // `joined`: of the article's stems in the other one. `quoted_zones`: bits of the zones whose words make quoted runs.
  RunsOfSide(const AnalyzedArticle& article, const std::vector<uint32_t>& joined, uint32_t quoted_zones)
      : article_(article) {
    HashRuns(FindRuns(LayersOfStems(joined), KindsOfZones(quoted_zones)));
    FindPairs(joined);
  }

  // Those that may be in common.
  std::span<const uint64_t> Candidates(RunKind kind) const { return candidates_[kind]; }
  std::span<const uint64_t> PairCandidates() const { return pairs_; }

  size_t CountDistinct(RunKind kind, OverlapCounter& counter) const {
    counter.Start(repeated_[kind].size());
    for (const uint64_t run : repeated_[kind]) counter.AddSuspect(run);
    return runs_[kind] - repeated_[kind].size() + counter.overlap().in_suspect;
  }

 private:
  // Three layers of bits, one for each kind of run: all words, those that the other side has, those used again.
  static constexpr uint32_t kAll = 0x00'00'ff, kShared = 0x00'ff'00, kRepeated = 0xff'00'00, kEach = 0x01'01'01;
  static constexpr uint32_t kSharedShift = 8, kRepeatedShift = 16;

  // What ends with a word: bits of those layers.
  struct Ending {
    uint32_t token, runs;
  };

  std::vector<uint32_t> LayersOfStems(const std::vector<uint32_t>& joined) const {
    std::vector<uint32_t> layers(joined.size(), 0);
    for (const uint32_t stem : article_.stem_ids) layers[stem] = layers[stem] == 0 ? kAll : kAll | kRepeated;
    for (size_t stem = 0; stem < joined.size(); ++stem) layers[stem] |= joined[stem] != kNoStem ? kShared : 0;
    return layers;
  }

  static std::array<uint32_t, kZones> KindsOfZones(uint32_t quoted_zones) {
    std::array<uint32_t, kZones> kinds{};
    kinds[static_cast<size_t>(Zone::kBody)] = 1u << kStory4 | 1u << kStory5 | 1u << kCounted5 | 1u << kPlain3;
    kinds[static_cast<size_t>(Zone::kQuotation)] = 1u << kStory4 | 1u << kStory5;
    for (size_t zone = 0; zone < kZones; ++zone) {
      if (quoted_zones >> zone & 1) kinds[zone] |= 1u << kQuoted3;
    }
    return kinds;
  }

  // Counts all runs; returns those that are not settled.
  std::vector<Ending> FindRuns(const std::vector<uint32_t>& layers, const std::array<uint32_t, kZones>& kinds) {
    std::vector<Ending> endings(article_.size());
    Ending* end = endings.data();
    std::array<size_t, size_t{1} << kRunKinds> uses{};  // of each set of kinds
    std::array<uint32_t, 4> may_before{};               // what the words before may be part of, the nearest first
    for (uint32_t token = 0; token < article_.size(); ++token) {
      uint32_t may = kinds[static_cast<size_t>(article_.zones.of_token[token])];
      // Official names and titles make runs that nobody copied: those words break a run here.
      may &= ~(static_cast<uint32_t>(article_.IsName(token)) << kPlain3);
      const uint32_t here = may * kEach & layers[article_.stem_ids[token]];
      const uint32_t of3 = here & may_before[0] & may_before[1], of4 = of3 & may_before[2], of5 = of4 & may_before[3];
      const uint32_t runs = (of3 & kOf3 * kEach) | (of4 & kOf4 * kEach) | (of5 & kOf5 * kEach);
      ++uses[runs & (uses.size() - 1)];
      *end = {token, runs};
      end += (runs & (kShared | kRepeated)) != 0;
      may_before = {here, may_before[0], may_before[1], may_before[2]};
    }
    for (size_t set = 0; set < uses.size(); ++set) {
      for (size_t kind = 0; kind < kRunKinds; ++kind) runs_[kind] += set >> kind & 1 ? uses[set] : 0;
    }
    endings.resize(static_cast<size_t>(end - endings.data()));
    return endings;
  }

  void HashRuns(const std::vector<Ending>& endings) {
    hashes_ = std::make_unique_for_overwrite<uint64_t[]>(2 * kRunKinds * endings.size());
    std::array<uint64_t*, 2 * kRunKinds> ends;
    for (size_t list = 0; list < ends.size(); ++list) ends[list] = hashes_.get() + list * endings.size();
    const std::array<uint64_t*, 2 * kRunKinds> begins = ends;
    for (const auto [token, runs] : endings) {
      const auto stem_before = [&](uint32_t words) -> uint64_t {
        return token >= words ? article_.stems[article_.stem_ids[token - words]] : 0;
      };
      const uint64_t sum3 = stem_before(0) + std::rotl(stem_before(1), 13) + std::rotl(stem_before(2), 26);
      const uint64_t sum4 = sum3 + std::rotl(stem_before(3), 39), sum5 = sum4 + std::rotl(stem_before(4), 52);
      const uint64_t run3 = Mix64(sum3), run4 = Mix64(sum4), run5 = Mix64(sum5);
      const std::array<uint64_t, kRunKinds> hashes = {run4, run5, run5, run3, run3};
      const auto add_if = [&](uint32_t kept, size_t kind, uint64_t*& list_end) {
        *list_end = hashes[kind];
        list_end += kept & 1;
      };
      for (size_t kind = 0; kind < kRunKinds; ++kind) add_if(runs >> (kSharedShift + kind), kind, ends[kind]);
      for (const RunKind kind : {kStory4, kStory5, kQuoted3})
        add_if(runs >> (kRepeatedShift + kind), kind, ends[kRunKinds + kind]);
    }
    for (size_t kind = 0; kind < kRunKinds; ++kind) {
      candidates_[kind] = {begins[kind], ends[kind]};
      repeated_[kind] = {begins[kRunKinds + kind], ends[kRunKinds + kind]};
    }
  }

  // Neighbours that stay together when the words between them are exchanged or they change places; two words of one
  // name are no pair.
  void FindPairs(const std::vector<uint32_t>& joined) {
    struct Word {
      uint64_t stem = 0;
      uint32_t token = 0;
      bool may = false;  // be the first of a pair in common
      bool name = false;
    };
    pair_hashes_ = std::make_unique_for_overwrite<uint64_t[]>(article_.size());
    uint64_t* end = pair_hashes_.get();
    Word last;
    for (uint32_t token = 0; token < article_.size(); ++token) {
      last.may &= !article_.text.tokens[token].starts_sentence;
      const uint32_t stem = article_.stem_ids[token];
      const Word here{article_.stems[stem], token, joined[stem] != kNoStem, article_.IsName(token)};
      const bool counts = article_.zones.Counts(token), function_word = article_.Info(token).function_word;
      const bool content = counts & !function_word;
      *end = Mix64(std::min(last.stem, here.stem)) ^ std::max(last.stem, here.stem);
      end += content & here.may & last.may & (token - last.token <= kPairReach) & !(here.name & last.name);
      last = content ? here : last;
    }
    pairs_ = {pair_hashes_.get(), end};
  }

  const AnalyzedArticle& article_;
  std::array<size_t, kRunKinds> runs_{};
  std::unique_ptr<uint64_t[]> hashes_, pair_hashes_;
  std::array<std::span<const uint64_t>, kRunKinds> candidates_, repeated_;
  std::span<const uint64_t> pairs_;
};

size_t CountCommon(std::span<const uint64_t> original, std::span<const uint64_t> suspect, OverlapCounter& counter) {
  if (original.empty() || suspect.empty()) return 0;
  counter.Start(original.size() + suspect.size());
  for (const uint64_t run : original) counter.AddOriginal(run);
  for (const uint64_t run : suspect) counter.AddSuspect(run);
  return counter.overlap().common;
}

double Share(size_t part, size_t whole) {
  return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

}  // namespace

double RunCounts::ShareOfSmaller() const { return Share(common, std::min(of_original, of_suspect)); }
double RunCounts::ShareOfLarger() const { return Share(common, std::max(of_original, of_suspect)); }

CommonRuns CountCommonRuns(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                           const std::vector<uint32_t>& to_original, const std::vector<uint32_t>& to_suspect) {
  constexpr uint32_t kAnywhere = (1u << kZones) - 1, kQuoted = 1u << static_cast<uint32_t>(Zone::kQuotation);
  const RunsOfSide of_original(original, to_suspect, kAnywhere), of_suspect(suspect, to_original, kQuoted);
  OverlapCounter counter;
  const auto common = [&](RunKind kind) {
    return CountCommon(of_original.Candidates(kind), of_suspect.Candidates(kind), counter);
  };
  const auto counts = [&](RunKind kind) -> RunCounts {
    return {common(kind), of_original.CountDistinct(kind, counter), of_suspect.CountDistinct(kind, counter)};
  };
  CommonRuns out;
  out.story4 = counts(kStory4);
  out.story5 = counts(kStory5);
  out.counted5 = common(kCounted5);
  out.plain3 = common(kPlain3);
  out.quoted3_common = common(kQuoted3);
  out.quoted3_of_suspect = of_suspect.CountDistinct(kQuoted3, counter);
  out.content_pairs = CountCommon(of_original.PairCandidates(), of_suspect.PairCandidates(), counter);
  return out;
}

}  // namespace unspin
