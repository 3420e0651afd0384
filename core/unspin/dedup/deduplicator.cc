#include "unspin/dedup/deduplicator.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <mutex>
#include <thread>
#include <utility>

#include "unspin/base/bytes.h"
#include "unspin/dedup/exact.h"
#include "unspin/dedup/join.h"
#include "unspin/dedup/key_columns.h"
#include "unspin/dedup/pair_spools.h"
#include "unspin/dedup/parallel_for.h"
#include "unspin/dedup/preference.h"
#include "unspin/dedup/shingle_sets.h"
#include "unspin/dedup/verifier.h"
#include "unspin/io/spool.h"

namespace unspin {
namespace {

constexpr size_t kElementsBuffer = size_t{1} << 20;  // bytes: elements are most of what is spooled
constexpr uint32_t kMaxSample = std::numeric_limits<uint16_t>::max();

// Counts finished tasks and reports the share of all work done: first `tasks` tasks of half the work, then others.
class SharedProgress {
 public:
  explicit SharedProgress(const std::function<void(double)>& progress) : progress_(progress) {}

  void BeginHalf(double from, uint32_t tasks) {
    from_ = from;
    tasks_ = tasks;
    done_ = 0;
  }
  // REQUIRES: one thread at a time.
  void TaskDone() { progress_(from_ + 0.5 * ++done_ / tasks_); }

 private:
  const std::function<void(double)>& progress_;
  double from_ = 0;
  uint32_t tasks_ = 1, done_ = 0;
};

}  // namespace

struct Deduplicator::State : ShingleSets {
  State(const DedupOptions& options, Spool ids, Spool elements, KeyColumns keys)
      : options(options), scheme(options), ids(std::move(ids)), elements(std::move(elements)), keys(std::move(keys)) {}

  const DedupOptions options;
  const ColumnScheme scheme;
  Spool ids, elements;
  KeyColumns keys;
  // By article; the `begins` have one more element, the end of the last article. In bytes of the spools.
  std::vector<uint64_t> id_begins = {0}, element_begins = {0}, hashes, preference;
  std::vector<uint16_t> samples;

  // What Cluster makes.
  std::vector<Membership> memberships;
  std::vector<SimilarPair> edges;
  bool clustered = false;
  std::jthread releasing;  // closes the temporary files, which takes as long as writing the results

  size_t SizeOf(uint32_t article) const override {
    return (element_begins[article + 1] - element_begins[article]) / sizeof(uint32_t);
  }
  uint32_t SampleOf(uint32_t article) const override { return samples[article]; }
  absl::StatusOr<std::span<const uint32_t>> ElementsOf(uint32_t article, std::vector<uint32_t>& buffer) const override {
    buffer.resize(SizeOf(article));
    absl::Status status = elements.Read(element_begins[article], buffer.data(), buffer.size() * sizeof(uint32_t));
    if (!status.ok()) return status;
    return buffer;
  }

