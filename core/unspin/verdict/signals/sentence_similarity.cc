#include "unspin/verdict/signals/sentence_similarity.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <vector>

#include "unspin/verdict/signals/pair_measurements.h"

namespace unspin {
namespace {

constexpr float kSynonymCredit = 0.6f;  // of a word's weight

// A stem in more sentences of the original has next to no weight, and would make the comparison quadratic.
constexpr uint32_t kMaxPostings = 400;

// The cosine that the best counterpart of an independent sentence reaches: the level of chance for a region.
constexpr double kChanceCosine = 0.25;

// Counterparts below this cosine are too uncertain to say anything about the order.
constexpr double kMinOrderCosine = 0.15;
constexpr uint32_t kMaxOrderGap = 4;  // sentences from one counterpart to the next that still follows it
constexpr double kPriorSteps = 1, kPriorInOrder = 0.3;  // keep the share of few steps from being 0 or 1

struct WeighedStem {
  uint32_t stem;  // of the original
  float weight;
};

// One vector over the original's stems for each sentence with counted words.
struct SentenceVectors {
  std::vector<WeighedStem> stems;  // sentence after sentence
  std::vector<uint32_t> begins = {0};
  std::vector<double> norms;  // of all counted words of the sentence, also of those without a stem of the original
  std::vector<TokenSpan> spans;

  explicit SentenceVectors(const AnalyzedArticle& article) {
    const size_t sentences = article.text.sentences.size();
    stems.reserve(article.size());
    begins.reserve(sentences + 1);
    norms.reserve(sentences);
    spans.reserve(sentences);
  }

  size_t size() const { return spans.size(); }
  std::span<const WeighedStem> Of(size_t sentence) const {
    return {stems.data() + begins[sentence], stems.data() + begins[sentence + 1]};
  }
};

// `append_stems(stem, weight, stems)` appends what a stem of the article is in the original.
template <typename AppendStems>
SentenceVectors MakeVectors(const AnalyzedArticle& article, const AppendStems& append_stems) {
  SentenceVectors vectors(article);
  std::vector<uint32_t> last_sentence(article.stems.size(), 0);  // in which the stem was met, counted from 1
  uint32_t number = 0;
  for (const TokenSpan sentence : article.text.sentences) {
    ++number;
    double norm = 0;
    for (uint32_t token = sentence.begin; token < sentence.end; ++token) {
      const uint32_t stem = article.stem_ids[token];
      if (last_sentence[stem] == number || !article.zones.Counts(token)) continue;
      last_sentence[stem] = number;
      const float weight = article.stem_idf[stem];
      norm += static_cast<double>(weight) * weight;
      if (weight > 0) append_stems(stem, weight, vectors.stems);
    }
    if (norm <= 0) {
      vectors.stems.resize(vectors.begins.back());
      continue;
    }
    vectors.begins.push_back(static_cast<uint32_t>(vectors.stems.size()));
    vectors.norms.push_back(std::sqrt(norm));
    vectors.spans.push_back(sentence);
  }
  return vectors;
}

SentenceVectors OriginalVectors(const AnalyzedArticle& original) {
  return MakeVectors(
      original, [](uint32_t stem, float weight, std::vector<WeighedStem>& stems) { stems.push_back({stem, weight}); });
}

SentenceVectors SuspectVectors(const AnalyzedArticle& suspect, std::span<const uint32_t> to_original,
                               const SynonymStems& synonyms) {
  return MakeVectors(suspect, [&](uint32_t stem, float weight, std::vector<WeighedStem>& stems) {
    if (to_original[stem] != kNoStem) {
      stems.push_back({to_original[stem], weight});
    } else {
      for (const uint32_t synonym : synonyms.Of(stem)) stems.push_back({synonym, weight * kSynonymCredit});
    }
  });
}

// Stem → the sentences of the original that have it (an inverted index).
class SentencesOfStems {
 public:
  struct Posting {
    uint32_t sentence;
    float weight;
  };

  SentencesOfStems(const SentenceVectors& original, size_t stems)
      : begins_(stems + 2, 0), postings_(original.stems.size()) {
    // A counting sort by stem: while the postings are laid down, begins_ is shifted by one stem.
    for (const WeighedStem& entry : original.stems) ++begins_[entry.stem + 2];
    std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
    for (uint32_t sentence = 0; sentence < original.size(); ++sentence) {
      for (const auto& [stem, weight] : original.Of(sentence)) postings_[begins_[stem + 1]++] = {sentence, weight};
    }
  }

  std::span<const Posting> Of(uint32_t stem) const {
    return {postings_.data() + begins_[stem], postings_.data() + begins_[stem + 1]};
  }

