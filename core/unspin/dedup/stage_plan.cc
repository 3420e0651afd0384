#include "unspin/dedup/stage_plan.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <iterator>
#include <string>

#include "unspin/base/strings.h"
#include "unspin/dedup/key_columns.h"

namespace unspin {
namespace {

// Measured by bench/scale/stages.py with one worker, on made-up news (unspin_make_corpus) of 250,000 to 4,000,000
// articles and on us-news: an AMD EPYC of 2024, 2026-11-30.
constexpr double kSketchNsOfByte = 3.4, kSketchNsOfArticle = 1100;
constexpr double kJoinNsOfArticle = 220;  // ranks and equal sets, which every part of the join computes
// Sorting and looking up keys misses more caches in larger corpora: 32 ns at 250,000, 50 at a million, 72 at 4 million.
constexpr double kJoinNsOfKey = 50, kJoinNsOfSampledElement = 100, kJoinNsOfKeyByDoubling = 10, kJoinArticles = 1e6;
constexpr double kVerifyNsOfArticle = 30;  // opening the files, which every part of verify does
constexpr double kVerifyNsOfPair = 800, kVerifyNsOfContainedPair = 400;  // most share too few sampled elements
constexpr double kClusterNsOfArticle = 570;
constexpr double kElementBytesOfByte = 0.61;  // 4 bytes for each distinct shingle
constexpr double kSampleOfElements = 1.0 / 16;
constexpr double kColumnBytesOfArticle = 32;  // hash, preference, and where the elements and the id end
constexpr double kIdBytes = 20;               // half an address
constexpr double kPairBytes = 12, kEdgeBytes = 12;
constexpr double kPairCopiesByDoubling = 0.45;  // a part writes a pair that another part found by another band, too
constexpr double kLineBytesOfArticle = 82;      // in clusters.jsonl
constexpr double kProcessBytes = 10e6;          // of a process without articles
constexpr double kJoinProcessBytes = 20e6;      // buffers of pairs and of the allocator in addition
constexpr double kSketchMemoryOfArticle = 37;
constexpr double kRankingMemoryOfArticle = 32;
constexpr double kJoinMemoryOfArticle = 13, kJoinMemoryOfKey = 32;
constexpr double kVerifyMemoryOfPair = 24;
constexpr double kClusterMemoryOfArticle = 35;

constexpr PlanConstant kConstants[] = {
    {"sketch, time of a byte of text", "ns", kSketchNsOfByte},
    {"sketch, time of an article", "ns", kSketchNsOfArticle},
    {"sketch, memory of an article", "bytes", kSketchMemoryOfArticle},
    {"shingles, elements of a byte of text", "bytes", kElementBytesOfByte},
    {"shingles, columns of an article beside keys and id", "bytes", kColumnBytesOfArticle},
    {"shingles, id of an article", "bytes", kIdBytes},
    {"join, time of an article in every part", "ns", kJoinNsOfArticle},
    {"join, time of a key among a million articles", "ns", kJoinNsOfKey},
    {"join, time of a sampled element (containment) among a million articles", "ns", kJoinNsOfSampledElement},
    {"join, time of a key more with each doubling of the articles", "ns", kJoinNsOfKeyByDoubling},
    {"join, memory of an article for ranks and equal sets", "bytes", kRankingMemoryOfArticle},
    {"join, memory of an article beside keys", "bytes", kJoinMemoryOfArticle},
    {"join, memory of a key in a part's share of one band", "bytes", kJoinMemoryOfKey},
    {"verify, time of an article in every part", "ns", kVerifyNsOfArticle},
    {"verify, time of a pair", "ns", kVerifyNsOfPair},
    {"verify, time of a pair (containment)", "ns", kVerifyNsOfContainedPair},
    {"verify, memory of a pair", "bytes", kVerifyMemoryOfPair},
    {"cluster, time of an article", "ns", kClusterNsOfArticle},
    {"cluster, memory of an article", "bytes", kClusterMemoryOfArticle},
    {"cluster, line of an article", "bytes", kLineBytesOfArticle},
    {"memory of a process without articles", "bytes", kProcessBytes},
    {"memory of a join without articles", "bytes", kJoinProcessBytes},
};

// Pairs that share a key, and those that are similar, for each article. They depend on the corpus more than all else
// does. Below a threshold of 0.7 most pairs share a short band by chance, and their number grows with the square of the
// articles: no plan is made.
constexpr double kMinPlannedThreshold = 0.7;
struct PairCounts {
  double min_threshold, pairs, edges;
};
constexpr PairCounts kJaccardPairs[] = {{0.9, 0.1, 0.025}, {0.8, 0.26, 0.055}, {kMinPlannedThreshold, 0.6, 0.085}};
constexpr PairCounts kContainmentPairs = {0, 1.25, 0.11};

// REQUIRES: a threshold that is planned.
PairCounts PairsOfArticle(const DedupOptions& options) {
  if (options.measure == Measure::kContainment) return kContainmentPairs;
  const auto* const row =
      std::find_if(std::begin(kJaccardPairs), std::end(kJaccardPairs),
                   [&](const PairCounts& counts) { return options.threshold >= counts.min_threshold; });
  assert(row != std::end(kJaccardPairs));
  return *row;
}

// A file of shingles for each million articles: a run that fails costs seconds, and even the largest corpus has few
// enough files to map them all at once (65,530 mappings a process on Linux).
constexpr uint64_t kArticlesOfFile = 1'000'000;
// With more parts, join and verify spend most of their time on what every part does anew for all articles.
constexpr uint64_t kMaxParts = 32;
constexpr uint64_t kMinPairsOfPart = 100'000;  // of verify: a tenth of a second
constexpr uint64_t kMaxArticleBytes = uint64_t{1} << 32;

uint64_t CeilingOf(uint64_t value, uint64_t divisor) { return value / divisor + (value % divisor != 0); }

uint64_t Rounded(double value) { return static_cast<uint64_t>(std::llround(value)); }

absl::Status Refuse(const std::string& why) { return absl::InvalidArgumentError(AbslView(why)); }

absl::Status CheckRequest(const PlanRequest& request) {
  if (request.articles == 0 || request.articles > kMaxPlanArticles)
    return Refuse("--articles: give a number from 1 to " + std::to_string(kMaxPlanArticles));
  if (request.workers == 0 || request.workers > kMaxPlanWorkers)
    return Refuse("--workers: give a number from 1 to " + std::to_string(kMaxPlanWorkers));
  if (request.text_bytes < request.articles)
    return Refuse("--bytes: fewer bytes than articles; give the bytes of all texts together");
  if (request.text_bytes / request.articles >= kMaxArticleBytes)
    return Refuse("--bytes: more than 4 GiB for each article; give the bytes of all texts together");
  const bool planned = request.dedup.measure == Measure::kContainment ||
                       (request.dedup.threshold >= kMinPlannedThreshold && request.dedup.threshold <= 1);
  if (!planned)
    return Refuse(
        "--threshold: the number of pairs below 0.7 depends too much on the corpus to plan it; run the "
        "stages on a share of the articles, and plan for 0.7 or more");
  return absl::OkStatus();
}

// One corpus, in numbers.
struct Corpus {
  double articles, text_bytes, workers;
  double elements, keys, columns, pairs, edges;

