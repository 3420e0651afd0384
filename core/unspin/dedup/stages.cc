#include "unspin/dedup/stages.h"

#include <unistd.h>

#include <algorithm>
#include <mutex>
#include <utility>

#include "unspin/base/bytes.h"
#include "unspin/base/strings.h"
#include "unspin/dedup/exact.h"
#include "unspin/dedup/join.h"
#include "unspin/dedup/pair_spools.h"
#include "unspin/dedup/parallel_for.h"
#include "unspin/dedup/preference.h"
#include "unspin/dedup/verifier.h"

namespace unspin {
namespace {

constexpr uint64_t kHashSpace = uint64_t{1} << 32;  // of a column
constexpr size_t kPairsPerTask = size_t{1} << 14;
constexpr const char* kPairs = "pairs";
constexpr const char* kEdges = "edges";

struct KeyRange {
  uint32_t column = 0;
  uint64_t begin = 0, end = 0;  // in the column's hash space
};

// The hash spaces of all columns, one after the other, are cut into `count` equal ranges, so that there may be more
// parts than columns. Returns range `index`, cut at the ends of the columns.
std::vector<KeyRange> RangesOf(uint32_t columns, uint64_t index, uint64_t count) {
  const auto cut = [&](uint64_t i) { return (columns * i / count << 32) + ((columns * i % count << 32) / count); };
  std::vector<KeyRange> ranges;
  for (uint64_t begin = cut(index), last = cut(index + 1); begin < last;) {
    const uint64_t column_begin = begin / kHashSpace * kHashSpace;
    const uint64_t end = std::min(last, column_begin + kHashSpace);
    ranges.push_back({static_cast<uint32_t>(begin / kHashSpace), begin - column_begin, end - column_begin});
    begin = end;
  }
  return ranges;
}

StageHeader HeaderOf(const StageInputs& inputs, StageKind kind, Part part) {
  StageHeader header = inputs.corpus().first().header();
  header.kind = kind;
  header.threshold = inputs.threshold();
  header.corpus = inputs.corpus().fingerprint();
  header.part = part;
  return header;
}

// The ranks and exact duplicates of the whole corpus, which every part of a stage computes anew.
struct Ranking {
  std::vector<uint32_t> rank, exact_of;