 private:
  std::vector<uint32_t> begins_;
  std::vector<Posting> postings_;
};

// The best counterpart of every sentence, either way.
struct Counterparts {
  std::vector<double> cosine;             // of each suspect's sentence
  std::vector<uint32_t> sentence;         // in the original
  std::vector<float> cosine_of_original;  // of each original's sentence
};

Counterparts FindCounterparts(const SentenceVectors& original, const SentenceVectors& suspect, size_t stems) {
  const SentencesOfStems sentences_of_stems(original, stems);
  Counterparts best{std::vector<double>(suspect.size(), 0), std::vector<uint32_t>(suspect.size(), 0),
                    std::vector<float>(original.size(), 0)};
  std::vector<float> dot(original.size());
  for (size_t i = 0; i < suspect.size(); ++i) {
    for (const auto& [stem, weight] : suspect.Of(i)) {
      const auto postings = sentences_of_stems.Of(stem);
      if (postings.size() > kMaxPostings) continue;
      for (const auto& posting : postings) dot[posting.sentence] += weight * posting.weight;
    }
    for (uint32_t j = 0; j < original.size(); ++j) {
      if (dot[j] == 0) continue;
      const double cosine = dot[j] / (suspect.norms[i] * original.norms[j]);
      dot[j] = 0;
      best.cosine_of_original[j] = std::max(best.cosine_of_original[j], static_cast<float>(cosine));
      if (cosine > best.cosine[i]) {
        best.cosine[i] = cosine;
        best.sentence[i] = j;
      }
    }
  }
  return best;
}

// Share of the counterparts that are at most kMaxOrderGap sentences behind the one before, and not in front of it.
double ShareInOrder(const Counterparts& best) {
  size_t in_order = 0, steps = 0;
  uint32_t previous = 0;
  bool any = false;
  for (size_t i = 0; i < best.cosine.size(); ++i) {
    if (best.cosine[i] < kMinOrderCosine) continue;
    if (any) {
      ++steps;
      in_order += best.sentence[i] >= previous && best.sentence[i] <= previous + kMaxOrderGap;
    }
    previous = best.sentence[i];
    any = true;
  }
  return (static_cast<double>(in_order) + kPriorInOrder) / (static_cast<double>(steps) + kPriorSteps);
}

struct Region {
  double weight = 0;
  size_t begin = 0, end = 0;  // sentences
};

// The heaviest run of sentences (Kadane's maximum subarray), their cosines counted from the level of chance.
Region FindBestRegion(std::span<const double> cosines) {
  Region best;
  double weight = 0;
  size_t begin = 0;
  for (size_t i = 0; i < cosines.size(); ++i) {
    weight += cosines[i] - kChanceCosine;
    if (weight <= 0) {
      weight = 0;
      begin = i + 1;
    }
    if (weight > best.weight) best = {weight, begin, i + 1};
  }
  return best;
}

template <typename Number>
double Mean(const std::vector<Number>& numbers) {
  double sum = 0;
  for (const Number number : numbers) sum += number;
  return sum / static_cast<double>(numbers.size());
}

// The upper one of two middle numbers. REQUIRES: `numbers` are not empty.
double UpperMedian(std::vector<double> numbers) {
  assert(!numbers.empty());
  const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>(numbers.size() / 2);
  std::nth_element(numbers.begin(), middle, numbers.end());
  return *middle;
}

}  // namespace

SentenceSimilarity CompareSentences(const AnalyzedArticle& original, const AnalyzedArticle& suspect,
                                    std::span<const uint32_t> to_original, const SynonymStems& synonyms) {
  assert(to_original.size() == suspect.stems.size());
  const SentenceVectors suspect_vectors = SuspectVectors(suspect, to_original, synonyms);
  const SentenceVectors original_vectors = OriginalVectors(original);
  if (suspect_vectors.size() == 0 || original_vectors.size() == 0) return {};
  const Counterparts best = FindCounterparts(original_vectors, suspect_vectors, original.stems.size());
  SentenceSimilarity out;
  out.mean = Mean(best.cosine);
  out.median = UpperMedian(best.cosine);
  out.mean_of_original = Mean(best.cosine_of_original);
  out.order = ShareInOrder(best);
  const Region region = FindBestRegion(best.cosine);
  out.best_region_weight = region.weight;
  if (region.end > region.begin) {
    out.best_region = {suspect_vectors.spans[region.begin].begin, suspect_vectors.spans[region.end - 1].end};
  }
  return out;
}

double MeasureSentenceMean(const PairMeasurements& pair) { return pair.sentences.mean; }
// A few sentences that are much alike, among others that are not: a part was taken.
double MeasureSentenceSkew(const PairMeasurements& pair) { return pair.sentences.mean - pair.sentences.median; }
double MeasureSentenceOriginal(const PairMeasurements& pair) { return pair.sentences.mean_of_original; }
double MeasureSentenceOrder(const PairMeasurements& pair) { return pair.sentences.order; }
double MeasureBestRegion(const PairMeasurements& pair) { return LogOfCount(pair.sentences.best_region_weight); }

}  // namespace unspin
