#include "server/audit_jobs.h"

#include <sys/resource.h>

#include <algorithm>
#include <cassert>
#include <filesystem>
#include <limits>
#include <system_error>
#include <utility>

#include "render/report_line.h"
#include "unspin/base/strings.h"
#include "unspin/ingest/list_inputs.h"

namespace unspin::server {
namespace {

// Of the threads of an audit, 0 being usual and 19 the last: a busy core gives ten times more time to the usual ones.
constexpr int kNice = 10;
// Progress is saved, and new jobs are looked for, so often.
constexpr std::chrono::milliseconds kBeat = std::chrono::seconds(1);
constexpr int kBeatsOfLease = 3;  // a lease lasts so many beats, so that one that is late loses no job
constexpr std::chrono::milliseconds kMinLease{10};
constexpr size_t kMaxKept = 64;  // jobs whose files are remembered: lookers-on ask for the same few

AuditProgress ProgressOf(const AuditState& state) {
  AuditProgress progress;
  progress.suspects = static_cast<int64_t>(state.suspects);
  progress.bytes_done = static_cast<int64_t>(state.bytes_done);
  progress.bytes_total = static_cast<int64_t>(state.bytes_total);
  for (size_t verdict = 0; verdict < kVerdicts; ++verdict) {
    if (state.by_verdict[verdict] > 0)
      progress.by_verdict[Name(static_cast<Verdict>(verdict))] = static_cast<int64_t>(state.by_verdict[verdict]);
  }
  // Where to go on is told by the reports.
  progress.bad = static_cast<int64_t>(state.bad_records);
  progress.bad_examples = state.bad_examples;
  return progress;
}

absl::StatusOr<NewAuditJob> NewJob(const AuditFolders& folders, std::string kept, const std::string& options) {
  const auto input = FindAuditInput(folders, kept);
  if (!input.ok()) return input.status();
  NewAuditJob job;
  job.name = input->name;
  job.path = std::move(kept);
  job.options = options;
  if (const auto files = ListInputs({input->path}); files.ok())
    job.bytes_total = static_cast<int64_t>(TotalBytes(files->files).value_or(0));
  return job;
}

// The archive of a job that runs for hours is read from disk at low priority too. Threads inherit it.
void LowerPriority() {
  // Linux: of this thread only. That it fails changes no answer.
  static_cast<void>(setpriority(PRIO_PROCESS, 0, kNice));
}

}  // namespace

AuditJobs::AuditJobs(Desk& desk, const Engine& engine, GetArchive archive, AuditJobsOptions options)
    : desk_(desk), engine_(engine), archive_(std::move(archive)), options_(std::move(options)) {
  assert(options_.threads > 0);
  assert(options_.lease >= kMinLease);
  runner_ = std::jthread([this] { RunJobs(); });
  keeper_ = std::jthread([this] { KeepLeases(); });
}

AuditJobs::~AuditJobs() { Stop(); }

void AuditJobs::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    if (running_) running_->watch->Stop();
  }
  changed_.notify_all();
  const std::lock_guard lock(stop_mutex_);
  if (runner_.joinable()) runner_.join();
  if (keeper_.joinable()) keeper_.join();
}

void AuditJobs::Wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = beat_ = true;
  }
  changed_.notify_all();
}

void AuditJobs::Say(const std::string& what) const {
  if (options_.log) options_.log(what);
}

std::string AuditJobs::ReportsOf(int64_t job) const {
  return options_.folders.data + "/audits/" + std::to_string(job) + ".jsonl";
}

void AuditJobs::RunJobs() {
  LowerPriority();
  std::error_code error;
  std::filesystem::create_directories(options_.folders.data + "/audits", error);  // opening a file in it says more
  std::string said;
  while (true) {
    {
      std::unique_lock lock(mutex_);
      if (stopping_) return;
      woken_ = false;
    }
    auto job = desk_.TakeJob(options_.lease);
    if (job.ok() && *job) {
      RunJob(**job);
      continue;
    }
    // A disk that is full stays so for a while; it is said once.
    const std::string problem = job.ok() ? "" : std::string(StdView(job.status().message()));
    if (problem != said && !problem.empty()) Say("audits: " + problem);
    said = problem;
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::min(kBeat, options_.lease), [this] { return stopping_ || woken_; });
  }
}

