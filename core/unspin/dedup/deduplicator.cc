#include "unspin/dedup/deduplicator.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <limits>
#include <mutex>
#include <numeric>
#include <thread>
#include <utility>

#include "unspin/base/hash.h"
#include "unspin/dedup/spool.h"
#include "unspin/shingle/shingle.h"

namespace unspin {
namespace {

constexpr double kLostAtThreshold = 0.001;  // share of pairs just similar enough that no band may bring together
constexpr size_t kLargestBucket = 64;       // articles compared all with all
constexpr uint32_t kSplits = 6;             // further bands that split a larger bucket
constexpr size_t kAnchors = 16;             // articles that each one of a bucket is compared with that nothing splits
constexpr uint32_t kPairFiles = 32;
constexpr uint32_t kSampleFiles = 32;
constexpr uint32_t kSampled = 0xffffffffu / 16;  // elements up to here are the FracMinHash sample
constexpr double kSampleSlack = 0.4;             // of the shared sample that is to be expected: fewer is no candidate

struct Key {
  uint64_t key = 0;
  uint32_t article = 0;
  uint32_t zero = 0;  // so that every byte of a row is known
  friend bool operator<(const Key& a, const Key& b) { return a.key != b.key ? a.key < b.key : a.article < b.article; }
};

// Rows of a band are as many components as lose few enough pairs at the threshold.
uint32_t RowsOfBand(double threshold) {
  uint32_t rows = 1;
  for (uint32_t more = 2; more <= 16; ++more) {
    if (std::pow(1 - std::pow(threshold, more), kSketchSize / more) <= kLostAtThreshold) rows = more;
  }
  return rows;
}

uint64_t BandKey(const Sketch& sketch, uint32_t band, uint32_t rows) {
  uint64_t key = band;
  for (uint32_t i = 0; i < rows; ++i) key = Mix64(key ^ sketch.components[band * rows + i]);
  return key;
}

uint64_t DigitsOf(std::string_view date) {
  uint64_t number = 0;
  uint32_t digits = 0;
  for (const char c : date) {
    if (c < '0' || c > '9' || digits == 14) continue;
    number = number * 10 + static_cast<uint64_t>(c - '0');
    ++digits;
  }
  if (digits < 4) return std::numeric_limits<uint64_t>::max();  // no date comes last
  for (; digits < 14; ++digits) number *= 10;
  return number;
}

size_t CountCommon(std::span<const uint32_t> a, std::span<const uint32_t> b) {
  size_t common = 0;
  const uint32_t *x = a.data(), *y = b.data(), *const x_end = x + a.size(), *const y_end = y + b.size();
  while (x != x_end && y != y_end) {
    const uint32_t left = *x, right = *y;
    common += left == right;
    x += left <= right;
    y += right <= left;
  }
  return common;
}

}  // namespace

ShingleSet MakeShingleSet(std::span<const uint64_t> words, uint32_t shingle) {
  ShingleSet set;
  if (shingle == 5) {
    FoldShingles(words, set.elements);
  } else {
    for (const uint64_t hash : HashShingles(words, shingle))
      set.elements.push_back(static_cast<uint32_t>(hash ^ hash >> 32));
  }
  set.sketch = SketchElements(set.elements);
  std::sort(set.elements.begin(), set.elements.end());
  set.elements.erase(std::unique(set.elements.begin(), set.elements.end()), set.elements.end());
  set.hash = set.elements.empty()
                 ? Hash64({reinterpret_cast<const char*>(words.data()), words.size_bytes()})
                 : Hash64({reinterpret_cast<const char*>(set.elements.data()), set.elements.size() * 4});
  return set;
}

struct Deduplicator::State {
  explicit State(const DedupOptions& options) : options(options) {}

  const DedupOptions options;
  uint32_t rows = 0, bands = 0;
  std::vector<Spool> keys;           // Key rows: one file a band, or one for each part of the sample
  std::vector<Spool> ids, elements;  // one each; in vectors since they are made later
  std::vector<uint64_t> id_begins = {0}, element_begins = {0}, hashes, preference;
  std::vector<uint16_t> samples;  // size of the sample, for containment

  std::vector<uint32_t> rank;      // by preference, 0 first
  std::vector<uint32_t> exact_of;  // the preferred article with the same set
  std::vector<Place> places;
  std::vector<Edge> edges;
  DedupSummary summary;

  std::mutex mutex;  // guards failed, edges and the counts while threads work
  absl::Status failed;

