// The archive in Python: adding, removing, merging, checking and auditing.
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <nanobind/stl/optional.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "binding/archive_handle.h"
#include "binding/arguments.h"
#include "binding/article_source.h"
#include "binding/bindings.h"
#include "binding/gil.h"
#include "binding/pull.h"
#include "binding/report.h"
#include "binding/result_stream.h"
#include "render/json.h"
#include "render/json_writer.h"
#include "unspin/engine/index_articles.h"
#include "unspin/engine/pipeline.h"

namespace unspin::python {
namespace {

using FingerprintedRecord = std::variant<FingerprintedArticle, BadRecord>;

std::vector<FingerprintedRecord> Fingerprint(ArticleChunk& chunk, Worker& worker) {
  std::vector<FingerprintedRecord> records;
  chunk.Read(worker.buffers, [&](Record record) {
    if (auto* bad = std::get_if<BadRecord>(&record)) return void(records.emplace_back(std::move(*bad)));
    records.emplace_back(Fingerprinted(TheEngine(), std::get<Article>(std::move(record)), worker.workspace));
  });
  return records;
}

nb::object Add(ArchiveHandle& archive, nb::handle data, const RowNames& names, const PullOptions& options,
               bool replace) {
  constexpr ChunkSizes kSizes{2048, 32};
  Pull pull(OpenSource(data, names), options);
  IndexedArticles counts;
  {
    const GilReleased released;
    archive.Write(replace, pull.crew().threads(), [&](ArchiveWriter& writer, TaskQueue& tasks) {
      while (true) {
        ThrowIfInterrupted();
        auto chunks = pull.Next(kSizes, &Fingerprint, tasks);
        if (chunks.empty()) break;
        for (const auto& records : chunks) {
          for (const FingerprintedRecord& record : records) {
            if (const auto* bad = std::get_if<BadRecord>(&record)) {
              pull.CountBad(*bad);
              continue;
            }
            pull.CountArticle();
            const auto& [article, sha256, fingerprints] = std::get<FingerprintedArticle>(record);
            counts.Count(ValueOrThrow(writer.Add(article, sha256, fingerprints)));
          }
        }
        pull.SayRows();
      }
    });
    pull.WarnOfBad();
  }
  return nb::make_tuple(counts.added, counts.new_versions, counts.unchanged, pull.bad());
}

uint64_t Remove(ArchiveHandle& archive, const std::vector<std::string>& ids) {
  const GilReleased released;
  archive.Commit();
  uint64_t removed = 0;
  archive.Write(false, 1, [&](ArchiveWriter& writer, TaskQueue&) {
    for (const std::string& id : ids) removed += ValueOrThrow(writer.Remove(id));
  });
  archive.Commit();
  return removed;
}

nb::object Merge(ArchiveHandle& archive, uint64_t segment_bytes) {
  ArchiveWriter::Merged merged;
  {
    const GilReleased released;
    archive.Commit();
    archive.Write(false, 1, [&](ArchiveWriter& writer, TaskQueue&) {
      merged = ValueOrThrow(writer.Merge(segment_bytes, [](uint64_t) {}));
    });
    archive.Commit();
  }
  return nb::make_tuple(merged.segments_before, merged.segments_after, merged.articles, merged.deleted);
}

HeldReport MakeReport(const Article& suspect, const Archive& archive, const ReportOptions& options,
                      const JsonOptions& json, Workspace& workspace) {
  Report report = ValueOrThrow(TheEngine().Check(suspect, archive, options.check, workspace));
  std::string line = RenderJson(report, json);
  return {std::move(line), std::make_shared<const Report>(std::move(report))};
}

HeldReport Check(ArchiveHandle& archive, nb::handle suspect, const ReportOptions& options) {
  const auto article = TakeArticle(suspect, "suspect", GivenText::kRecord);
  const BorrowedWorker worker;
  const GilReleased released;
  return MakeReport(*article, *archive.Snapshot(), options, JsonOptionsOf(options, {}), worker->workspace);
}

constexpr ResultColumn kAuditColumns[] = {{"id", ResultType::kText},
                                          {"verdict", ResultType::kText},
                                          {"extent", ResultType::kText, true},
                                          {"manner", ResultType::kText, true},
                                          {"probability", ResultType::kDouble},
                                          {"coverage", ResultType::kDouble, true},
                                          {"rewrite", ResultType::kDouble, true},
                                          {"originals", ResultType::kUint32},
                                          {"original", ResultType::kText, true},
                                          {"report", ResultType::kLargeText}};

// What the columns keep of a report, which is large.
struct AuditRow {
  std::string id, json;
  Summary summary;
  std::optional<std::string> original;
};

AuditRow RowOf(const Report& report, std::string json) {
  AuditRow row{report.suspect.id, std::move(json), report.summary, std::nullopt};
  if (!report.findings.empty()) row.original = report.findings.front().original.id;
  return row;
}

void AddRow(const AuditRow& row, ResultBatch& batch) {
  const Summary& summary = row.summary;
  const auto rounded = [](const std::optional<double>& number) {  // as in the JSON
    return number ? std::optional(JsonWriter::Rounded(*number)) : std::nullopt;
  };
  using Text = std::optional<std::string_view>;
  batch[0].AddText(row.id);
  batch[1].AddText(Name(summary.verdict));
  batch[2].AddTextOrNull(summary.extent ? Text(Name(*summary.extent)) : Text());
  batch[3].AddTextOrNull(summary.manner ? Text(Name(*summary.manner)) : Text());
  batch[4].AddReal(JsonWriter::Rounded(summary.probability));
  batch[5].AddRealOrNull(rounded(summary.coverage));
  batch[6].AddRealOrNull(rounded(summary.rewrite));
  batch[7].AddNumber(summary.originals);
  batch[8].AddTextOrNull(row.original);
  batch[9].AddText(row.json);
}

class AuditStream final : public ResultStream {
 public:
  AuditStream(std::shared_ptr<const Archive> archive, std::unique_ptr<Pull> pull, const ReportOptions& options,
              const RowNames& names)
      : archive_(std::move(archive)),
        pull_(std::move(pull)),
        options_(options),
        json_(JsonOptionsOf(options, ReaderOptionsOf(names))) {}
  std::span<const ResultColumn> columns() const override { return kAuditColumns; }
  uint64_t bad() const { return pull_->bad(); }

