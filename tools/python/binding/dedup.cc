// dedup: all articles of a source → clusters, streamed as often as they are asked for.
#include <algorithm>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <nanobind/stl/optional.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "binding/archive_handle.h"
#include "binding/article_source.h"
#include "binding/bindings.h"
#include "binding/gil.h"
#include "binding/pull.h"
#include "binding/result_stream.h"
#include "render/json_writer.h"
#include "unspin/dedup/deduplicator.h"
#include "unspin/engine/dedup_against.h"
#include "unspin/engine/pipeline.h"

namespace unspin::python {
namespace {

constexpr size_t kRowsOfBatch = 8192;  // of results

// What dedup leaves behind: everything that its streams read. Immutable, but for the ids that a reader has in memory.
struct Clustered {
  std::unique_ptr<const Deduplicator> dedup;
  DedupSummary summary;
  std::vector<uint64_t> bad_rows;  // ascending, from 0
  bool is_against_archive = false;

  uint64_t rows() const { return dedup->size() + bad_rows.size(); }
};

constexpr ResultColumn kClusterColumns[] = {{"id", ResultType::kText},
                                            {"cluster", ResultType::kUint64},
                                            {"representative", ResultType::kText},
                                            {"similarity", ResultType::kDouble},
                                            {"archive", ResultType::kBool}};
constexpr ResultColumn kEdgeColumns[] = {{"a", ResultType::kText},
                                         {"b", ResultType::kText},
                                         {"similarity", ResultType::kDouble},
                                         {"archive", ResultType::kBool}};
constexpr ResultColumn kJoinColumns[] = {{"cluster", ResultType::kUint64, true},
                                         {"representative", ResultType::kText, true},
                                         {"similarity", ResultType::kDouble, true},
                                         {"archive", ResultType::kBool, true}};

// All columns, or all but `archive` where there is none.
template <size_t size>
std::span<const ResultColumn> ColumnsFor(const ResultColumn (&columns)[size], const Clustered& clustered) {
  return std::span(columns).first(clustered.is_against_archive ? size : size - 1);
}

// A row for each article, as the lines of `unspin dedup`.
class ClusterStream final : public ResultStream {
 public:
  explicit ClusterStream(std::shared_ptr<const Clustered> clustered)
      : clustered_(std::move(clustered)), ids_(*clustered_->dedup), representatives_(*clustered_->dedup) {}
  std::span<const ResultColumn> columns() const override { return ColumnsFor(kClusterColumns, *clustered_); }

 private:
  std::optional<ResultBatch> MakeNext() override {
    const Deduplicator& dedup = *clustered_->dedup;
    if (next_ == dedup.size()) return std::nullopt;
    ResultBatch batch(columns());
    for (const uint64_t end = std::min<uint64_t>(next_ + kRowsOfBatch, dedup.size()); next_ < end; ++next_) {
      const Membership membership = dedup.MembershipOf(next_);
      const std::string id = ValueOrThrow(ids_.IdOf(next_));
      batch[0].AddText(id);
      batch[1].AddNumber(dedup.ClusterOf(next_) + 1);
      batch[2].AddText(
          membership.representative == next_ ? id : ValueOrThrow(representatives_.IdOf(membership.representative)));
      batch[3].AddReal(JsonWriter::Rounded(membership.similarity));
      if (clustered_->is_against_archive) batch[4].AddBool(membership.representative >= dedup.size());
    }
    return batch;
  }

  const std::shared_ptr<const Clustered> clustered_;
  Deduplicator::IdReader ids_, representatives_;
  uint64_t next_ = 0;  // article
};

// A row for each pair of similar articles.
class EdgeStream final : public ResultStream {
 public:
  explicit EdgeStream(std::shared_ptr<const Clustered> clustered)
      : clustered_(std::move(clustered)), a_(*clustered_->dedup), b_(*clustered_->dedup) {}
  std::span<const ResultColumn> columns() const override { return ColumnsFor(kEdgeColumns, *clustered_); }

 private:
  std::optional<ResultBatch> MakeNext() override {
    const auto edges = clustered_->dedup->edges();
    if (next_ == edges.size()) return std::nullopt;
    ResultBatch batch(columns());
    for (const size_t end = std::min(next_ + kRowsOfBatch, edges.size()); next_ < end; ++next_) {
      const SimilarPair& edge = edges[next_];
      batch[0].AddText(ValueOrThrow(a_.IdOf(edge.a)));
      batch[1].AddText(ValueOrThrow(b_.IdOf(edge.b)));
      batch[2].AddReal(JsonWriter::Rounded(edge.similarity));
      if (clustered_->is_against_archive) batch[3].AddBool(edge.b >= clustered_->dedup->size());
    }
    return batch;
  }