  Corpus(const PlanRequest& request, const DedupPlan& plan)
      : articles(static_cast<double>(plan.articles)),
        text_bytes(static_cast<double>(plan.text_bytes)),
        workers(static_cast<double>(request.workers)),
        elements(text_bytes * kElementBytesOfByte / sizeof(uint32_t)),
        columns(ColumnScheme(request.dedup).columns),
        pairs(articles * PairsOfArticle(request.dedup).pairs),
        edges(articles * PairsOfArticle(request.dedup).edges) {
    keys = request.dedup.measure == Measure::kJaccard ? articles * columns : elements * kSampleOfElements;
  }
  double SmallColumns() const { return articles * (kColumnBytesOfArticle + kIdBytes); }
  double KeyBytes() const { return keys * sizeof(uint64_t); }
};

// Fills in the time on the workers: rounds of as many parts as there are workers.
StagePlan Timed(StagePlan stage, double nanoseconds, const Corpus& corpus) {
  const auto parts = static_cast<double>(stage.parts);
  stage.processor_seconds = nanoseconds * 1e-9;
  stage.seconds = stage.processor_seconds / parts * std::ceil(parts / corpus.workers);
  return stage;
}

StagePlan PlanSketch(const PlanRequest& request, const Corpus& corpus) {
  StagePlan stage{.stage = "sketch"};
  const auto articles = static_cast<uint64_t>(corpus.articles);
  const uint64_t rounds = CeilingOf(CeilingOf(articles, kArticlesOfFile), request.workers);
  stage.parts = std::min(articles, rounds * request.workers);
  stage.memory_bytes =
      Rounded(kProcessBytes + kSketchMemoryOfArticle * corpus.articles / static_cast<double>(stage.parts));
  stage.read_bytes = static_cast<uint64_t>(corpus.text_bytes);
  stage.written_bytes = Rounded(corpus.elements * sizeof(uint32_t) + corpus.SmallColumns() + corpus.KeyBytes());
  return Timed(stage, kSketchNsOfByte * corpus.text_bytes + kSketchNsOfArticle * corpus.articles, corpus);
}

StagePlan PlanJoin(const PlanRequest& request, const Corpus& corpus) {
  StagePlan stage{.stage = "join"};
  const bool bands = request.dedup.measure == Measure::kJaccard;
  stage.parts = std::min(request.workers, kMaxParts);
  const auto parts = static_cast<double>(stage.parts);
  const double share = std::min(1.0, corpus.columns / parts);  // of a column that a part has in memory at once
  const double keys_of_column = corpus.keys / corpus.columns;
  stage.memory_bytes = Rounded(
      kJoinProcessBytes + std::max(kRankingMemoryOfArticle * corpus.articles,
                                   kJoinMemoryOfArticle * corpus.articles + kJoinMemoryOfKey * keys_of_column * share));
  // A part reads whole columns, also those that it shares with its neighbours.
  const double columns_read = std::max(parts, corpus.columns + parts - 1);
  stage.read_bytes =
      Rounded(parts * corpus.articles * kColumnBytesOfArticle + columns_read * keys_of_column * sizeof(uint64_t));
  const double copies = bands ? 1 + kPairCopiesByDoubling * std::log2(parts) : 1;
  stage.written_bytes = Rounded(corpus.pairs * copies * kPairBytes);
  const double doublings = std::max(0.0, std::log2(corpus.articles / kJoinArticles));
  const double key_ns = (bands ? kJoinNsOfKey : kJoinNsOfSampledElement) + kJoinNsOfKeyByDoubling * doublings;
  return Timed(stage, parts * kJoinNsOfArticle * corpus.articles + key_ns * corpus.keys, corpus);
}

StagePlan PlanVerify(const PlanRequest& request, const Corpus& corpus) {
  StagePlan stage{.stage = "verify"};
  stage.parts = std::clamp(static_cast<uint64_t>(corpus.pairs) / kMinPairsOfPart, uint64_t{1},
                           std::min(request.workers, kMaxParts));
  const auto parts = static_cast<double>(stage.parts);
  stage.memory_bytes = Rounded(kProcessBytes + kVerifyMemoryOfPair * corpus.pairs / parts);
  const double set_bytes = corpus.elements * sizeof(uint32_t) / corpus.articles;
  stage.read_bytes = Rounded(parts * (corpus.articles * kColumnBytesOfArticle + corpus.pairs * kPairBytes) +
                             corpus.pairs * 2 * set_bytes);
  stage.written_bytes = Rounded(corpus.edges * kEdgeBytes);
  const double pair_ns = request.dedup.measure == Measure::kJaccard ? kVerifyNsOfPair : kVerifyNsOfContainedPair;
  return Timed(stage, parts * kVerifyNsOfArticle * corpus.articles + pair_ns * corpus.pairs, corpus);
}

StagePlan PlanCluster(const Corpus& corpus) {
  StagePlan stage{.stage = "cluster"};
  stage.memory_bytes = Rounded(kProcessBytes + kClusterMemoryOfArticle * corpus.articles);
  stage.read_bytes = Rounded(corpus.SmallColumns() + corpus.edges * kEdgeBytes);
  stage.written_bytes = Rounded(corpus.articles * kLineBytesOfArticle);
  return Timed(stage, kClusterNsOfArticle * corpus.articles, corpus);
}

}  // namespace

std::span<const PlanConstant> PlanConstants() { return kConstants; }

absl::StatusOr<DedupPlan> PlanStages(const PlanRequest& request) {
  if (absl::Status status = CheckRequest(request); !status.ok()) return status;
  DedupPlan plan;
  plan.corpora = CeilingOf(request.articles, kMaxDedupArticles);
  plan.articles = CeilingOf(request.articles, plan.corpora);
  plan.text_bytes = CeilingOf(request.text_bytes, plan.corpora);
  const Corpus corpus(request, plan);
  plan.stages = {PlanSketch(request, corpus), PlanJoin(request, corpus), PlanVerify(request, corpus),
                 PlanCluster(corpus)};
  for (const StagePlan& stage : plan.stages) {
    plan.disk_bytes += stage.written_bytes;
    plan.memory_bytes = std::max(plan.memory_bytes, stage.memory_bytes * std::min(stage.parts, request.workers));
    plan.seconds += stage.seconds;
  }
  return plan;
}

}  // namespace unspin