  static absl::StatusOr<Ranking> Of(const ShingleFiles& corpus) {
    Ranking ranking;
    ranking.rank = RankByPreference(corpus.Preference(), corpus.size());
    absl::StatusOr<std::vector<uint32_t>> exact_of = FindExact(corpus.Hashes(), ranking.rank, corpus);
    if (!exact_of.ok()) return exact_of.status();
    ranking.exact_of = *std::move(exact_of);
    return ranking;
  }
};

absl::Status RequireCorpus(const StageFile& file, const ShingleFiles& corpus) {
  if (absl::Status status = RequireSource(file, corpus.first()); !status.ok()) return status;
  if (file.header().corpus == corpus.fingerprint()) return absl::OkStatus();
  return absl::FailedPreconditionError(
      AbslView(file.path() +
               ": made from other files of shingles, or in another order; give those that it was made from, or "
               "make it again"));
}

// Joins the keys of a part on all threads. Returns the counts without the pairs.
absl::StatusOr<JoinedPart> MatchStems(const ShingleFiles& corpus, const Ranking& ranking, const StageOptions& options,
                                      PairSpools& pairs) {
  const ColumnScheme scheme(corpus.first().header().Options());
  const Joiner joiner(scheme, corpus.size(), ranking.rank, ranking.exact_of,
                      [&](uint32_t article, uint32_t band) { return corpus.KeyOf(article, band); });
  std::mutex mutex;  // guards `joined`
  JoinedPart joined;
  const uint64_t threads = std::max(1u, options.threads);
  const auto join = [&](uint32_t thread) -> absl::Status {
    PairSpools::Buffer buffer(pairs);
    for (const KeyRange& range :
         RangesOf(scheme.columns, options.part.index * threads + thread, options.part.count * threads)) {
      auto keys = corpus.KeysOf(range.column, range.begin, range.end);
      if (!keys.ok()) return keys.status();
      const auto counts = joiner.Join(*std::move(keys), range.column, buffer);
      if (!counts.ok()) return counts.status();
      const std::lock_guard lock(mutex);
      joined.hot_buckets += counts->hot_buckets;
      joined.hot_articles += counts->hot_articles;
    }
    return absl::OkStatus();
  };
  if (absl::Status status = ParallelFor(options.threads, options.threads, join); !status.ok()) return status;
  if (absl::Status status = pairs.Finish(); !status.ok()) return status;
  return joined;
}

// The pairs of a part, ascending. A pair that several parts of the join found is in the result once, with the sum of
// their collisions.
absl::StatusOr<std::vector<CandidatePair>> LoadPairs(const StageInputs& inputs, Part part) {
  std::vector<CandidatePair> pairs;
  for (const StageFile& file : inputs.parts()) {
    const auto rows = file.Rows<CandidatePair>(kPairs);
    if (!rows.ok()) return rows.status();
    for (const CandidatePair& pair : *rows) {
      if (pair.a >= pair.b || pair.b >= inputs.corpus().size()) return file.Damaged(kPairs);
      if (HashOfPair(pair.a, pair.b) % part.count == part.index) pairs.push_back(pair);
    }
  }
  std::sort(pairs.begin(), pairs.end(),
            [](const CandidatePair& x, const CandidatePair& y) { return x.a != y.a ? x.a < y.a : x.b < y.b; });
  size_t distinct = 0;
  for (size_t i = 0; i < pairs.size(); ++i) {
    if (distinct > 0 && pairs[distinct - 1].a == pairs[i].a && pairs[distinct - 1].b == pairs[i].b) {
      pairs[distinct - 1].collisions += pairs[i].collisions;
    } else {
      pairs[distinct++] = pairs[i];
    }
  }
  pairs.resize(distinct);
  return pairs;
}

}  // namespace

absl::StatusOr<StageInputs> StageInputs::Open(const std::vector<std::string>& paths, StageKind stage,
                                              const ExpectedOptions& expected) {
  StageInputs inputs;
  std::vector<StageFile> shingles;
  for (const std::string& path : paths) {
    absl::StatusOr<StageFile> file = StageFile::Open(path);
    if (!file.ok()) return file.status();
    const StageKind kind = file->header().kind;
    if (kind != StageKind::kShingles && kind != stage) {
      const std::string wanted = stage == StageKind::kShingles ? "" : " and files of " + std::string(StageName(stage));
      return absl::InvalidArgumentError(
          AbslView(path + ": holds " + std::string(StageName(kind)) + "; this stage takes files of shingles" + wanted));
    }
    (kind == StageKind::kShingles ? shingles : inputs.parts_).push_back(*std::move(file));
  }
  if (shingles.empty())
    return absl::InvalidArgumentError("no file of shingles was given; make them with `unspin stage sketch`");
  if (stage != StageKind::kShingles && inputs.parts_.empty()) {
    const std::string maker = stage == StageKind::kPairs ? "join" : "verify";
    return absl::InvalidArgumentError(AbslView("no file of " + std::string(StageName(stage)) +
                                               " was given; make them with `unspin stage " + maker + "`"));
  }
  if (absl::Status status = RequireOptions(shingles.front(), expected); !status.ok()) return status;
  absl::StatusOr<std::unique_ptr<ShingleFiles>> corpus = ShingleFiles::Open(std::move(shingles));
  if (!corpus.ok()) return corpus.status();
  inputs.corpus_ = *std::move(corpus);
  inputs.threshold_ = inputs.corpus_->first().header().threshold;
  for (const StageFile& file : inputs.parts_) {
    if (absl::Status status = RequireCorpus(file, *inputs.corpus_); !status.ok()) return status;
    if (absl::Status status = RequireOptions(file, inputs.parts_.front()); !status.ok()) return status;
    if (absl::Status status = RequireOptions(file, expected); !status.ok()) return status;
    inputs.threshold_ = file.header().threshold;
  }
  inputs.threshold_ = expected.threshold.value_or(inputs.threshold_);
  if (absl::Status status = RequireAllParts(inputs.parts_); !status.ok()) return status;
  return inputs;
}

absl::StatusOr<JoinedPart> JoinPart(const StageInputs& inputs, const StageOptions& options) {
  const ShingleFiles& corpus = inputs.corpus();
  absl::StatusOr<std::unique_ptr<SectionWriter>> writer = OpenStageFile(options.out, 1);
  if (!writer.ok()) return writer.status();
  absl::StatusOr<PairSpools> pairs = PairSpools::Make(options.out + ".tmp-" + std::to_string(getpid()) + "-");
  if (!pairs.ok()) return pairs.status();
  const absl::StatusOr<Ranking> ranking = Ranking::Of(corpus);
  if (!ranking.ok()) return ranking.status();
  absl::StatusOr<JoinedPart> joined = MatchStems(corpus, *ranking, options, *pairs);
  if (!joined.ok()) return joined.status();
  (*writer)->Begin(kPairs, kStageSectionVersion);
  for (uint32_t file = 0; file < PairSpools::kFiles; ++file) {
    const auto distinct = pairs->Load(file);
    if (!distinct.ok()) return distinct.status();
    (*writer)->Append(AsBytes(*distinct));
    joined->pairs += distinct->size();
  }
  StageHeader header = HeaderOf(inputs, StageKind::kPairs, options.part);
  header.rows = joined->pairs;
  if (absl::Status status = FinishStageFile(**writer, header); !status.ok()) return status;
  return joined;
}

absl::StatusOr<VerifiedPart> VerifyPart(const StageInputs& inputs, const StageOptions& options) {
  const ShingleFiles& corpus = inputs.corpus();
  absl::StatusOr<std::unique_ptr<SectionWriter>> writer = OpenStageFile(options.out, 1);
  if (!writer.ok()) return writer.status();
  const absl::StatusOr<std::vector<CandidatePair>> pairs = LoadPairs(inputs, options.part);
  if (!pairs.ok()) return pairs.status();
  const auto tasks = static_cast<uint32_t>((pairs->size() + kPairsPerTask - 1) / kPairsPerTask);
  std::vector<std::vector<SimilarPair>> edges(tasks);
  DedupOptions dedup_options = corpus.first().header().Options();
  dedup_options.threshold = inputs.threshold();
  std::mutex mutex;  // guards `verified`
  VerifiedPart verified;
  const auto verify = [&](uint32_t task) -> absl::Status {
    Verifier verifier(dedup_options, corpus);
    const size_t begin = task * kPairsPerTask, end = std::min(pairs->size(), begin + kPairsPerTask);
    for (size_t i = begin; i < end; ++i) {
      if (absl::Status status = verifier.Add((*pairs)[i]); !status.ok()) return status;
    }
    edges[task] = verifier.similar();
    const std::lock_guard lock(mutex);
    verified.compared += verifier.compared();
    return absl::OkStatus();
  };
  if (absl::Status status = ParallelFor(options.threads, tasks, verify); !status.ok()) return status;
  (*writer)->Begin(kEdges, kStageSectionVersion);
  for (const std::vector<SimilarPair>& edges_of_task : edges) {
    (*writer)->Append(AsBytes(edges_of_task));
    verified.edges += edges_of_task.size();
  }
  StageHeader header = HeaderOf(inputs, StageKind::kEdges, options.part);
  header.rows = verified.edges;
  header.compared = verified.compared;
  if (absl::Status status = FinishStageFile(**writer, header); !status.ok()) return status;
  return verified;
}

absl::StatusOr<ClusteredEdges> ClusterEdges(const StageInputs& inputs) {
  const ShingleFiles& corpus = inputs.corpus();
  ClusteredEdges clustered;
  uint64_t compared = 0;
  for (const StageFile& file : inputs.parts()) {
    const auto rows = file.Rows<SimilarPair>(kEdges);
    if (!rows.ok()) return rows.status();
    for (const SimilarPair& edge : *rows) {
      if (edge.a >= edge.b || edge.b >= corpus.size()) return file.Damaged(kEdges);
      if (file.header().threshold == inputs.threshold() ||
          ReachesThreshold(edge, corpus, file.header().measure, inputs.threshold()))
        clustered.edges.push_back(edge);
    }
    compared += file.header().compared;
  }
  std::sort(clustered.edges.begin(), clustered.edges.end());
  if (absl::Status status = corpus.CheckIds(); !status.ok()) return status;
  const absl::StatusOr<Ranking> ranking = Ranking::Of(corpus);
  if (!ranking.ok()) return ranking.status();
  clustered.memberships = ClusterIntoStars(clustered.edges, corpus.size(), ranking->rank, ranking->exact_of);
  clustered.summary = Summarize(clustered.memberships, corpus.size(), ranking->exact_of);
  clustered.summary.candidates = compared;
  clustered.summary.edges = clustered.edges.size();
  return clustered;
}

}  // namespace unspin
