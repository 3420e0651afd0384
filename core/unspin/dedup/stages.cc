#include "unspin/dedup/stages.h"

#include <unistd.h>

#include <algorithm>
#include <mutex>
#include <utility>

#include "unspin/base/strings.h"
#include "unspin/dedup/each_part.h"
#include "unspin/dedup/exact.h"
#include "unspin/dedup/join.h"
#include "unspin/dedup/pair_spools.h"
#include "unspin/dedup/preference.h"
#include "unspin/dedup/verifier.h"

namespace unspin {
namespace {

constexpr uint64_t kHashSpace = uint64_t{1} << 32;  // of a column
constexpr size_t kVerifiedAtATime = size_t{1} << 14;

struct Range {
  uint32_t column = 0;
  uint64_t begin = 0, end = 0;  // of its hash space
};

// The columns lie one behind the other on a line that is cut into equal parts: there may be more parts than columns.
std::vector<Range> RangesOf(uint32_t columns, uint64_t index, uint64_t count) {
  const auto cut = [&](uint64_t i) { return (columns * i / count << 32) + ((columns * i % count << 32) / count); };
  std::vector<Range> ranges;
  for (uint64_t at = cut(index), end = cut(index + 1); at < end;) {
    const uint64_t column_end = (at / kHashSpace + 1) * kHashSpace, upto = std::min(end, column_end);
    const uint64_t column_begin = column_end - kHashSpace;
    ranges.push_back({static_cast<uint32_t>(at / kHashSpace), at - column_begin, upto - column_begin});
    at = upto;
  }
  return ranges;
}

std::string_view BytesOf(const auto& rows) {
  return {reinterpret_cast<const char*>(rows.data()), rows.size() * sizeof rows[0]};
}

StageHeader HeaderOf(const ShingleFiles& corpus, StageKind kind, Part part) {
  StageHeader header = corpus.first().header();
  header.kind = kind;
  header.corpus = corpus.fingerprint();
  header.part = part;
  return header;
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
  for (const StageFile& file : inputs.parts_) {
    if (absl::Status status = RequireOptions(file, inputs.corpus_->first()); !status.ok()) return status;
    if (file.header().corpus != inputs.corpus_->fingerprint())
      return absl::FailedPreconditionError(
          AbslView(file.path() +
                   ": made from other files of shingles, or in another order; give those that it was made from, or "
                   "make it again"));
  }
  if (absl::Status status = RequireAllParts(inputs.parts_); !status.ok()) return status;
  return inputs;
}

absl::StatusOr<JoinedPart> JoinPart(const StageInputs& inputs, const StageOptions& options) {
  const ShingleFiles& corpus = inputs.corpus();
  const ColumnScheme scheme(corpus.first().header().Options());
  absl::StatusOr<std::unique_ptr<SectionWriter>> writer = OpenStageFile(options.out, 1);
  if (!writer.ok()) return writer.status();
  absl::StatusOr<PairSpools> pairs = PairSpools::Make(options.out + ".tmp-" + std::to_string(getpid()) + "-");
  if (!pairs.ok()) return pairs.status();
  const std::vector<uint32_t> rank = RankByPreference(corpus.Preference());
  const absl::StatusOr<std::vector<uint32_t>> exact_of = FindExact(corpus.Hashes(), rank, corpus);
  if (!exact_of.ok()) return exact_of.status();
  const Joiner joiner(scheme, rank, *exact_of,
                      [&](uint32_t article, uint32_t band) { return corpus.KeyOf(article, band); });
  std::mutex mutex;
  JoinedPart joined;
  const uint64_t threads = std::max(1u, options.threads);
  absl::Status failed = ForEachPart(options.threads, options.threads, [&](uint32_t thread) -> absl::Status {
    PairSpools::Buffer buffer(*pairs);
    for (const Range& range :
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
  });
  if (!failed.ok()) return failed;
  if (absl::Status status = pairs->Finish(); !status.ok()) return status;
  (*writer)->Begin("pairs", 1);
  for (uint32_t file = 0; file < PairSpools::kFiles; ++file) {
    const auto distinct = pairs->Load(file);
    if (!distinct.ok()) return distinct.status();
    (*writer)->Append(BytesOf(*distinct));
    joined.pairs += distinct->size();
  }
  StageHeader header = HeaderOf(corpus, StageKind::kPairs, options.part);
  header.rows = joined.pairs;
  if (absl::Status status = FinishStageFile(**writer, header); !status.ok()) return status;
  return joined;
}

absl::StatusOr<VerifiedPart> VerifyPart(const StageInputs& inputs, const StageOptions& options) {
  const ShingleFiles& corpus = inputs.corpus();
  absl::StatusOr<std::unique_ptr<SectionWriter>> writer = OpenStageFile(options.out, 1);
  if (!writer.ok()) return writer.status();
  std::vector<CandidatePair> pairs;
  for (const StageFile& file : inputs.parts()) {
    const auto rows = file.Rows<CandidatePair>("pairs");
    if (!rows.ok()) return rows.status();
    for (const CandidatePair& pair : *rows) {
      if (pair.a >= pair.b || pair.b >= corpus.size()) return file.Damaged("pairs");
      if (HashOfPair(pair.a, pair.b) % options.part.count == options.part.index) pairs.push_back(pair);
    }
  }
  std::sort(pairs.begin(), pairs.end(),
            [](const CandidatePair& x, const CandidatePair& y) { return x.a != y.a ? x.a < y.a : x.b < y.b; });
  // What several parts of the join found is one pair, which met as often as they say together.
  size_t distinct = 0;
  for (size_t i = 0; i < pairs.size(); ++i) {
    if (distinct > 0 && pairs[distinct - 1].a == pairs[i].a && pairs[distinct - 1].b == pairs[i].b) {
      pairs[distinct - 1].times += pairs[i].times;
    } else {
      pairs[distinct++] = pairs[i];
    }
  }
  pairs.resize(distinct);

  const auto chunks = static_cast<uint32_t>((pairs.size() + kVerifiedAtATime - 1) / kVerifiedAtATime);
  std::vector<std::vector<SimilarPair>> edges(chunks);
  const DedupOptions made = corpus.first().header().Options();
  std::mutex mutex;
  VerifiedPart verified;
  absl::Status failed = ForEachPart(options.threads, chunks, [&](uint32_t chunk) -> absl::Status {
    Verifier verifier(made, corpus);
    const size_t begin = chunk * kVerifiedAtATime, end = std::min(pairs.size(), begin + kVerifiedAtATime);
    for (size_t i = begin; i < end; ++i) {
      if (absl::Status status = verifier.Add(pairs[i]); !status.ok()) return status;
    }
    edges[chunk] = verifier.similar();
    const std::lock_guard lock(mutex);
    verified.compared += verifier.compared();
    return absl::OkStatus();
  });
  if (!failed.ok()) return failed;
  (*writer)->Begin("edges", 1);
  for (const std::vector<SimilarPair>& some : edges) {
    (*writer)->Append(BytesOf(some));
    verified.edges += some.size();
  }
  StageHeader header = HeaderOf(corpus, StageKind::kEdges, options.part);
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
    const auto rows = file.Rows<SimilarPair>("edges");
    if (!rows.ok()) return rows.status();
    for (const SimilarPair& edge : *rows) {
      if (edge.a >= edge.b || edge.b >= corpus.size()) return file.Damaged("edges");
    }
    clustered.edges.insert(clustered.edges.end(), rows->begin(), rows->end());
    compared += file.header().compared;
  }
  std::sort(clustered.edges.begin(), clustered.edges.end());
  if (absl::Status status = corpus.CheckIds(); !status.ok()) return status;
  const std::vector<uint32_t> rank = RankByPreference(corpus.Preference());
  const absl::StatusOr<std::vector<uint32_t>> exact_of = FindExact(corpus.Hashes(), rank, corpus);
  if (!exact_of.ok()) return exact_of.status();
  clustered.places = PlaceInStars(clustered.edges, rank, *exact_of);
  clustered.summary = CountPlaces(clustered.places, *exact_of);
  clustered.summary.candidates = compared;
  clustered.summary.edges = clustered.edges.size();
  return clustered;
}

}  // namespace unspin
