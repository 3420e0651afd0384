#include "unspin/verdict/signals.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <span>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "unspin/base/hash.h"

namespace unspin {
namespace {

constexpr float kUncommonIdf = 2.0f;    // a word in fewer than one article in seven
constexpr float kRareIdf = 4.0f;        // in fewer than one in fifty
constexpr uint32_t kMostOrderUses = 3;  // a word used more often on a side says nothing about order
constexpr size_t kFunctionRun = 8;
constexpr double kChanceRun = 10;     // words: independent reports share a title or a formula of that length
constexpr double kChanceStretch = 9;  // weight of the best stretch of nearly all independent reports of one event

// Hashes of the runs of n keys; `counts` says which tokens may be part of one.
template <typename Filter>
std::vector<uint64_t> Runs(const DescribedArticle& article, uint32_t n, Filter counts) {
  std::vector<uint64_t> runs;
  uint32_t length = 0;
  for (uint32_t token = 0; token < article.size(); ++token) {
    length = counts(token) ? length + 1 : 0;
    if (length < n) continue;
    uint64_t hash = n;
    for (uint32_t k = token + 1 - n; k <= token; ++k) hash = Mix64(hash ^ article.keys[article.key[k]]);
    runs.push_back(hash);
  }
  std::sort(runs.begin(), runs.end());
  runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
  return runs;
}

size_t CountCommon(const std::vector<uint64_t>& a, const std::vector<uint64_t>& b) {
  size_t common = 0;
  for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] < b[j]) {
      ++i;
    } else if (b[j] < a[i]) {
      ++j;
    } else {
      ++common, ++i, ++j;
    }
  }
  return common;
}

struct Shares {
  double smaller = 0, larger = 0;
  size_t common = 0;
};

Shares Share(const std::vector<uint64_t>& a, const std::vector<uint64_t>& b) {
  Shares shares;
  if (a.empty() || b.empty()) return shares;
  shares.common = CountCommon(a, b);
  shares.smaller = static_cast<double>(shares.common) / static_cast<double>(std::min(a.size(), b.size()));
  shares.larger = static_cast<double>(shares.common) / static_cast<double>(std::max(a.size(), b.size()));
  return shares;
}

double Log(double count) { return std::log1p(count); }

bool IsName(const DescribedArticle& article, uint32_t token) {
  const Token& word = article.text.tokens[token];
  return word.capitalised && !word.starts_sentence;
}

class SignalMeter {
 public:
  SignalMeter(const DescribedArticle& original, const DescribedArticle& suspect)
      : original_(original), suspect_(suspect) {}

  Signals Run(const Evidence& evidence) {
    MeasureRuns();
    MeasureWords();
    MeasureOrder();
    MeasureSentences();
    out_[kCoverageSuspect] = evidence.coverage.suspect;
    out_[kCoverageOriginal] = evidence.coverage.original;
    out_[kKeptInPassages] = evidence.passages.empty() ? 0 : 1 - evidence.rewrite;
    const double replaced = evidence.words.synonym + evidence.words.replaced;
    out_[kSynonyms] = evidence.words.synonym / (replaced + 4);
    out_[kLongestRun] = Log(evidence.longest_verbatim_run);
    out_[kLongestRunBeyond] = std::max(0.0, out_[kLongestRun] - Log(kChanceRun));
    out_[kBestStretch] = Log(evidence.best_stretch);
    out_[kBestStretchBeyond] = std::max(0.0, out_[kBestStretch] - Log(kChanceStretch));
    return out_;
  }

 private:
  void MeasureRuns() {
    auto all = [](uint32_t) { return true; };
    constexpr std::array<Signal, 5> smaller = {kShared1, kShared2, kShared3, kShared4, kShared5};
    for (uint32_t n = 1; n <= 5; ++n) {
      const Shares shares = Share(Runs(original_, n, all), Runs(suspect_, n, all));
      out_[smaller[n - 1]] = shares.smaller;
      if (n == 2) out_[kShared2Larger] = shares.larger;
      if (n == 3) out_[kShared3Larger] = shares.larger;
      if (n == 5) out_[kShared5Larger] = shares.larger;
    }
    auto original_counts = [&](uint32_t token) { return original_.zones.Counts(token); };
    auto suspect_counts = [&](uint32_t token) { return suspect_.zones.Counts(token); };
    out_[kRuns5] =
        Log(static_cast<double>(Share(Runs(original_, 5, original_counts), Runs(suspect_, 5, suspect_counts)).common));
    // Official names and titles make runs that nobody copied: those words break a run here.
    auto original_plain = [&](uint32_t token) { return original_.zones.Counts(token) && !IsName(original_, token); };
    auto suspect_plain = [&](uint32_t token) { return suspect_.zones.Counts(token) && !IsName(suspect_, token); };
    const Shares plain = Share(Runs(original_, 3, original_plain), Runs(suspect_, 3, suspect_plain));
    out_[kShared3Unquoted] = plain.smaller;
    out_[kRuns3] = Log(static_cast<double>(plain.common));
    out_[kFunctionRuns] = Share(FunctionRuns(original_), FunctionRuns(suspect_)).smaller;
  }