void AuditJobs::RunJob(const AuditJob& job) {
  const auto watch = std::make_shared<AuditWatch>();
  {
    const std::lock_guard lock(mutex_);
    running_ = RunningJob{job.id, job.attempts, watch, job.cancelled, false};
    if (stopping_ || job.cancelled) watch->Stop();
  }
  const absl::Status performed = watch->stopped() ? absl::OkStatus() : Perform(job, *watch);
  RunningJob ended;
  bool stopping = false;
  {
    const std::lock_guard lock(mutex_);
    ended = *std::exchange(running_, std::nullopt);
    stopping = stopping_;
  }
  changed_.notify_all();  // the keeper of leases may wait for the end
  if (ended.lost) return;
  const AuditProgress progress = ProgressOf(watch->Get());
  const bool interrupted = performed.ok() && watch->stopped() && stopping && !ended.cancelled;
  const absl::Status told =
      interrupted ? desk_.GiveJobBack(job.id, job.attempts, progress)
                  : desk_.FinishJob(job.id, job.attempts, progress, std::string(StdView(performed.message())));
  // The lease runs out, and the job is taken again.
  if (!told.ok()) Say("audit " + std::to_string(job.id) + ": " + std::string(StdView(told.message())));
}

absl::Status AuditJobs::Perform(const AuditJob& job, AuditWatch& watch) {
  AuditOrder order;
  auto input = FindAuditInput(options_.folders, job.what.path);
  if (!input.ok()) return input.status();
  auto options = ReadAuditOptions(job.what.options);
  if (!options.ok()) return options.status();
  order.input = *std::move(input);
  order.options = *std::move(options);
  order.reports = ReportsOf(job.id);
  order.threads = std::max(options_.threads - 1, 1u);
  const std::shared_ptr<const Archive> archive = archive_();
  if (archive == nullptr) return absl::UnavailableError("there is no archive to check against");
  return RunAudit(order, engine_, *archive, watch);
}

void AuditJobs::KeepLeases() {
  const auto beat = std::min(kBeat, options_.lease / kBeatsOfLease);
  std::unique_lock lock(mutex_);
  while (!stopping_ || running_) {
    changed_.wait_for(lock, beat, [this] { return beat_ || (stopping_ && !running_); });
    beat_ = false;
    if (!running_) {
      if (stopping_) return;
      continue;
    }
    const RunningJob job = *running_;
    lock.unlock();
    const auto cancelled = desk_.SaveProgress(job.id, job.attempt, ProgressOf(job.watch->Get()), options_.lease);
    lock.lock();
    const bool same = running_ && running_->id == job.id && running_->attempt == job.attempt;
    if (!same) continue;
    running_->lost = absl::IsFailedPrecondition(cancelled.status()) || absl::IsNotFound(cancelled.status());
    running_->cancelled = running_->cancelled || (cancelled.ok() && *cancelled);
    if (running_->lost || running_->cancelled) running_->watch->Stop();
  }
}

absl::StatusOr<NewAuditJob> AuditJobs::FromUpload(std::string_view bytes, const std::string& name,
                                                  const std::string& options) const {
  if (const auto read = ReadAuditOptions(options); !read.ok()) return read.status();
  auto kept = StoreUpload(options_.folders, bytes, name);
  if (!kept.ok()) return kept.status();
  return NewJob(options_.folders, *std::move(kept), options);
}

absl::StatusOr<AuditJob> AuditJobs::AddUpload(std::string_view bytes, const std::string& name,
                                              const std::string& options, const Who& who) {
  const std::lock_guard lock(uploads_mutex_);
  const auto job = FromUpload(bytes, name, options);
  if (!job.ok()) return job.status();
  return desk_.AddJob(*job, who);
}