  // The steps of Cluster.
  absl::Status FinishSpools();
  absl::Status JoinColumns(const Joiner& joiner, PairSpools& pairs, SharedProgress& progress, DedupSummary& summary);
  absl::Status VerifyPairs(const PairSpools& pairs, SharedProgress& progress, DedupSummary& summary);
};

Deduplicator::Deduplicator(std::unique_ptr<State> state) : state_(std::move(state)) {}
Deduplicator::~Deduplicator() = default;

absl::StatusOr<std::unique_ptr<Deduplicator>> Deduplicator::Open(const DedupOptions& options) {
  absl::StatusOr<Spool> ids = Spool::Make(options.scratch + "/ids");
  if (!ids.ok()) return ids.status();
  absl::StatusOr<Spool> elements = Spool::Make(options.scratch + "/elements", kElementsBuffer);
  if (!elements.ok()) return elements.status();
  absl::StatusOr<KeyColumns> keys = KeyColumns::Make(ColumnScheme(options), options.scratch + "/");
  if (!keys.ok()) return keys.status();
  return std::unique_ptr<Deduplicator>(
      new Deduplicator(std::make_unique<State>(options, *std::move(ids), *std::move(elements), *std::move(keys))));
}

void Deduplicator::Add(std::string_view id, std::string_view published, uint64_t text_bytes, const ShingleSet& set) {
  State& state = *state_;
  state.hashes.push_back(set.hash);
  state.preference.push_back(PreferenceOf(state.options.prefer, published, text_bytes));
  state.ids.Append(id);
  state.id_begins.push_back(state.ids.size());
  state.elements.Append(AsBytes(set.elements));
  state.element_begins.push_back(state.elements.size());
  const uint32_t sampled = state.keys.Add(set);
  if (state.options.measure == Measure::kContainment)
    state.samples.push_back(static_cast<uint16_t>(std::min(sampled, kMaxSample)));
}

absl::StatusOr<DedupSummary> Deduplicator::Cluster(const std::function<void(double)>& progress) {
  State& state = *state_;
  if (size() >= std::numeric_limits<uint32_t>::max())
    return absl::ResourceExhaustedError("more than 4 billion articles; split the corpus");
  if (absl::Status status = state.FinishSpools(); !status.ok()) return status;
  absl::StatusOr<PairSpools> pairs = PairSpools::Make(state.options.scratch + "/");
  if (!pairs.ok()) return pairs.status();
  const std::vector<uint32_t> rank = RankByPreference(state.preference);
  state.preference = {};
  const absl::StatusOr<std::vector<uint32_t>> exact_of = FindExact(state.hashes, rank, state);
  if (!exact_of.ok()) return exact_of.status();

  SharedProgress shared_progress(progress);
  DedupSummary counts;
  const Joiner joiner(state.scheme, rank, *exact_of,
                      [&](uint32_t article, uint32_t band) { return state.keys.KeyOf(article, band); });
  if (absl::Status status = state.JoinColumns(joiner, *pairs, shared_progress, counts); !status.ok()) return status;
  if (absl::Status status = state.VerifyPairs(*pairs, shared_progress, counts); !status.ok()) return status;
  if (state.options.threads > 1) {
    state.releasing = std::jthread(
        [elements = std::move(state.elements), keys = std::move(state.keys), pairs = *std::move(pairs)] {});
  }
  state.memberships = ClusterIntoStars(state.edges, rank, *exact_of);
  state.clustered = true;
  DedupSummary summary = Summarize(state.memberships, *exact_of);
  summary.candidates = counts.candidates;
  summary.edges = state.edges.size();
  summary.hot_buckets = counts.hot_buckets;
  summary.hot_articles = counts.hot_articles;
  return summary;
}

absl::Status Deduplicator::State::FinishSpools() {
  for (Spool* const spool : {&ids, &elements}) {
    if (absl::Status status = spool->Finish(); !status.ok()) return status;
  }
  return keys.Finish();
}

// Fills `pairs` and the hot buckets of the summary.
absl::Status Deduplicator::State::JoinColumns(const Joiner& joiner, PairSpools& pairs, SharedProgress& progress,
                                              DedupSummary& summary) {
  std::mutex mutex;  // guards progress and summary
  progress.BeginHalf(0, scheme.columns);
  const auto join = [&](uint32_t column) -> absl::Status {
    auto column_keys = keys.Load(column);
    if (!column_keys.ok()) return column_keys.status();
    if (options.measure == Measure::kJaccard)
      std::erase_if(*column_keys, [&](const ArticleKey& key) { return SizeOf(key.article) == 0; });
    PairSpools::Buffer buffer(pairs);
    const auto counts = joiner.Join(*std::move(column_keys), column, buffer);
    if (!counts.ok()) return counts.status();
    const std::lock_guard lock(mutex);
    summary.hot_buckets += counts->hot_buckets;
    summary.hot_articles += counts->hot_articles;
    progress.TaskDone();
    return absl::OkStatus();
  };
  if (absl::Status status = ParallelFor(options.threads, scheme.columns, join); !status.ok()) return status;
  return pairs.Finish();
}

// Fills `edges`, ascending, and the candidates of the summary.
absl::Status Deduplicator::State::VerifyPairs(const PairSpools& pairs, SharedProgress& progress,
                                              DedupSummary& summary) {
  std::mutex mutex;  // guards progress, summary and edges
  progress.BeginHalf(0.5, PairSpools::kFiles);
  const auto verify = [&](uint32_t file) -> absl::Status {
    const auto candidates = pairs.Load(file);
    if (!candidates.ok()) return candidates.status();
    Verifier verifier(options, *this);
    for (const CandidatePair& pair : *candidates) {
      if (absl::Status status = verifier.Add(pair); !status.ok()) return status;
    }
    const std::lock_guard lock(mutex);
    summary.candidates += verifier.compared();
    edges.insert(edges.end(), verifier.similar().begin(), verifier.similar().end());
    progress.TaskDone();
    return absl::OkStatus();
  };
  if (absl::Status status = ParallelFor(options.threads, PairSpools::kFiles, verify); !status.ok()) return status;
  std::sort(edges.begin(), edges.end());
  return absl::OkStatus();
}

uint64_t Deduplicator::size() const { return state_->hashes.size(); }

Membership Deduplicator::MembershipOf(uint64_t article) const {
  assert(state_->clustered && article < size());
  return state_->memberships[article];
}

std::span<const SimilarPair> Deduplicator::edges() const {
  assert(state_->clustered);
  return state_->edges;
}

absl::StatusOr<std::string> Deduplicator::IdReader::Read(uint64_t begin, uint64_t end) const {
  const State& state = *deduplicator_.state_;
  std::string ids(state.id_begins[end] - state.id_begins[begin], '\0');
  if (absl::Status status = state.ids.Read(state.id_begins[begin], ids.data(), ids.size()); !status.ok()) return status;
  return ids;
}

absl::StatusOr<std::string> Deduplicator::IdReader::IdOf(uint64_t article) {
  assert(deduplicator_.state_->clustered && article < deduplicator_.size());
  constexpr uint64_t kReadAhead = 1024;  // articles
  if (article == end_) {
    const uint64_t end = std::min(article + kReadAhead, deduplicator_.size());
    absl::StatusOr<std::string> ids = Read(article, end);
    if (!ids.ok()) return ids;
    ids_ = *std::move(ids);
    begin_ = article;
    end_ = end;
  }
  if (article < begin_ || article >= end_) return Read(article, article + 1);
  const std::vector<uint64_t>& begins = deduplicator_.state_->id_begins;
  return ids_.substr(begins[article] - begins[begin_], begins[article + 1] - begins[article]);
}

}  // namespace unspin