  // Stop-word n-grams (Stamatatos, JASIST 2011) survive when the content words are exchanged.
  static std::vector<uint64_t> FunctionRuns(const DescribedArticle& article) {
    std::vector<uint64_t> words, runs;
    for (uint32_t token = 0; token < article.size(); ++token) {
      if (article.zones.Counts(token) && article.Info(token).function_word)
        words.push_back(article.text.tokens[token].word);
    }
    for (size_t i = 0; i + kFunctionRun <= words.size(); ++i) {
      uint64_t hash = kFunctionRun;
      for (size_t k = 0; k < kFunctionRun; ++k) hash = Mix64(hash ^ words[i + k]);
      runs.push_back(hash);
    }
    std::sort(runs.begin(), runs.end());
    runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
    return runs;
  }

  struct WordShare {
    double idf = 0, rare = 0, plain = 0;
    size_t plain_words = 0;
  };

  static WordShare ShareOfWords(const DescribedArticle& mine, const std::vector<uint32_t>& joined) {
    double idf = 0, idf_common = 0;
    size_t rare = 0, rare_common = 0, plain = 0, plain_common = 0;
    std::vector<uint8_t> named(mine.keys.size(), 0);
    for (uint32_t token = 0; token < mine.size(); ++token) {
      if (IsName(mine, token) || mine.text.tokens[token].numeric) named[mine.key[token]] = 1;
    }
    for (uint32_t key = 0; key < mine.keys.size(); ++key) {
      const bool common = joined[key] != kNoKey;
      const double weight = mine.key_idf[key];
      idf += weight;
      if (common) idf_common += weight;
      if (weight <= kRareIdf) continue;
      ++rare;
      rare_common += common;
      if (named[key]) continue;
      ++plain;
      plain_common += common;
    }
    // A prior of one word keeps the shares of tiny sets from being 0 or 1.
    return {idf > 0 ? idf_common / idf : 0, (rare_common + 0.2) / (rare + 1.0), (plain_common + 0.1) / (plain + 1.0),
            plain};
  }

  void MeasureWords() {
    to_original_ = JoinKeys(suspect_, original_);
    const std::vector<uint32_t> to_suspect = JoinKeys(original_, suspect_);
    const WordShare suspect = ShareOfWords(suspect_, to_original_), original = ShareOfWords(original_, to_suspect);
    out_[kIdfSuspect] = suspect.idf;
    out_[kIdfOriginal] = original.idf;
    out_[kRareSuspect] = suspect.rare;
    out_[kRareOriginal] = original.rare;
    out_[kRarePlain] = suspect.plain_words <= original.plain_words ? suspect.plain : original.plain;
  }

  // Independent reporters share facts, not their order: the longest increasing run of shared uncommon words, less the
  // 2·sqrt(n) that a random order would give (Vershik and Kerov 1977).
  void MeasureOrder() {
    std::vector<std::vector<uint32_t>> places(original_.keys.size());
    for (uint32_t token = 0; token < original_.size(); ++token) {
      const uint32_t key = original_.key[token];
      if (original_.key_idf[key] >= kUncommonIdf && original_.zones.Counts(token)) places[key].push_back(token);
    }
    std::vector<uint32_t> tails;
    std::vector<uint32_t> uses(suspect_.keys.size(), 0);
    size_t words = 0;
    for (uint32_t token = 0; token < suspect_.size(); ++token) {
      const uint32_t key = suspect_.key[token], same = to_original_[key];
      if (same == kNoKey || !suspect_.zones.Counts(token) || places[same].empty() ||
          places[same].size() > kMostOrderUses)
        continue;
      if (++uses[key] > kMostOrderUses) continue;
      ++words;
      // Descending, so that one use of the word takes one place at most.
      for (auto place = places[same].rbegin(); place != places[same].rend(); ++place) {
        const auto at = std::lower_bound(tails.begin(), tails.end(), *place);
        if (at == tails.end()) {
          tails.push_back(*place);
        } else {
          *at = *place;
        }
      }
    }
    if (words == 0) return;
    const double length = static_cast<double>(tails.size()), n = static_cast<double>(words);
    const double chance = std::min(n, 2 * std::sqrt(n));
    out_[kOrder] = (length - chance) / n;
    out_[kOrderLength] = Log(std::max(0.0, length - chance));
  }