  const std::shared_ptr<const Clustered> clustered_;
  Deduplicator::IdReader a_, b_;
  size_t next_ = 0;
};

// A row for each row of the source, bad ones too: columns to be put beside those of the table.
class JoinStream final : public ResultStream {
 public:
  explicit JoinStream(std::shared_ptr<const Clustered> clustered)
      : clustered_(std::move(clustered)), ids_(*clustered_->dedup) {}
  std::span<const ResultColumn> columns() const override { return ColumnsFor(kJoinColumns, *clustered_); }

 private:
  std::optional<ResultBatch> MakeNext() override {
    const Deduplicator& dedup = *clustered_->dedup;
    const uint64_t rows = clustered_->rows();
    if (row_ == rows) return std::nullopt;
    ResultBatch batch(columns());
    const auto& bad = clustered_->bad_rows;
    for (const uint64_t end = std::min<uint64_t>(row_ + kRowsOfBatch, rows); row_ < end; ++row_) {
      if (bad_ < bad.size() && bad[bad_] == row_) {
        ++bad_;
        for (ColumnBuilder& column : batch.columns) column.AddNull();
        continue;
      }
      const uint64_t article = row_ - bad_;
      const Membership membership = dedup.MembershipOf(article);
      batch[0].AddNumber(dedup.ClusterOf(article) + 1);
      batch[1].AddText(ValueOrThrow(ids_.IdOf(membership.representative)));
      batch[2].AddReal(JsonWriter::Rounded(membership.similarity));
      if (clustered_->is_against_archive) batch[3].AddBool(membership.representative >= dedup.size());
    }
    return batch;
  }

  const std::shared_ptr<const Clustered> clustered_;
  Deduplicator::IdReader ids_;
  uint64_t row_ = 0;
  size_t bad_ = 0;  // bad rows before row_
};

DedupOptions MakeOptions(double threshold, const std::string& measure, int64_t shingle, const std::string& prefer,
                         std::string scratch) {
  constexpr double kMinThreshold = 0.1, kMaxThreshold = 1;
  constexpr int64_t kMaxShingle = 32;
  if (!(threshold >= kMinThreshold && threshold <= kMaxThreshold))
    throw ValueError("threshold=" + std::to_string(threshold) + ": give a similarity from 0.1 to 1");
  if (shingle < 1 || shingle > kMaxShingle)
    throw ValueError("shingle=" + std::to_string(shingle) + ": give a number of words from 1 to 32");
  DedupOptions options;
  options.threshold = threshold;
  options.shingle = static_cast<uint32_t>(shingle);
  options.scratch = std::move(scratch);
  if (measure == "jaccard") {
    options.measure = Measure::kJaccard;
  } else if (measure == "containment") {
    options.measure = Measure::kContainment;
  } else {
    throw ValueError("measure=\"" + measure + "\": give jaccard or containment");
  }
  if (prefer == "longest") {
    options.prefer = Prefer::kMaxLength;
  } else if (prefer == "earliest") {
    options.prefer = Prefer::kEarliest;
  } else if (prefer == "first") {
    options.prefer = Prefer::kFirst;
  } else {
    throw ValueError("prefer=\"" + prefer + "\": give longest, earliest or first");
  }
  return options;
}

// What dedup keeps of an article.
struct ShingledArticle {
  std::string id, published;
  uint64_t bytes = 0;
  ShingleSet set;
};

void ReadAll(Pull& pull, uint32_t shingle, Deduplicator& dedup, std::vector<uint64_t>& bad_rows) {
  constexpr ChunkSizes kSizes{4096, 64};
  const auto work = [&](ArticleChunk& chunk, Worker& worker) {
    std::vector<std::variant<ShingledArticle, BadRecord>> rows;
    chunk.ReadTexts(worker.buffers, [&](TextRecord record) {
      if (auto* bad = std::get_if<BadRecord>(&record)) return void(rows.emplace_back(std::move(*bad)));
      const auto& article = std::get<ArticleText>(record);
      rows.emplace_back(ShingledArticle{std::string(article.id), std::string(article.published), article.text.size(),
                                        TheEngine().Shingles(article.text, shingle, worker.workspace)});
    });
    return rows;
  };
  while (true) {
    ThrowIfInterrupted();
    const auto chunks = pull.Next(kSizes, work);
    if (chunks.empty()) break;
    for (const auto& rows : chunks) {
      for (const auto& row : rows) {
        if (const auto* bad = std::get_if<BadRecord>(&row)) {
          bad_rows.push_back(pull.rows());
          pull.CountBad(*bad);
          continue;
        }
        pull.CountArticle();
        const auto& article = std::get<ShingledArticle>(row);
        dedup.Add(article.id, article.published, article.bytes, article.set);
      }
    }
    pull.SayRows();
  }
}

// Passes progress on from threads of the core, through which no exception may pass: the first one is kept.
class GuardedProgress {
 public:
  explicit GuardedProgress(Pull& pull) : pull_(pull) {}
  void Say(double done, const char* what) {
    if (error_) return;
    try {
      pull_.SayProgress(done, what);
    } catch (const nb::python_error&) {
      error_ = std::current_exception();
    }
  }
  void ThrowError() const {
    if (error_) std::rethrow_exception(error_);
    ThrowIfInterrupted();
  }

