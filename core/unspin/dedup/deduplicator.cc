#include "unspin/dedup/deduplicator.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "unspin/base/bytes.h"
#include "unspin/dedup/exact.h"
#include "unspin/dedup/join.h"
#include "unspin/dedup/key_columns.h"
#include "unspin/dedup/key_filter.h"
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

absl::Status TooManyArticles() {
  return absl::ResourceExhaustedError("more than 4 billion articles; split the corpus");
}

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
  uint32_t own = 0;                   // articles of the corpus; those of the archive follow
  bool complete = false;              // whether `own` is known: no more articles of the corpus come
  std::optional<KeyFilter> own_keys;  // from BeginArchived to Cluster

  // What Cluster makes.
  std::vector<Membership> memberships;
  std::vector<uint32_t> first_members;  // of the cluster of each archived article, `own` if it represents none
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

  void Append(std::string_view id, uint64_t preferred, const ShingleSet& set);
  absl::StatusOr<std::vector<ArticleKey>> KeysOf(uint32_t column) const;
  absl::Status Complete();

  // The steps of Cluster.
  absl::Status FinishSpools();
  absl::Status JoinColumns(const Joiner& joiner, PairSpools& pairs, SharedProgress& progress, DedupSummary& summary);
  absl::Status VerifyPairs(const PairSpools& pairs, SharedProgress& progress, DedupSummary& summary);
  void FindFirstMembers();
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

void Deduplicator::State::Append(std::string_view id, uint64_t preferred, const ShingleSet& set) {
  hashes.push_back(set.hash);
  preference.push_back(preferred);
  ids.Append(id);
  id_begins.push_back(ids.size());
  elements.Append(AsBytes(set.elements));
  element_begins.push_back(elements.size());
  const uint32_t sampled = keys.Add(set);
  if (options.measure == Measure::kContainment) samples.push_back(static_cast<uint16_t>(std::min(sampled, kMaxSample)));
}

void Deduplicator::Add(std::string_view id, std::string_view published, uint64_t text_bytes, const ShingleSet& set) {
  assert(!state_->complete);
  state_->Append(id, PreferenceOf(state_->options.prefer, published, text_bytes), set);
}

// The keys of a column, without those that have no meaning.
absl::StatusOr<std::vector<ArticleKey>> Deduplicator::State::KeysOf(uint32_t column) const {
  auto column_keys = keys.Load(column);
  if (column_keys.ok() && options.measure == Measure::kJaccard)
    std::erase_if(*column_keys, [&](const ArticleKey& key) { return SizeOf(key.article) == 0; });
  return column_keys;
}

absl::Status Deduplicator::State::Complete() {
  assert(!complete);
  if (hashes.size() > kMaxDedupArticles) return TooManyArticles();
  own = static_cast<uint32_t>(hashes.size());
  complete = true;
  return absl::OkStatus();
}

absl::Status Deduplicator::BeginArchived() {
  State& state = *state_;
  if (absl::Status status = state.Complete(); !status.ok()) return status;
  if (absl::Status status = state.keys.Finish(); !status.ok()) return status;
  uint64_t key_bytes = 0;
  for (uint32_t column = 0; column < state.scheme.columns; ++column) key_bytes += state.keys.column(column).size();
  KeyFilter filter(state.scheme, key_bytes / sizeof(uint64_t) + 1);
  for (uint32_t column = 0; column < state.scheme.columns; ++column) {
    const auto keys = state.KeysOf(column);
    if (!keys.ok()) return keys.status();
    for (const ArticleKey& key : *keys) filter.Add(key.key);
  }
  for (uint32_t article = 0; article < state.hashes.size(); ++article) {
    if (state.SizeOf(article) == 0) filter.Add(state.hashes[article]);
  }
  state.own_keys = std::move(filter);
  return absl::OkStatus();
}

void Deduplicator::AddArchived(std::string_view id, std::string_view published, uint64_t text_bytes,
                               const ShingleSet& set) {
  assert(state_->own_keys && !state_->clustered);
  if (!state_->own_keys->MayShareKey(set)) return;
  state_->Append(id, PreferenceOf(state_->options.prefer, published, text_bytes), set);
}

bool Deduplicator::MayKeepArchived(const Sketch& sketch) const {
  assert(state_->own_keys);
  return state_->own_keys->MayShareKey(sketch);
}

const DedupOptions& Deduplicator::options() const { return state_->options; }

absl::StatusOr<DedupSummary> Deduplicator::Cluster(const std::function<void(double)>& progress) {
  State& state = *state_;
  if (!state.complete) {
    if (absl::Status status = state.Complete(); !status.ok()) return status;
  }
  if (state.hashes.size() > kMaxDedupArticles) return TooManyArticles();
  state.own_keys.reset();
  if (absl::Status status = state.FinishSpools(); !status.ok()) return status;
  absl::StatusOr<PairSpools> pairs = PairSpools::Make(state.options.scratch + "/");
  if (!pairs.ok()) return pairs.status();
  const std::vector<uint32_t> rank = RankByPreference(state.preference, state.own);
  state.preference = {};
  const absl::StatusOr<std::vector<uint32_t>> exact_of = FindExact(state.hashes, rank, state);
  if (!exact_of.ok()) return exact_of.status();

  SharedProgress shared_progress(progress);
  DedupSummary counts;
  const Joiner joiner(state.scheme, state.own, rank, *exact_of,
                      [&](uint32_t article, uint32_t band) { return state.keys.KeyOf(article, band); });
  if (absl::Status status = state.JoinColumns(joiner, *pairs, shared_progress, counts); !status.ok()) return status;
  if (absl::Status status = state.VerifyPairs(*pairs, shared_progress, counts); !status.ok()) return status;
  if (state.options.threads > 1) {
    state.releasing = std::jthread(
        [elements = std::move(state.elements), keys = std::move(state.keys), pairs = *std::move(pairs)] {});
  }
  state.memberships = ClusterIntoStars(state.edges, state.own, rank, *exact_of);
  DedupSummary summary = Summarize(state.memberships, state.own, *exact_of);
  state.FindFirstMembers();
  state.clustered = true;
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
    auto column_keys = KeysOf(column);
    if (!column_keys.ok()) return column_keys.status();
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

// Also drops what is known of archived articles as members.
void Deduplicator::State::FindFirstMembers() {
  memberships.resize(own);
  first_members.assign(hashes.size() - own, own);
  for (uint32_t article = own; article-- > 0;) {
    const uint32_t representative = memberships[article].representative;
    if (representative >= own) first_members[representative - own] = article;
  }
}

uint64_t Deduplicator::size() const { return state_->complete ? state_->own : state_->hashes.size(); }

uint64_t Deduplicator::archived() const { return state_->hashes.size() - size(); }

Membership Deduplicator::MembershipOf(uint64_t article) const {
  assert(state_->clustered && article < size());
  return state_->memberships[article];
}

uint64_t Deduplicator::ClusterOf(uint64_t article) const {
  const uint32_t representative = MembershipOf(article).representative;
  return representative < state_->own ? representative : state_->first_members[representative - state_->own];
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
  const uint64_t articles = deduplicator_.state_->hashes.size();
  assert(deduplicator_.state_->clustered && article < articles);
  constexpr uint64_t kReadAhead = 1024;  // articles
  if (article == end_) {
    const uint64_t end = std::min(article + kReadAhead, articles);
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