  struct SentenceMatrix {
    std::vector<std::vector<std::pair<uint32_t, float>>> rows;  // suspect sentence → (original sentence, idf cosine)
  };

  struct SentenceVectors {
    std::vector<std::vector<std::pair<uint32_t, float>>> words;  // (key of the original, weight); shared words only
    std::vector<double> norms;
  };

  // Sentences of the counted words, as idf-weighted vectors over keys of the original.
  static SentenceVectors Vectors(const DescribedArticle& article, const std::vector<uint32_t>* joined) {
    SentenceVectors out;
    std::vector<uint32_t> last(article.keys.size(), 0);
    uint32_t stamp = 0;
    for (const TokenSpan sentence : article.text.sentences) {
      ++stamp;
      std::vector<std::pair<uint32_t, float>> words;
      double norm = 0;
      for (uint32_t token = sentence.begin; token < sentence.end; ++token) {
        const uint32_t key = article.key[token];
        if (last[key] == stamp || !article.zones.Counts(token)) continue;
        last[key] = stamp;
        const float weight = article.key_idf[key];
        norm += static_cast<double>(weight) * weight;
        const uint32_t same = joined ? (*joined)[key] : key;
        if (same != kNoKey && weight > 0) words.emplace_back(same, weight);
      }
      if (norm <= 0) continue;
      out.words.push_back(std::move(words));
      out.norms.push_back(std::sqrt(norm));
    }
    return out;
  }

  void MeasureSentences() {
    const SentenceVectors suspect = Vectors(suspect_, &to_original_), original = Vectors(original_, nullptr);
    const size_t n = suspect.words.size(), m = original.words.size();
    if (n == 0 || m == 0) return;
    std::vector<std::vector<std::pair<uint32_t, float>>> postings(original_.keys.size());
    for (uint32_t j = 0; j < m; ++j) {
      for (const auto& [key, weight] : original.words[j]) postings[key].emplace_back(j, weight);
    }
    std::vector<float> dot(m), best_of_original(m, 0);
    std::vector<uint32_t> touched;
    std::vector<double> best(n, 0);
    std::vector<uint32_t> place(n, 0);
    // Best monotone chain: chain[j] is the weight of the best chain that ends at original sentence ≤ j.
    std::vector<double> chain(m + 1, 0), next(m + 1, 0);
    for (size_t i = 0; i < n; ++i) {
      touched.clear();
      for (const auto& [key, weight] : suspect.words[i]) {
        if (postings[key].size() > 400) continue;  // a word of every sentence: no weight, and quadratic cost
        for (const auto& [j, other] : postings[key]) {
          if (dot[j] == 0) touched.push_back(j);
          dot[j] += weight * other;
        }
      }
      std::sort(touched.begin(), touched.end());
      size_t t = 0;
      for (size_t j = 0; j < m; ++j) {
        double cosine = 0;
        if (t < touched.size() && touched[t] == j) {
          cosine = dot[j] / (suspect.norms[i] * original.norms[j]);
          dot[j] = 0;
          ++t;
          best_of_original[j] = std::max(best_of_original[j], static_cast<float>(cosine));
          if (cosine > best[i]) {
            best[i] = cosine;
            place[i] = static_cast<uint32_t>(j);
          }
        }
        next[j + 1] = std::max({next[j], chain[j + 1], chain[j] + std::max(0.0, cosine - 0.15)});
      }
      std::swap(chain, next);
    }
    double sum = 0, original_sum = 0;
    size_t above3 = 0, above5 = 0, in_line = 0, steps = 0;
    double region = 0, best_region = 0;
    uint32_t previous = 0;
    bool any = false;
    for (size_t i = 0; i < n; ++i) {
      sum += best[i];
      above3 += best[i] > 0.3;
      above5 += best[i] > 0.5;
      region = std::max(0.0, region + best[i] - 0.25);  // Kadane's best run, against the level of chance
      best_region = std::max(best_region, region);
      if (best[i] < 0.15) continue;
      if (any) {
        ++steps;
        in_line += place[i] >= previous && place[i] <= previous + 4;
      }
      previous = place[i];
      any = true;
    }
    for (const float value : best_of_original) original_sum += value;
    out_[kSentenceMean] = sum / static_cast<double>(n);
    out_[kSentenceOriginalMean] = original_sum / static_cast<double>(m);
    std::nth_element(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(n / 2), best.end());
    out_[kSentenceMedian] = best[n / 2];
    out_[kSentenceShare3] = static_cast<double>(above3) / static_cast<double>(n);
    out_[kSentenceShare5] = static_cast<double>(above5) / static_cast<double>(n);
    out_[kSentenceOrder] = (static_cast<double>(in_line) + 0.3) / (static_cast<double>(steps) + 1);
    out_[kChain] = chain[m] / static_cast<double>(std::min(n, m));
    out_[kBestRegion] = Log(best_region);
  }