  size_t size() const { return hashes.size(); }

  // Runs work(0) … work(parts - 1), each on one of the threads.
  template <typename Work>
  void ForEachPart(uint32_t parts, const Work& work) {
    std::atomic<uint32_t> next = 0;
    const auto run = [&] {
      for (uint32_t part = next++; part < parts; part = next++) {
        {
          const std::lock_guard lock(mutex);
          if (!failed.ok()) return;
        }
        const absl::Status status = work(part);
        const std::lock_guard lock(mutex);
        if (failed.ok()) failed = status;
      }
    };
    std::vector<std::jthread> pool;
    for (unsigned i = 1; i < std::max(1u, options.threads); ++i) pool.emplace_back(run);
    run();
  }

  void OrderByPreference() {
    std::vector<uint32_t> order(size());
    std::iota(order.begin(), order.end(), 0);
    if (options.prefer != Prefer::kFirst) {
      std::stable_sort(order.begin(), order.end(),
                       [&](uint32_t a, uint32_t b) { return preference[a] < preference[b]; });
    }
    rank.resize(size());
    for (uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
    preference = {};
  }

  absl::StatusOr<std::vector<uint32_t>> ElementsOf(uint32_t article) const {
    std::vector<uint32_t> out((element_begins[article + 1] - element_begins[article]) / sizeof(uint32_t));
    if (absl::Status status = elements[0].Read(element_begins[article], out.data(), out.size() * 4); !status.ok())
      return status;
    return out;
  }

  // Equal sets need no bands: one of them stands for all. Their hashes are equal; that the sets are is looked at.
  absl::Status FindExact() {
    exact_of.resize(size());
    std::iota(exact_of.begin(), exact_of.end(), 0);
    std::vector<Key> rows_of_hash(size());
    for (uint32_t i = 0; i < size(); ++i) rows_of_hash[i] = {hashes[i], i};
    hashes.shrink_to_fit();
    std::sort(rows_of_hash.begin(), rows_of_hash.end());
    for (size_t begin = 0; begin < rows_of_hash.size();) {
      size_t end = begin + 1;
      uint32_t best = rows_of_hash[begin].article;
      for (; end < rows_of_hash.size() && rows_of_hash[end].key == rows_of_hash[begin].key; ++end) {
        if (rank[rows_of_hash[end].article] < rank[best]) best = rows_of_hash[end].article;
      }
      if (end - begin > 1) {
        const auto wanted = ElementsOf(best);
        if (!wanted.ok()) return wanted.status();
        for (size_t i = begin; i < end; ++i) {
          const uint32_t article = rows_of_hash[i].article;
          if (article == best) continue;
          const auto found = ElementsOf(article);
          if (!found.ok()) return found.status();
          if (*found != *wanted) continue;
          exact_of[article] = best;
          ++summary.exact;
        }
      }
      begin = end;
    }
    return absl::OkStatus();
  }

  absl::StatusOr<std::vector<Key>> LoadKeys(uint32_t file) const {
    std::vector<Key> loaded(keys[file].size() / sizeof(Key));
    if (absl::Status status = keys[file].Read(0, loaded.data(), loaded.size() * sizeof(Key)); !status.ok())
      return status;
    std::erase_if(loaded, [&](const Key& key) { return exact_of[key.article] != key.article; });
    std::sort(loaded.begin(), loaded.end());
    return loaded;
  }

  // Candidate pairs found by one thread, by the file that they go to.
  struct PairBuffers {
    std::vector<std::vector<uint64_t>> of_file = std::vector<std::vector<uint64_t>>(kPairFiles);
    uint64_t hot_buckets = 0, hot_articles = 0;
  };

  void Flush(PairBuffers& buffers, std::vector<Spool>& pairs) {
    const std::lock_guard lock(mutex);
    for (uint32_t file = 0; file < kPairFiles; ++file) {
      auto& buffer = buffers.of_file[file];
      pairs[file].Append({reinterpret_cast<const char*>(buffer.data()), buffer.size() * sizeof(uint64_t)});
      buffer.clear();
    }
  }

  void AddPair(uint32_t a, uint32_t b, PairBuffers& buffers, std::vector<Spool>& pairs) {
    const uint64_t pair = uint64_t{std::min(a, b)} << 32 | std::max(a, b);
    auto& buffer = buffers.of_file[Mix64(pair) % kPairFiles];
    buffer.push_back(pair);
    if (buffer.size() >= 4096) Flush(buffers, pairs);
  }

  void AddAllPairs(std::span<const uint32_t> bucket, PairBuffers& buffers, std::vector<Spool>& pairs) {
    for (size_t i = 0; i < bucket.size(); ++i) {
      for (size_t k = i + 1; k < bucket.size(); ++k) AddPair(bucket[i], bucket[k], buffers, pairs);
    }
  }

  // A bucket that holds too many is split by the keys of further bands; where those are equal too, its articles are
  // compared with the preferred ones among them only.
  absl::Status AddBucket(std::vector<uint32_t> bucket, uint32_t band, uint32_t split, PairBuffers& buffers,
                         std::vector<Spool>& pairs) {
    if (bucket.size() <= kLargestBucket) {
      AddAllPairs(bucket, buffers, pairs);
      return absl::OkStatus();
    }
    if (split == 0) {
      ++buffers.hot_buckets;
      buffers.hot_articles += bucket.size();
    }
    if (split == std::min(kSplits, bands - 1)) {
      std::sort(bucket.begin(), bucket.end(), [&](uint32_t a, uint32_t b) { return rank[a] < rank[b]; });
      for (size_t i = 0; i < std::min(kAnchors, bucket.size()); ++i) {
        for (size_t k = i + 1; k < bucket.size(); ++k) AddPair(bucket[i], bucket[k], buffers, pairs);
      }
      return absl::OkStatus();
    }
    const uint32_t next = (band + 1) % bands;
    std::vector<Key> parts;
    for (const uint32_t article : bucket) {
      Key key;
      if (absl::Status status = keys[next].Read(uint64_t{key_row[article]} * sizeof key, &key, sizeof key);
          !status.ok())
        return status;
      parts.push_back(key);
    }
    return AddBuckets(std::move(parts), next, split + 1, buffers, pairs);
  }

  absl::Status AddBuckets(std::vector<Key> rows_of_band, uint32_t band, uint32_t split, PairBuffers& buffers,
                          std::vector<Spool>& pairs) {
    if (split > 0) std::sort(rows_of_band.begin(), rows_of_band.end());
    std::vector<uint32_t> bucket;
    for (size_t begin = 0; begin < rows_of_band.size();) {
      size_t end = begin;
      bucket.clear();
      for (; end < rows_of_band.size() && rows_of_band[end].key == rows_of_band[begin].key; ++end)
        bucket.push_back(rows_of_band[end].article);
      if (bucket.size() > 1) {
        if (absl::Status status = AddBucket(bucket, band, split, buffers, pairs); !status.ok()) return status;
      }
      begin = end;
    }
    return absl::OkStatus();
  }

  // Articles without shingles have no rows in the files of the bands.
  std::vector<uint32_t> key_row;

  absl::Status AddSamples(std::vector<Key> rows_of_file, PairBuffers& buffers, std::vector<Spool>& pairs) {
    std::vector<uint32_t> bucket;
    for (size_t begin = 0; begin < rows_of_file.size();) {
      size_t end = begin;
      bucket.clear();
      for (; end < rows_of_file.size() && rows_of_file[end].key == rows_of_file[begin].key; ++end)
        bucket.push_back(rows_of_file[end].article);
      // A shingle of so many articles is boilerplate: it says nothing, and what else they share speaks for them.
      if (bucket.size() > kLargestBucket) {
        ++buffers.hot_buckets;
        buffers.hot_articles += bucket.size();
      } else {
        AddAllPairs(bucket, buffers, pairs);
      }
      begin = end;
    }
    return absl::OkStatus();
  }

  bool IsCandidate(uint32_t a, uint32_t b, size_t times) const {
    if (options.measure == Measure::kJaccard) return true;
    return static_cast<double>(times) >= kSampleSlack * options.threshold * std::min(samples[a], samples[b]);
  }

  absl::Status Verify(const Spool& spool) {
    std::vector<uint64_t> pairs(spool.size() / sizeof(uint64_t));
    if (absl::Status status = spool.Read(0, pairs.data(), pairs.size() * sizeof(uint64_t)); !status.ok()) return status;
    std::sort(pairs.begin(), pairs.end());
    std::vector<Edge> found;
    std::vector<uint32_t> left;
    uint32_t last = std::numeric_limits<uint32_t>::max();
    uint64_t compared = 0;
    for (size_t begin = 0; begin < pairs.size();) {
      size_t end = begin;
      while (end < pairs.size() && pairs[end] == pairs[begin]) ++end;
      const auto a = static_cast<uint32_t>(pairs[begin] >> 32), b = static_cast<uint32_t>(pairs[begin]);
      const size_t times = end - begin;
      begin = end;
      if (!IsCandidate(a, b, times)) continue;
      const double size_a = static_cast<double>(element_begins[a + 1] - element_begins[a]),
                   size_b = static_cast<double>(element_begins[b + 1] - element_begins[b]);
      // Sizes alone can rule it out.
      if (options.measure == Measure::kJaccard &&
          std::min(size_a, size_b) < options.threshold * std::max(size_a, size_b))
        continue;
      ++compared;
      if (a != last) {
        auto read = ElementsOf(a);
        if (!read.ok()) return read.status();
        left = *std::move(read);
        last = a;
      }
      const auto right = ElementsOf(b);
      if (!right.ok()) return right.status();
      const double common = static_cast<double>(CountCommon(left, *right));
      const double of = options.measure == Measure::kJaccard
                            ? static_cast<double>(left.size() + right->size()) - common
                            : static_cast<double>(std::min(left.size(), right->size()));
      if (of > 0 && common >= options.threshold * of) found.push_back({a, b, static_cast<float>(common / of)});
    }
    const std::lock_guard lock(mutex);
    summary.candidates += compared;
    edges.insert(edges.end(), found.begin(), found.end());
    return absl::OkStatus();
  }

  // In the order of preference, an article that nobody took represents itself and takes its neighbours.
  void Assign() {
    std::sort(edges.begin(), edges.end(),
              [](const Edge& a, const Edge& b) { return a.a != b.a ? a.a < b.a : a.b < b.b; });
    std::vector<uint64_t> begins(size() + 1, 0);
    for (const Edge& edge : edges) ++begins[edge.a + 1], ++begins[edge.b + 1];
    std::partial_sum(begins.begin(), begins.end(), begins.begin());
    std::vector<std::pair<uint32_t, float>> neighbours(begins.back());
    {
      std::vector<uint64_t> next(begins.begin(), begins.end() - 1);
      for (const Edge& edge : edges) {
        neighbours[next[edge.a]++] = {edge.b, edge.similarity};
        neighbours[next[edge.b]++] = {edge.a, edge.similarity};
      }
    }
    std::vector<uint32_t> order(size());
    for (uint32_t i = 0; i < size(); ++i) order[rank[i]] = i;
    std::vector<bool> taken(size(), false);
    places.resize(size());
    for (const uint32_t article : order) {
      if (exact_of[article] != article || taken[article]) continue;
      taken[article] = true;
      places[article] = {article, 1};
      ++summary.clusters;
      for (uint64_t i = begins[article]; i < begins[article + 1]; ++i) {
        const auto [other, similarity] = neighbours[i];
        if (taken[other]) continue;
        taken[other] = true;
        places[other] = {article, similarity};
      }
    }
    for (uint32_t i = 0; i < size(); ++i) {
      if (exact_of[i] != i) places[i] = places[exact_of[i]];
    }
    summary.articles = size();
    summary.duplicates = summary.articles - summary.clusters;
    summary.edges = edges.size();
  }
};

Deduplicator::Deduplicator(std::unique_ptr<State> state) : state_(std::move(state)) {}
Deduplicator::~Deduplicator() = default;

absl::StatusOr<std::unique_ptr<Deduplicator>> Deduplicator::Open(const DedupOptions& options) {
  auto state = std::make_unique<State>(options);
  state->rows = RowsOfBand(options.threshold);
  state->bands = static_cast<uint32_t>(kSketchSize) / state->rows;
  const uint32_t files = options.measure == Measure::kJaccard ? state->bands : kSampleFiles;
  const auto make = [&](const std::string& name, std::vector<Spool>& into) {
    absl::StatusOr<Spool> spool = Spool::Make(options.scratch + "/" + name);
    if (!spool.ok()) return spool.status();
    into.push_back(*std::move(spool));
    return absl::OkStatus();
  };
  if (absl::Status status = make("ids", state->ids); !status.ok()) return status;
  if (absl::Status status = make("elements", state->elements); !status.ok()) return status;
  for (uint32_t file = 0; file < files; ++file) {
    if (absl::Status status = make("keys-" + std::to_string(file), state->keys); !status.ok()) return status;
  }
  return std::unique_ptr<Deduplicator>(new Deduplicator(std::move(state)));
}

void Deduplicator::Add(std::string_view id, std::string_view published, uint64_t text_bytes, const ShingleSet& set) {
  State& state = *state_;
  const auto article = static_cast<uint32_t>(state.size());
  state.hashes.push_back(set.hash);
  if (state.options.prefer != Prefer::kFirst) {
    state.preference.push_back(state.options.prefer == Prefer::kLongest
                                   ? std::numeric_limits<uint64_t>::max() - text_bytes
                                   : DigitsOf(published));
  }
  state.ids[0].Append(id);
  state.id_begins.push_back(state.ids[0].size());
  state.elements[0].Append({reinterpret_cast<const char*>(set.elements.data()), set.elements.size() * 4});
  state.element_begins.push_back(state.elements[0].size());
  if (state.options.measure == Measure::kJaccard) {
    state.key_row.push_back(static_cast<uint32_t>(state.keys[0].size() / sizeof(Key)));
    if (set.elements.empty()) return;
    for (uint32_t band = 0; band < state.bands; ++band)
      state.keys[band].AppendRow(Key{BandKey(set.sketch, band, state.rows), article});
    return;
  }
  uint32_t sampled = 0;
  for (const uint32_t element : set.elements) {
    if (element > kSampled) break;
    state.keys[element % kSampleFiles].AppendRow(Key{element, article});
    ++sampled;
  }
  state.samples.push_back(static_cast<uint16_t>(std::min(sampled, 0xffffu)));
}

absl::StatusOr<DedupSummary> Deduplicator::Cluster(const std::function<void(double)>& progress) {
  State& state = *state_;
  if (state.size() >= std::numeric_limits<uint32_t>::max())
    return absl::ResourceExhaustedError("more than 4 billion articles; split the corpus");
  for (auto* spools : {&state.ids, &state.elements, &state.keys}) {
    for (Spool& spool : *spools) {
      if (absl::Status status = spool.Finish(); !status.ok()) return status;
    }
  }
  std::vector<Spool> pairs;
  for (uint32_t file = 0; file < kPairFiles; ++file) {
    absl::StatusOr<Spool> spool = Spool::Make(state.options.scratch + "/pairs-" + std::to_string(file));
    if (!spool.ok()) return spool.status();
    pairs.push_back(*std::move(spool));
  }
  state.OrderByPreference();
  if (absl::Status status = state.FindExact(); !status.ok()) return status;
  std::atomic<uint32_t> done = 0;
  const auto files = static_cast<uint32_t>(state.keys.size());
  const auto tell = [&](double from, double to, uint32_t parts) {
    const std::lock_guard lock(state.mutex);
    progress(from + (to - from) * ++done / parts);
  };
  state.ForEachPart(files, [&](uint32_t file) -> absl::Status {
    auto rows = state.LoadKeys(file);
    if (!rows.ok()) return rows.status();
    State::PairBuffers buffers;
    const absl::Status status = state.options.measure == Measure::kJaccard
                                    ? state.AddBuckets(*std::move(rows), file, 0, buffers, pairs)
                                    : state.AddSamples(*std::move(rows), buffers, pairs);
    state.Flush(buffers, pairs);
    {
      const std::lock_guard lock(state.mutex);
      state.summary.hot_buckets += buffers.hot_buckets;
      state.summary.hot_articles += buffers.hot_articles;
    }
    tell(0, 0.5, files);
    return status;
  });
  if (!state.failed.ok()) return state.failed;
  for (Spool& spool : pairs) {
    if (absl::Status status = spool.Finish(); !status.ok()) return status;
  }
  done = 0;
  state.ForEachPart(kPairFiles, [&](uint32_t file) -> absl::Status {
    const absl::Status status = state.Verify(pairs[file]);
    tell(0.5, 1, kPairFiles);
    return status;
  });
  if (!state.failed.ok()) return state.failed;
  state.Assign();
  return state.summary;
}

uint64_t Deduplicator::size() const { return state_->size(); }
Deduplicator::Place Deduplicator::PlaceOf(uint64_t article) const { return state_->places[article]; }
std::span<const Deduplicator::Edge> Deduplicator::edges() const { return state_->edges; }

absl::StatusOr<std::string> Deduplicator::IdOf(uint64_t article) const {
  std::string id(state_->id_begins[article + 1] - state_->id_begins[article], '\0');
  if (absl::Status status = state_->ids[0].Read(state_->id_begins[article], id.data(), id.size()); !status.ok())
    return status;
  return id;
}

}  // namespace unspin
