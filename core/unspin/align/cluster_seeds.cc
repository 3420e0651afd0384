#include "unspin/align/cluster_seeds.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <optional>

namespace unspin {
namespace {

// The cosine of the summed vectors of two runs of sentences.
class RunCosine {
 public:
  RunCosine(const SentenceVectorPair& vectors, size_t stems)
      : vectors_(vectors), suspect_sums_(stems, 0), original_sums_(stems, 0) {}

  double Of(SentenceSpan suspect, SentenceSpan original) {
    const double suspect_norm = AddUp(vectors_.suspect, suspect, suspect_sums_),
                 original_norm = AddUp(vectors_.original, original, original_sums_);
    double dot = 0;
    for (uint32_t sentence = original.begin; sentence < original.end; ++sentence) {
      for (const auto& [stem, weight] : vectors_.original.Of(sentence)) {
        dot += static_cast<double>(weight) * suspect_sums_[stem];
        original_sums_[stem] = 0;
      }
    }
    for (uint32_t sentence = suspect.begin; sentence < suspect.end; ++sentence) {
      for (const WeightedStem& entry : vectors_.suspect.Of(sentence)) suspect_sums_[entry.stem] = 0;
    }
    const double norms = std::sqrt(suspect_norm * original_norm);
    return norms > 0 ? dot / norms : 0;
  }

 private:
  // Returns the squared norm of the sum. Stems that the other article lacks enter it as if each occurred in one
  // sentence only: close, and linear in the sentences.
  static double AddUp(const SentenceVectors& vectors, SentenceSpan span, std::vector<float>& sums) {
    double norm = 0;
    for (uint32_t sentence = span.begin; sentence < span.end; ++sentence) {
      norm += static_cast<double>(vectors.norms[sentence]) * vectors.norms[sentence];
      for (const auto& [stem, weight] : vectors.Of(sentence)) {
        norm += 2.0 * sums[stem] * weight;
        sums[stem] += weight;
      }
    }
    return norm;
  }

  const SentenceVectorPair& vectors_;
  std::vector<float> suspect_sums_, original_sums_;  // one per stem id; all 0 between two calls
};

class Clusterer {
 public:
  Clusterer(const SentenceVectorPair& vectors, size_t stems, const PassageOptions& options)
      : cosine_(vectors, stems), options_(options) {}

  std::vector<SeedCluster> Run(std::span<Seed> seeds) {
    std::vector<SeedCluster> clusters;
    std::vector<Group> open = {{seeds, 0}};
    while (!open.empty()) {
      const Group group = open.back();
      open.pop_back();
      const std::optional<uint32_t> narrowing = Split(group, open);
      if (narrowing == group.narrowing) continue;
      const SeedCluster cluster = Enclose(group.seeds);
      if (cluster.cosine > options_.whole_cosine) {
        clusters.push_back(cluster);
      } else if (narrowing) {
        open.push_back({group.seeds, *narrowing});
      }
    }
    return clusters;
  }

 private:
  // Seeds that may still have to be split.
  struct Group {
    std::span<Seed> seeds;
    uint32_t narrowing;  // sentences by which its gaps are smaller than the options allow
  };

  // Splits the group at all gaps that are too wide, first of the suspect, then of the original, and adds the parts to
  // `open`. Returns the group's narrowing if it was split, otherwise the smallest narrowing that will split it; nothing
  // if none will.
  std::optional<uint32_t> Split(const Group& group, std::vector<Group>& open) const {
    const auto [seeds, narrowing] = group;
    std::optional<uint32_t> next_narrowing;
    for (const auto side : {&Seed::suspect, &Seed::original}) {
      const uint32_t max_gap = side == &Seed::suspect ? options_.max_gap : options_.max_original_gap;
      const uint32_t gap = max_gap - std::min(max_gap, narrowing);
      std::sort(seeds.begin(), seeds.end(), [side](const Seed& a, const Seed& b) {
        return a.*side != b.*side       ? a.*side < b.*side
               : a.suspect != b.suspect ? a.suspect < b.suspect
                                        : a.original < b.original;
      });
      size_t begin = 0;
      uint32_t max_distance = 0;
      for (size_t i = 1; i < seeds.size(); ++i) {
        const uint32_t distance = seeds[i].*side - seeds[i - 1].*side;
        max_distance = std::max(max_distance, distance);
        if (distance <= gap + 1) continue;
        open.push_back({seeds.subspan(begin, i - begin), narrowing});
        begin = i;
      }
      if (begin > 0) {
        open.push_back({seeds.subspan(begin), narrowing});
        return narrowing;
      }
      if (max_distance > 1) next_narrowing = std::min(next_narrowing.value_or(max_gap), max_gap + 2 - max_distance);
    }
    return next_narrowing;
  }

  SeedCluster Enclose(std::span<const Seed> seeds) {
    const auto [first_suspect, last_suspect] = std::ranges::minmax(seeds, {}, &Seed::suspect);
    const auto [first_original, last_original] = std::ranges::minmax(seeds, {}, &Seed::original);
    SeedCluster cluster{seeds,
                        {first_suspect.suspect, last_suspect.suspect + 1},
                        {first_original.original, last_original.original + 1}};
    cluster.cosine = cosine_.Of(cluster.suspect, cluster.original);
    return cluster;
  }

  RunCosine cosine_;
  const PassageOptions& options_;
};

}  // namespace

std::vector<SeedCluster> ClusterSeeds(std::span<Seed> seeds, const SentenceVectorPair& vectors, size_t stems,
                                      const PassageOptions& options) {
  assert(std::all_of(seeds.begin(), seeds.end(), [&](const Seed& seed) {
    return seed.suspect < vectors.suspect.norms.size() && seed.original < vectors.original.norms.size();
  }));
  if (seeds.empty()) return {};
  return Clusterer(vectors, stems, options).Run(seeds);
}

}  // namespace unspin
