#include "unspin/dedup/deduplicator.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <mutex>
#include <thread>
#include <utility>

#include "unspin/dedup/each_part.h"
#include "unspin/dedup/exact.h"
#include "unspin/dedup/join.h"
#include "unspin/dedup/key_columns.h"
#include "unspin/dedup/pair_spools.h"
#include "unspin/dedup/preference.h"
#include "unspin/dedup/sets.h"
#include "unspin/dedup/verifier.h"
#include "unspin/io/spool.h"

namespace unspin {
namespace {

constexpr size_t kElementsBuffer = size_t{1} << 20;  // bytes: most of what is spooled are elements

}  // namespace

struct Deduplicator::State : Sets {
  State(const DedupOptions& options, Spool ids, Spool elements, KeyColumns keys)
      : options(options), scheme(options), ids(std::move(ids)), elements(std::move(elements)), keys(std::move(keys)) {}

  const DedupOptions options;
  const ColumnScheme scheme;
  Spool ids, elements;
  KeyColumns keys;
  std::vector<uint64_t> id_begins = {0}, element_begins = {0}, hashes, preference;
  std::vector<uint16_t> samples;

  std::vector<Place> places;
  std::vector<SimilarPair> edges;

  std::jthread releasing;  // what is on disk and no longer needed

  size_t SizeOf(uint32_t article) const override {
    return (element_begins[article + 1] - element_begins[article]) / sizeof(uint32_t);
  }
  uint32_t SampleOf(uint32_t article) const override { return samples[article]; }
  absl::StatusOr<std::span<const uint32_t>> ElementsOf(uint32_t article, std::vector<uint32_t>& room) const override {
    room.resize(SizeOf(article));
    absl::Status status = elements.Read(element_begins[article], room.data(), room.size() * sizeof(uint32_t));
    if (!status.ok()) return status;
    return room;
  }
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
  state.elements.Append({reinterpret_cast<const char*>(set.elements.data()), set.elements.size() * sizeof(uint32_t)});
  state.element_begins.push_back(state.elements.size());
  const uint32_t sampled = state.keys.Add(set);
  if (state.options.measure == Measure::kContainment)
    state.samples.push_back(static_cast<uint16_t>(std::min(sampled, 0xffffu)));
}

absl::StatusOr<DedupSummary> Deduplicator::Cluster(const std::function<void(double)>& progress) {
  State& state = *state_;
  if (size() >= std::numeric_limits<uint32_t>::max())
    return absl::ResourceExhaustedError("more than 4 billion articles; split the corpus");
  for (Spool* const spool : {&state.ids, &state.elements}) {
    if (absl::Status status = spool->Finish(); !status.ok()) return status;
  }
  if (absl::Status status = state.keys.Finish(); !status.ok()) return status;
  absl::StatusOr<PairSpools> pairs = PairSpools::Make(state.options.scratch + "/");
  if (!pairs.ok()) return pairs.status();
  const std::vector<uint32_t> rank = RankByPreference(state.preference);
  state.preference = {};
  const absl::StatusOr<std::vector<uint32_t>> exact_of = FindExact(state.hashes, rank, state);
  if (!exact_of.ok()) return exact_of.status();

  std::mutex mutex;  // guards the counts and the edges
  uint64_t hot_buckets = 0, hot_articles = 0, candidates = 0;
  uint32_t done = 0;
  const auto tell = [&](double from, uint32_t parts) { progress(from + 0.5 * ++done / parts); };
  const Joiner joiner(state.scheme, rank, *exact_of,
                      [&](uint32_t article, uint32_t band) { return state.keys.KeyOf(article, band); });
  absl::Status failed = ForEachPart(state.options.threads, state.scheme.columns, [&](uint32_t column) -> absl::Status {
    auto keys = state.keys.Load(column);
    if (!keys.ok()) return keys.status();
    if (state.options.measure == Measure::kJaccard)
      std::erase_if(*keys, [&](const Key& key) { return state.SizeOf(key.article) == 0; });
    PairSpools::Buffer buffer(*pairs);
    const auto counts = joiner.Join(*std::move(keys), column, buffer);
    if (!counts.ok()) return counts.status();
    const std::lock_guard lock(mutex);
    hot_buckets += counts->hot_buckets;
    hot_articles += counts->hot_articles;
    tell(0, state.scheme.columns);
    return absl::OkStatus();
  });
  if (!failed.ok()) return failed;
  if (absl::Status status = pairs->Finish(); !status.ok()) return status;
  done = 0;
  failed = ForEachPart(state.options.threads, PairSpools::kFiles, [&](uint32_t file) -> absl::Status {
    const auto loaded = pairs->Load(file);
    if (!loaded.ok()) return loaded.status();
    Verifier verifier(state.options, state);
    for (const CandidatePair& pair : *loaded) {
      if (absl::Status status = verifier.Add(pair); !status.ok()) return status;
    }
    const std::lock_guard lock(mutex);
    candidates += verifier.compared();
    state.edges.insert(state.edges.end(), verifier.similar().begin(), verifier.similar().end());
    tell(0.5, PairSpools::kFiles);
    return absl::OkStatus();
  });
  if (!failed.ok()) return failed;
  // To give the disk back takes as long as to write the results, and need not wait for them.
  if (state.options.threads > 1) {
    state.releasing = std::jthread(
        [elements = std::move(state.elements), keys = std::move(state.keys), pairs = *std::move(pairs)] {});
  }
  std::sort(state.edges.begin(), state.edges.end());
  state.places = PlaceInStars(state.edges, rank, *exact_of);
  DedupSummary summary = CountPlaces(state.places, *exact_of);
  summary.candidates = candidates;
  summary.edges = state.edges.size();
  summary.hot_buckets = hot_buckets;
  summary.hot_articles = hot_articles;
  return summary;
}

uint64_t Deduplicator::size() const { return state_->hashes.size(); }
Place Deduplicator::PlaceOf(uint64_t article) const { return state_->places[article]; }
std::span<const SimilarPair> Deduplicator::edges() const { return state_->edges; }

absl::StatusOr<std::string> Deduplicator::IdReader::Read(uint64_t begin, uint64_t end) const {
  const State& state = *of_.state_;
  std::string ids(state.id_begins[end] - state.id_begins[begin], '\0');
  if (absl::Status status = state.ids.Read(state.id_begins[begin], ids.data(), ids.size()); !status.ok()) return status;
  return ids;
}

absl::StatusOr<std::string> Deduplicator::IdReader::IdOf(uint64_t article) {
  constexpr uint64_t kAtOnce = 1024;
  if (article == end_) {
    absl::StatusOr<std::string> ids = Read(article, std::min(article + kAtOnce, of_.size()));
    if (!ids.ok()) return ids;
    held_ = *std::move(ids);
    begin_ = article;
    end_ = std::min(article + kAtOnce, of_.size());
  }
  if (article < begin_ || article >= end_) return Read(article, article + 1);
  const std::vector<uint64_t>& begins = of_.state_->id_begins;
  return held_.substr(begins[article] - begins[begin_], begins[article + 1] - begins[article]);
}

}  // namespace unspin