absl::Status AuditJobs::Remove(const AuditJob& job, const Who& who) {
  const std::lock_guard uploads_lock(uploads_mutex_);
  // The log says first that the files go. A removal that was cut off in between is asked for again.
  if (absl::Status status = desk_.RemoveJob(job.id, who); !status.ok()) return status;
  const auto needed = desk_.JobNeeds(job.what.path);
  if (!needed.ok()) return needed.status();
  if (!*needed) RemoveUpload(options_.folders, job.what.path);
  std::error_code error;
  std::filesystem::remove(ReportsOf(job.id), error);
  if (error) return absl::InternalError("the reports of the audit cannot be removed: " + error.message());
  const std::lock_guard lock(mutex_);
  pages_.erase(job.id);
  counted_.erase(job.id);
  return absl::OkStatus();
}

absl::StatusOr<NewAuditJob> AuditJobs::FromPath(const std::string& path, const std::string& options) const {
  if (const auto read = ReadAuditOptions(options); !read.ok()) return read.status();
  auto kept = NameAuditInput(options_.folders, path);
  if (!kept.ok()) return kept.status();
  return NewJob(options_.folders, *std::move(kept), options);
}

absl::StatusOr<ReportPages> AuditJobs::OpenReports(int64_t job, uint64_t after) {
  // In a copy, so that no reader waits for another one's disk.
  std::optional<ReportPages> pages;
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = pages_.find(job); known != pages_.end()) pages = known->second;
  }
  if (!pages) pages.emplace(ReportsOf(job));
  if (const auto page = pages->Read(after, 1); !page.ok()) return page.status();
  const std::lock_guard lock(mutex_);
  const bool runs = running_ && running_->id == job;  // its file may begin again
  if (pages_.size() >= kMaxKept) pages_.clear();
  if (!runs) pages_.insert_or_assign(job, *pages);
  return *std::move(pages);
}

absl::Status AuditJobs::VisitReports(int64_t job, const std::function<bool(std::string_view)>& visit) const {
  return ReportPages::Visit(ReportsOf(job), visit);
}

void AuditJobs::RemoveEndedBefore(const std::string& time, const Who& who) {
  const auto jobs = desk_.ListJobs(std::numeric_limits<int64_t>::max());
  if (!jobs.ok()) return Say("audits: " + std::string(StdView(jobs.status().message())));
  for (const AuditJob& job : *jobs) {
    if (job.ended.empty() || job.ended >= time) continue;
    if (const absl::Status removed = Remove(job, who); !removed.ok())
      Say("audit " + std::to_string(job.id) + ": " + std::string(StdView(removed.message())));
  }
}

absl::StatusOr<ProbabilityHistogram> AuditJobs::Histogram(int64_t job) {
  std::error_code error;
  const uint64_t bytes = std::filesystem::file_size(ReportsOf(job), error);
  {
    const std::lock_guard lock(mutex_);
    if (running_ && running_->id == job) return running_->watch->Get().histogram;
    const auto known = counted_.find(job);
    if (known != counted_.end() && known->second.bytes == bytes && !error) return known->second.histogram;
  }
  ProbabilityHistogram histogram;
  ReportLineReader reader;
  const absl::Status visited = VisitReports(job, [&](std::string_view line) {
    if (const auto report = reader.Read(line)) {
      const Summary& summary = report->report.summary;
      histogram.Add(summary.verdict, std::clamp(summary.probability, 0.0, 1.0));
    }
    return true;
  });
  if (!visited.ok()) return visited;
  const std::lock_guard lock(mutex_);
  if (counted_.size() >= kMaxKept) counted_.clear();
  if (!error) counted_.insert_or_assign(job, CountedFile{bytes, histogram});
  return histogram;
}

}  // namespace unspin::server