  const DescribedArticle& original_;
  const DescribedArticle& suspect_;
  std::vector<uint32_t> to_original_;
  Signals out_{};
};

struct Wording {
  std::string_view name;
  std::string_view text;  // one %.2f
};

constexpr std::array<Wording, kSignalCount> kWordings = {{
    {"shared-1", "%.2f of the shorter article's words stand in the other"},
    {"shared-2", "%.2f of the shorter article's pairs of neighbouring words stand in the other"},
    {"shared-3", "%.2f of the shorter article's runs of three words stand in the other"},
    {"shared-4", "%.2f of the shorter article's runs of four words stand in the other"},
    {"shared-5", "%.2f of the shorter article's runs of five words stand in the other"},
    {"shared-2-longer", "%.2f of the longer article's pairs of neighbouring words stand in the other"},
    {"shared-3-longer", "%.2f of the longer article's runs of three words stand in the other"},
    {"shared-5-longer", "%.2f of the longer article's runs of five words stand in the other"},
    {"shared-3-plain", "%.2f of the runs of three words that are neither quoted nor names are shared"},
    {"runs-5", "runs of five words shared outside of quotations: log(1 + n) = %.2f"},
    {"runs-3-plain", "shared runs of three words, neither quoted nor names: log(1 + n) = %.2f"},
    {"idf-suspect", "%.2f of the suspect's vocabulary, weighed by rarity, stands in the original"},
    {"idf-original", "%.2f of the original's vocabulary, weighed by rarity, stands in the suspect"},
    {"rare-suspect", "%.2f of the suspect's rare words stand in the original"},
    {"rare-original", "%.2f of the original's rare words stand in the suspect"},
    {"rare-plain", "%.2f of the rare words that are neither names nor numbers are shared"},
    {"order", "shared uncommon words stand in the same order, %.2f above chance"},
    {"order-length", "length of that common order above chance: log(1 + n) = %.2f"},
    {"sentence-mean", "the suspect's sentences resemble their best counterpart by %.2f on average"},
    {"sentence-median", "half of the suspect's sentences resemble a sentence of the original by %.2f or more"},
    {"sentence-share-3", "%.2f of the suspect's sentences have a counterpart in the original"},
    {"sentence-share-5", "%.2f of the suspect's sentences have a close counterpart in the original"},
    {"sentence-mean-original", "the original's sentences resemble their best counterpart by %.2f on average"},
    {"sentence-order", "%.2f of the counterparts follow each other as in the original"},
    {"chain", "the best chain of sentences in common order weighs %.2f per sentence"},
    {"best-region", "the region most alike weighs log(1 + w) = %.2f"},
    {"coverage-suspect", "%.2f of the suspect lies in passages aligned with the original"},
    {"coverage-original", "%.2f of the original lies in passages aligned with the suspect"},
    {"kept", "%.2f of the wording is kept inside of the aligned passages"},
    {"synonym-share", "%.2f of the replaced words are synonyms of the words they replace"},
    {"longest-run", "the longest run of words kept outside of quotations: log(1 + n) = %.2f"},
    {"longest-run-beyond", "that run goes beyond ten words by %.2f on the scale of logarithms"},
    {"best-stretch", "the aligned stretch in which most was kept weighs log(1 + w) = %.2f"},
    {"best-stretch-beyond", "that stretch goes beyond what independent reports share by %.2f"},
    {"function-words", "%.2f of the runs of eight function words are shared"},
}};

}  // namespace

Signals MeasureSignals(const DescribedArticle& original, const DescribedArticle& suspect, const Evidence& evidence) {
  return SignalMeter(original, suspect).Run(evidence);
}

std::string_view SignalName(Signal signal) { return kWordings[signal].name; }

std::string ExplainSignal(Signal signal, double value) {
  char text[160];
  std::snprintf(text, sizeof text, std::string(kWordings[signal].text).c_str(), value);
  return text;
}

}  // namespace unspin