  // The next reports; None at the end. Holds the GIL.
  nb::object NextReports() {
    std::optional<std::vector<HeldReport>> reports;
    {
      const GilReleased released;
      reports = Guarded([this] {
        return Take([](Report report, std::string json) {
          return HeldReport{std::move(json), std::make_shared<const Report>(std::move(report))};
        });
      });
    }
    if (!reports) return nb::none();
    nb::list list;
    for (HeldReport& report : *reports) list.append(nb::cast(std::move(report)));
    return list;
  }

 private:
  static constexpr size_t kRowsOfThread = 64, kRowsOfChunk = 4;  // a row takes about a millisecond

  std::optional<ResultBatch> MakeNext() override {
    const auto rows = Take([](const Report& report, std::string json) { return RowOf(report, std::move(json)); });
    if (!rows) return std::nullopt;
    ResultBatch batch(kAuditColumns);
    for (const AuditRow& row : *rows) AddRow(row, batch);
    return batch;
  }

  // make(report, json) of the reports about the next rows, at least one; nothing at the end.
  template <typename Make, typename Made = std::invoke_result_t<Make, Report, std::string>>
  std::optional<std::vector<Made>> Take(const Make& make) {
    using Judged = std::variant<Made, BadRecord, absl::Status>;
    const ChunkSizes sizes{kRowsOfThread * pull_->crew().threads(), kRowsOfChunk};
    const auto judge = [&](ArticleChunk& chunk, Worker& worker) {
      std::vector<Judged> judged;
      chunk.Read(worker.buffers, [&](Record record) {
        if (auto* bad = std::get_if<BadRecord>(&record)) return void(judged.emplace_back(std::move(*bad)));
        auto report = TheEngine().Check(std::get<Article>(record), *archive_, options_.check, worker.workspace);
        if (!report.ok()) return void(judged.emplace_back(report.status()));
        std::string json = RenderJson(*report, json_);
        judged.emplace_back(make(*std::move(report), std::move(json)));
      });
      return judged;
    };
    std::optional<std::vector<Made>> reports(std::in_place);
    while (reports && reports->empty()) {
      auto chunks = pull_->Next(sizes, judge);
      if (chunks.empty()) {
        pull_->WarnOfBad();
        reports.reset();
        break;
      }
      for (auto& judged : chunks) {
        for (Judged& one : judged) {
          if (const auto* failure = std::get_if<absl::Status>(&one)) throw StatusError(*failure);
          if (const auto* bad = std::get_if<BadRecord>(&one)) {
            pull_->CountBad(*bad);
            continue;
          }
          pull_->CountArticle();
          reports->push_back(std::get<Made>(std::move(one)));
        }
      }
      pull_->SayRows();
    }
    return reports;
  }

