#include "unspin/verdict/common_runs.h"

#include <algorithm>
#include <array>
#include <bit>
#include <span>

#include "unspin/base/common_counter.h"
#include "unspin/base/hash.h"

namespace unspin {
namespace {

constexpr uint32_t kPairReach = 5;  // words from one content word to the next that still make a pair

enum RunKind : uint32_t { kStory4, kStory5, kCounted5, kPlain3, kQuoted3, kRunKinds };

// Bits of the kinds by their length in words.
constexpr uint32_t kOf3 = 1u << kPlain3 | 1u << kQuoted3, kOf4 = 1u << kStory4, kOf5 = 1u << kStory5 | 1u << kCounted5;

// Runs by their hashes. Whether one is kept is as good as chance, so that to write each and to keep or overwrite it
// takes a fraction of what wrong guesses would.
class RunList {
 public:
  // So many runs may be written from now on.
  void MakeRoom(size_t runs) {
    if (runs_.size() < size_ + runs) runs_.resize(std::max(size_ + runs, runs_.size() * 2));
  }
  void AddIf(bool kept, uint64_t run) {
    runs_[size_] = run;
    size_ += kept;
  }
  std::span<const uint64_t> runs() const { return {runs_.data(), size_}; }

 private:
  std::vector<uint64_t> runs_;
  size_t size_ = 0;
};

// One side. Nearly all runs are settled without a look at them: one with a word that the other side lacks is not in
// common, and one with a word that stands once stands once.
class RunsOfSide {
 public:
  // `joined`: of the article's keys in the other one. `quoted_zones`: bits of the zones whose words make quoted runs.
  RunsOfSide(const DescribedArticle& article, const std::vector<uint32_t>& joined, uint32_t quoted_zones)
      : article_(article) {
    FindRuns(LayersOfKeys(joined), KindsOfZones(quoted_zones));
    FindPairs(joined);
  }

  // Those that may be in common.
  std::span<const uint64_t> Candidates(RunKind kind) const { return candidates_[kind].runs(); }
  std::span<const uint64_t> PairCandidates() const { return pairs_.runs(); }

  size_t CountDistinct(RunKind kind) const {
    const std::span<const uint64_t> repeated = repeated_[kind].runs();
    CommonCounter distinct;
    distinct.Start(repeated.size());
    for (const uint64_t run : repeated) distinct.AddSuspect(run);
    return runs_[kind] - repeated.size() + distinct.shares().of_suspect;
  }

 private:
  static constexpr uint32_t kChunk = 256;  // words read before room is made for the next

  // Three layers of bits, one for each kind of run: all words, those that the other side has, those used again.
  static constexpr uint32_t kAll = 0x00'00'ff, kShared = 0x00'ff'00, kRepeated = 0xff'00'00, kEach = 0x01'01'01;
  static constexpr uint32_t kSharedShift = 8, kRepeatedShift = 16;