 private:
  Pull& pull_;
  std::exception_ptr error_;
};

std::shared_ptr<Clustered> Dedup(nb::handle data, const RowNames& names, const PullOptions& pull_options,
                                 double threshold, const std::string& measure, int64_t shingle,
                                 const std::string& prefer, const std::string& scratch,
                                 std::shared_ptr<ArchiveHandle> against) {
  DedupOptions options = MakeOptions(threshold, measure, shingle, prefer, scratch);
  RowNames text_names = names;
  for (const RowField field : {kTitle, kUrl, kSite, kFetched, kPath, kRecord}) text_names.of[field].reset();
  Pull pull(OpenSource(data, text_names), pull_options);
  options.threads = pull.crew().threads();
  const GilReleased released;
  auto dedup = ValueOrThrow(Deduplicator::Open(options));
  auto clustered = std::make_shared<Clustered>();
  ReadAll(pull, options.shingle, *dedup, clustered->bad_rows);
  GuardedProgress progress(pull);
  if (against != nullptr) {
    const auto archive = against->Snapshot();
    const absl::Status added = AddArchive(
        TheEngine(), *archive,
        [&](uint64_t articles) { progress.Say(static_cast<double>(articles), "articles of the archive"); }, *dedup);
    progress.ThrowError();
    ThrowIfFailed(added);
    clustered->is_against_archive = true;
  }
  const auto summary = dedup->Cluster([&](double share) { progress.Say(share, "clustered"); });
  progress.ThrowError();
  clustered->summary = ValueOrThrow(summary);
  clustered->dedup = std::move(dedup);
  pull.WarnOfBad();
  return clustered;
}

nb::object SummaryOf(const Clustered& clustered) {
  const DedupSummary& summary = clustered.summary;
  return nb::make_tuple(summary.articles, clustered.bad_rows.size(), summary.clusters, summary.duplicates,
                        summary.exact, summary.archived, summary.candidates, summary.edges);
}

template <typename Stream>
std::shared_ptr<ResultStream> MakeStream(std::shared_ptr<Clustered> clustered) {
  return std::make_shared<Stream>(std::move(clustered));
}

}  // namespace

void BindDedup(nb::module_& module) {
  nb::class_<Clustered>(module, "Clustered", "Clusters of near-duplicates, on disk and in memory.")
      .def("clusters", &MakeStream<ClusterStream>)
      .def("edges", &MakeStream<EdgeStream>)
      .def("join", &MakeStream<JoinStream>)
      .def_prop_ro("rows", &Clustered::rows)
      .def_prop_ro("summary", &SummaryOf,
                   nb::sig("def summary(self, /) -> tuple[int, int, int, int, int, int, int, int]"))
      .def_prop_ro("is_against_archive", [](const Clustered& clustered) { return clustered.is_against_archive; });
  module.def("dedup", &Dedup, nb::arg("data").none(), nb::arg("names"), nb::arg("pull"), nb::arg("threshold"),
             nb::arg("measure"), nb::arg("shingle"), nb::arg("prefer"), nb::arg("scratch"), nb::arg("against").none());
}

}  // namespace unspin::python