  const std::shared_ptr<const Archive> archive_;
  const std::unique_ptr<Pull> pull_;
  const ReportOptions options_;
  const JsonOptions json_;
};

std::shared_ptr<AuditStream> Audit(ArchiveHandle& archive, nb::handle data, const RowNames& names,
                                   const PullOptions& pull, const ReportOptions& options) {
  auto source = OpenSource(data, names);
  std::shared_ptr<const Archive> snapshot;
  {
    const GilReleased released;
    snapshot = archive.Snapshot();
  }
  return std::make_shared<AuditStream>(std::move(snapshot), std::make_unique<Pull>(std::move(source), pull), options,
                                       names);
}

nb::object StatisticsOf(ArchiveHandle& archive) {
  ArchiveStatistics statistics;
  {
    const GilReleased released;
    statistics = archive.Snapshot()->Statistics();
  }
  return nb::make_tuple(statistics.articles, statistics.text_bytes, statistics.disk_bytes, statistics.segments,
                        statistics.fingerprint, statistics.standing_text);
}

}  // namespace

void BindArchive(nb::module_& module) {
  const auto released = nb::call_guard<GilReleased>();
  nb::class_<ArchiveHandle>(module, "Archive")
      .def_static("create", &ArchiveHandle::Create, nb::arg("folder"), released)
      .def_static("open", &ArchiveHandle::Open, nb::arg("folder"), released)
      .def_prop_ro("folder", &ArchiveHandle::folder)
      .def("add", &Add, nb::arg("data").none(), nb::arg("names"), nb::arg("options"), nb::arg("replace"),
           nb::sig("def add(self, data: object, names: RowNames, options: PullOptions, replace: bool) -> "
                   "tuple[int, int, int, int]"))
      .def("remove", &Remove, nb::arg("ids"))
      .def("merge", &Merge, nb::arg("segment_bytes"),
           nb::sig("def merge(self, segment_bytes: int) -> tuple[int, int, int, int]"))
      .def("commit", &ArchiveHandle::Commit, released)
      .def(
          "verify", [](ArchiveHandle& archive) { return archive.Snapshot()->Verify(); }, released)
      .def("statistics", &StatisticsOf, nb::sig("def statistics(self) -> tuple[int, int, int, list[str], str, bool]"))
      .def("check", &Check, nb::arg("suspect").none(), nb::arg("options"))
      .def("audit", &Audit, nb::arg("data").none(), nb::arg("names"), nb::arg("pull"), nb::arg("options"));
  nb::class_<AuditStream, ResultStream>(module, "AuditStream")
      .def("next_reports", &AuditStream::NextReports, nb::sig("def next_reports(self) -> list[HeldReport] | None"))
      .def_prop_ro("bad", &AuditStream::bad);
}

}  // namespace unspin::python