  std::vector<uint32_t> LayersOfKeys(const std::vector<uint32_t>& joined) const {
    std::vector<uint32_t> layers(joined.size(), 0);
    for (const uint32_t key : article_.key) layers[key] = layers[key] == 0 ? kAll : kAll | kRepeated;
    for (size_t key = 0; key < joined.size(); ++key) layers[key] |= joined[key] != kNoKey ? kShared : 0;
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

  void FindRuns(const std::vector<uint32_t>& layers, const std::array<uint32_t, kZones>& kinds) {
    // Of the words before, the nearest first: what they may be part of, and their keys.
    std::array<uint32_t, 4> may_before{};
    std::array<uint64_t, 4> before{};
    for (uint32_t token = 0; token < article_.size(); ++token) {
      if (token % kChunk == 0) MakeRoom();
      uint32_t may = kinds[static_cast<size_t>(article_.zones.of_token[token])];
      // Official names and titles make runs that nobody copied: those words break a run here.
      may &= ~(static_cast<uint32_t>(article_.IsName(token)) << kPlain3);
      const uint32_t here = may * kEach & layers[article_.key[token]];
      const uint32_t of3 = here & may_before[0] & may_before[1], of4 = of3 & may_before[2], of5 = of4 & may_before[3];
      const uint32_t ending = (of3 & kOf3 * kEach) | (of4 & kOf4 * kEach) | (of5 & kOf5 * kEach);
      const uint64_t key = article_.keys[article_.key[token]];
      const uint64_t sum3 = key + std::rotl(before[0], 13) + std::rotl(before[1], 26);
      const uint64_t sum4 = sum3 + std::rotl(before[2], 39), sum5 = sum4 + std::rotl(before[3], 52);
      Add(ending, Mix64(sum3), Mix64(sum4), Mix64(sum5));
      may_before = {here, may_before[0], may_before[1], may_before[2]};
      before = {key, before[0], before[1], before[2]};
    }
  }

  void MakeRoom() {
    for (size_t kind = 0; kind < kRunKinds; ++kind) {
      candidates_[kind].MakeRoom(kChunk);
      repeated_[kind].MakeRoom(kChunk);
    }
  }

  void Add(uint32_t ending, uint64_t run3, uint64_t run4, uint64_t run5) {
    const std::array<uint64_t, kRunKinds> runs = {run4, run5, run5, run3, run3};
    for (size_t kind = 0; kind < kRunKinds; ++kind) {
      runs_[kind] += ending >> kind & 1;
      candidates_[kind].AddIf(ending >> (kSharedShift + kind) & 1, runs[kind]);
    }
    for (const RunKind kind : {kStory4, kStory5, kQuoted3})
      repeated_[kind].AddIf(ending >> (kRepeatedShift + kind) & 1, runs[kind]);
  }

  // Neighbours that stay together when the words between them are exchanged or they change places; two words of one
  // name are no pair.
  void FindPairs(const std::vector<uint32_t>& joined) {
    struct Word {
      uint64_t key = 0;
      uint32_t token = 0;
      bool may = false;  // be the first of a pair in common
      bool name = false;
    };
    Word last;
    for (uint32_t token = 0; token < article_.size(); ++token) {
      if (token % kChunk == 0) pairs_.MakeRoom(kChunk);
      last.may &= !article_.text.tokens[token].starts_sentence;
      const uint32_t key = article_.key[token];
      const Word here{article_.keys[key], token, joined[key] != kNoKey, article_.IsName(token)};
      const bool counts = article_.zones.Counts(token), function_word = article_.Info(token).function_word;
      const bool content = counts & !function_word;
      pairs_.AddIf(content & here.may & last.may & (token - last.token <= kPairReach) & !(here.name & last.name),
                   Mix64(std::min(last.key, here.key)) ^ std::max(last.key, here.key));
      last = content ? here : last;
    }
  }

  const DescribedArticle& article_;
  std::array<size_t, kRunKinds> runs_{};
  std::array<RunList, kRunKinds> candidates_, repeated_;
  RunList pairs_;
};

size_t CountCommon(std::span<const uint64_t> original, std::span<const uint64_t> suspect) {
  if (original.empty() || suspect.empty()) return 0;
  CommonCounter counter;
  counter.Start(original.size() + suspect.size());
  for (const uint64_t run : original) counter.AddOriginal(run);
  for (const uint64_t run : suspect) counter.AddSuspect(run);
  return counter.shares().common;
}

double Share(size_t part, size_t whole) {
  return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

}  // namespace

double RunCounts::ShareOfSmaller() const { return Share(common, std::min(of_original, of_suspect)); }
double RunCounts::ShareOfLarger() const { return Share(common, std::max(of_original, of_suspect)); }

CommonRuns CountCommonRuns(const DescribedArticle& original, const DescribedArticle& suspect,
                           const std::vector<uint32_t>& to_original, const std::vector<uint32_t>& to_suspect) {
  constexpr uint32_t kAnywhere = (1u << kZones) - 1, kQuoted = 1u << static_cast<uint32_t>(Zone::kQuotation);
  const RunsOfSide of_original(original, to_suspect, kAnywhere), of_suspect(suspect, to_original, kQuoted);
  const auto common = [&](RunKind kind) {
    return CountCommon(of_original.Candidates(kind), of_suspect.Candidates(kind));
  };
  const auto counts = [&](RunKind kind) -> RunCounts {
    return {common(kind), of_original.CountDistinct(kind), of_suspect.CountDistinct(kind)};
  };
  CommonRuns out;
  out.story4 = counts(kStory4);
  out.story5 = counts(kStory5);
  out.counted5 = common(kCounted5);
  out.plain3 = common(kPlain3);
  out.quoted3_common = common(kQuoted3);
  out.quoted3_of_suspect = of_suspect.CountDistinct(kQuoted3);
  out.content_pairs = CountCommon(of_original.PairCandidates(), of_suspect.PairCandidates());
  return out;
}

}  // namespace unspin
