#include "unspin/align/find_seeds.h"

#include <algorithm>
#include <cstddef>
#include <limits>

#include "unspin/kernels/weighted_row_sums.h"

namespace unspin {
namespace {

constexpr size_t kMaxSeeds = 200'000;  // bounds the work of hostile pairs; a book has a tenth of it
constexpr uint32_t kNoSentence = 0xffffffffu;
constexpr float kRoundingMargin = 0.999f;  // sums of floats are this close to exact, so no pair is ruled out wrongly

// Sentences of the original as a dense matrix: one row per stem, one column per sentence. A sentence without the stem
// has the weight 0, which changes no sum: adding it costs less than skipping it.
class DenseRows {
 public:
  static constexpr uint32_t kMaxSentences = 512;  // a row is 2 KiB

  // Takes `count` sentences from `first` on. `stems`: number of stem ids.
  void Fill(const SentenceVectors& vectors, uint32_t first, uint32_t count, size_t stems) {
    columns_ = (count + kColumnsAtOnce - 1) / kColumnsAtOnce * kColumnsAtOnce;
    row_begins_.assign(stems, kNoRow);
    const auto begin = vectors.stems.begin() + vectors.begins[first],
               end = vectors.stems.begin() + vectors.begins[first + count];
    size_t rows = 0;
    for (auto entry = begin; entry != end; ++entry) {
      uint32_t& row = row_begins_[entry->stem];
      if (row == kNoRow) row = static_cast<uint32_t>(rows++ * columns_);
    }
    weights_.assign(rows * columns_, 0);
    for (uint32_t column = 0; column < count; ++column) {
      for (const auto& [stem, weight] : vectors.Of(first + column)) weights_[row_begins_[stem] + column] = weight;
    }
  }

  // A multiple of kColumnsAtOnce.
  size_t columns() const { return columns_; }
  // Null where no sentence has the stem.
  const float* RowOf(uint32_t stem) const {
    return row_begins_[stem] == kNoRow ? nullptr : weights_.data() + row_begins_[stem];
  }

 private:
  static constexpr uint32_t kNoRow = 0xffffffffu;

  size_t columns_ = 0;
  std::vector<uint32_t> row_begins_;  // one per stem id
  std::vector<float> weights_;
};

class SeedFinder {
 public:
  SeedFinder(const AnalyzedPair& pair, const SentenceVectorPair& vectors, double cosine_threshold,
             double dice_threshold)
      : pair_(pair),
        vectors_(vectors),
        cosine_threshold_(cosine_threshold),
        dice_threshold_(dice_threshold),
        last_sentences_(pair.original.stems.size(), kNoSentence) {}

  std::vector<Seed> Run() {
    const auto sentences = static_cast<uint32_t>(pair_.original.body.sentences.size());
    DenseRows rows;
    std::vector<Seed> seeds;
    for (uint32_t first = 0; first < sentences; first += DenseRows::kMaxSentences) {
      const uint32_t count = std::min(DenseRows::kMaxSentences, sentences - first);
      rows.Fill(vectors_.original, first, count, pair_.original.stems.size());
      AddSeeds(rows, first, seeds);
    }
    if (sentences > DenseRows::kMaxSentences) SortAndBound(seeds);
    return seeds;
  }

 private:
  // Compares each sentence of the suspect with those of the matrix, which begin at `first`.
  void AddSeeds(const DenseRows& rows, uint32_t first, std::vector<Seed>& seeds) {
    std::vector<WeighedRow> shared;
    std::vector<float> sums(rows.columns());
    std::vector<float> norms(vectors_.original.norms.begin() + first, vectors_.original.norms.end());
    norms.resize(rows.columns(), std::numeric_limits<float>::max());  // padding that no sum reaches
    std::vector<uint32_t> near(rows.columns());
    const size_t max_seeds = seeds.size() + kMaxSeeds;
    for (uint32_t i = 0; i < pair_.suspect.body.sentences.size() && seeds.size() < max_seeds; ++i) {
      shared.clear();
      for (const auto& [stem, weight] : vectors_.suspect.Of(i)) {
        if (const float* row = rows.RowOf(stem)) shared.push_back({row, weight});
        last_sentences_[stem] = i;
      }
      if (shared.empty()) continue;
      const float norm = vectors_.suspect.norms[i];
      const float scale = kRoundingMargin * static_cast<float>(cosine_threshold_) * norm;
      const size_t count = WeightedRowSums(shared, norms, scale, sums, near);
      for (size_t k = 0; k < count; ++k) {
        const uint32_t column = near[k];
        const double both_norms = static_cast<double>(norm) * norms[column];
        if (sums[column] > cosine_threshold_ * both_norms && both_norms > 0 && SharesStems(i, first + column))
          seeds.push_back({i, first + column, static_cast<float>(sums[column] / both_norms)});
      }
    }
  }

  // Whether the Dice coefficient of distinct stems exceeds its threshold. `i` is the suspect's sentence that
  // last_sentences_ was last updated with.
  bool SharesStems(uint32_t i, uint32_t j) const {
    uint32_t common = 0;
    for (const WeightedStem& entry : vectors_.original.Of(j)) common += last_sentences_[entry.stem] == i;
    const size_t distinct = pair_.suspect.body.CountsOf(i).size() + pair_.original.body.CountsOf(j).size();
    return 2.0 * common / static_cast<double>(distinct) > dice_threshold_;
  }

  // At most kMaxSeeds, rounded up to a whole sentence of the suspect.
  static void SortAndBound(std::vector<Seed>& seeds) {
    std::sort(seeds.begin(), seeds.end(), [](const Seed& a, const Seed& b) {
      return a.suspect != b.suspect ? a.suspect < b.suspect : a.original < b.original;
    });
    size_t end = std::min(seeds.size(), kMaxSeeds);
    while (end > 0 && end < seeds.size() && seeds[end].suspect == seeds[end - 1].suspect) ++end;
    seeds.resize(end);
  }

  const AnalyzedPair& pair_;
  const SentenceVectorPair& vectors_;
  const double cosine_threshold_, dice_threshold_;
  std::vector<uint32_t> last_sentences_;  // one per stem id: the last sentence of the suspect that has it
};

}  // namespace

std::vector<Seed> FindSeeds(const AnalyzedPair& pair, const SentenceVectorPair& vectors, double cosine_threshold,
                            double dice_threshold) {
  return SeedFinder(pair, vectors, cosine_threshold, dice_threshold).Run();
}

}  // namespace unspin
