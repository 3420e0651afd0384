#include "server/audit_run.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "render/json.h"
#include "render/json_writer.h"
#include "render/report_file.h"
#include "render/report_options.h"
#include "unspin/base/ordered_pipeline.h"
#include "unspin/base/strings.h"
#include "unspin/ingest/reader.h"
#include "unspin/records/left_out_records.h"

namespace unspin::server {
namespace {

// Reports between two moments at which readers of the file see all of them.
constexpr uint64_t kReportsBetweenFlushes = 64;

absl::Status CannotWrite(const std::string& path, int error) {
  return absl::UnavailableError(AbslView("cannot write " + path + ": " + std::strerror(error) +
                                         "; see that there is room and that it may be written to"));
}

void Count(const Report& report, AuditState& state) {
  ++state.suspects;
  ++state.by_verdict[static_cast<size_t>(report.summary.verdict)];
  // As it stands in the report, so that one that is read again is counted equally.
  state.histogram.Add(report.summary.verdict, JsonWriter::Rounded(report.summary.probability));
}

// The articles of an input, by the names that reports call them.
class NamedArticles {
 public:
  NamedArticles(const AuditInput& input, std::unique_ptr<ArticleReader> reader, AuditWatch& watch)
      : input_(input), reader_(std::move(reader)), watch_(watch) {
    watch_.Update([&](AuditState& state) { state.bytes_total = reader_->bytes_total().value_or(0); });
  }

  // Nothing at the end, and where the audit is to stop.
  std::optional<Article> Next() {
    while (!watch_.stopped()) {
      std::optional<Record> record = reader_->Next();
      watch_.Update([&](AuditState& state) { state.bytes_done = reader_->bytes_read(); });
      if (!record) return std::nullopt;
      if (auto* article = std::get_if<Article>(&*record)) {
        article->path = NameInInput(input_, std::move(article->path));
        article->id = NameInInput(input_, std::move(article->id));
        return std::move(*article);
      }
      CountBad(std::get<BadRecord>(*record));
    }
    return std::nullopt;
  }

 private:
  void CountBad(const BadRecord& bad) {
    watch_.Update([&](AuditState& state) {
      ++state.bad_records;
      if (state.bad_examples.size() == kMaxBadExamples) return;
      std::string example = NameInInput(input_, bad.location) + ": " + bad.message;
      size_t end = std::min(example.size(), kMaxBadExampleBytes);
      while (end < example.size() && (static_cast<unsigned char>(example[end]) & 0xc0) == 0x80)
        --end;  // whole characters
      example.resize(end);
      state.bad_examples.push_back(std::move(example));
    });
  }

  const AuditInput& input_;
  const std::unique_ptr<ArticleReader> reader_;
  AuditWatch& watch_;
};

absl::StatusOr<std::unique_ptr<NamedArticles>> OpenInput(const AuditOrder& order, AuditWatch& watch) {
  auto reader = ArticleReader::Open({order.input.path}, order.options.reader);
  if (!reader.ok()) return absl::InvalidArgumentError(AbslView(order.input.name + ": cannot be read; is it there?"));
  watch.Update([](AuditState& state) { state = {}; });
  return std::make_unique<NamedArticles>(order.input, *std::move(reader), watch);
}

class Audit {
 public:
  Audit(const AuditOrder& order, const Engine& engine, const Archive& archive, AuditWatch& watch)
      : order_(order),
        engine_(engine),
        archive_(archive),
        watch_(watch),
        json_{order.options.check.details, order.options.offsets,
              OptionsInReports(order.options.reader, order.options.check, order.options.offsets)} {}

  absl::Status Run() {
    absl::Status begun = Begin(EarlierReports::kResume);
    // Reports of another archive, input or program, or a file that a crash of the machine has damaged.
    if (!begun.ok()) begun = Begin(EarlierReports::kReplace);
    if (!begun.ok() || watch_.stopped()) return begun;
    absl::Status failure = CheckAll();
    if (const int error = out_->Close(); error != 0 && failure.ok()) failure = CannotWrite(order_.reports, error);
    out_.reset();
    if (!failure.ok() || watch_.stopped()) return failure;
    const AuditState state = watch_.Get();
    if (state.suspects == 0)
      return absl::InvalidArgumentError(
          AbslView(order_.input.name + ": there is no article in it" +
                   (state.bad_examples.empty() ? std::string() : "; " + state.bad_examples.front())));
    return Sync();
  }

 private:
  // Opens the input and the file, and passes the suspects that it has reports of.
  absl::Status Begin(EarlierReports earlier) {
    auto articles = OpenInput(order_, watch_);
    if (!articles.ok()) return articles.status();
    const ArchiveStatistics& statistics = archive_.Statistics();
    const ReportOrigin origin{
        kVersion, engine_.ModelName(), {statistics.fingerprint, statistics.articles}, json_.options};
    auto out = ReportFile::Open(order_.reports, earlier, origin, [&](const ReportLine& line) {
      watch_.Update([&](AuditState& state) { Count(line.report, state); });
    });
    if (!out.ok()) return out.status();
    for (uint64_t passed = 0; passed < out->resumed() && !watch_.stopped(); ++passed) {
      const std::optional<Article> article = (*articles)->Next();
      if (!article && watch_.stopped()) break;
      if (!article) return absl::FailedPreconditionError("there are more reports than suspects");
      if (absl::Status status = out->CheckSuspect(passed, *article); !status.ok()) return status;
    }
    articles_ = *std::move(articles);
    out_.emplace(*std::move(out));
    return absl::OkStatus();
  }

  struct Result {
    std::string json;
    Report counted;  // the summary only
  };

  absl::Status CheckAll() {
    absl::Status failure;
    uint64_t written = 0;
    RunOrderedPipeline(
        order_.threads, [&] { return articles_->Next(); }, [&] { return std::make_unique<Workspace>(engine_); },
        [&](std::unique_ptr<Workspace>& workspace, const Article& article) -> absl::StatusOr<Result> {
          const auto report = engine_.Check(article, archive_, order_.options.check, *workspace);
          if (!report.ok()) return report.status();
          Result result{RenderJson(*report, json_), {}};
          result.counted.summary = report->summary;
          return result;
        },
        [&](absl::StatusOr<Result> result) {
          if (!result.ok()) {
            failure = result.status();
            return false;
          }
          if (!out_->Write(std::move(result->json))) return false;  // Close says why
          watch_.Update([&](AuditState& state) { Count(result->counted, state); });
          if (++written % kReportsBetweenFlushes == 0) out_->Flush();
          return !watch_.stopped();
        });
    return failure;
  }

  // Until the disk holds the reports: a job that is done stays done.
  absl::Status Sync() const {
    const int file = open(order_.reports.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = file >= 0 && fsync(file) == 0;
    const int error = errno;
    if (file >= 0) close(file);
    return synced ? absl::OkStatus() : CannotWrite(order_.reports, error);
  }

  const AuditOrder& order_;
  const Engine& engine_;
  const Archive& archive_;
  AuditWatch& watch_;
  const JsonOptions json_;
  std::unique_ptr<NamedArticles> articles_;
  std::optional<ReportFile> out_;
};

}  // namespace

AuditState AuditWatch::Get() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

absl::Status RunAudit(const AuditOrder& order, const Engine& engine, const Archive& archive, AuditWatch& watch) {
  assert(order.threads > 0);
  return Audit(order, engine, archive, watch).Run();
}

}  // namespace unspin::server
