// Audits that run beside the service: the jobs of the desk, one after the other, in a thread of their own.
//
// A job is the desk's: it waits there, is taken under a lease, and ends there. Its reports are a file in the data
// folder. A job that was interrupted, by a stop or by a crash, is taken again and goes on behind its last whole report.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/audit_input.h"
#include "server/audit_run.h"
#include "server/desk.h"
#include "server/probability_histogram.h"
#include "server/report_pages.h"
#include "unspin/engine/archive.h"
#include "unspin/engine/engine.h"

namespace unspin::server {

struct AuditJobsOptions {
  AuditFolders folders;
  // Of the service. An audit has one less, so that checks that somebody waits for find a free core, and one at least.
  unsigned threads = 1;
  // After a crash, a job waits so long until it is taken again.
  std::chrono::milliseconds lease = std::chrono::seconds(15);
  std::function<void(const std::string&)> log = {};  // what went wrong with the desk itself. From any thread
};

// All functions may be called from many threads.
class AuditJobs {
 public:
  // The archive as it is now, asked at the beginning of each job: that of one job stays the same.
  using GetArchive = std::function<std::shared_ptr<const Archive>()>;

  // Starts to work. The desk and the engine must outlive it. REQUIRES: options.threads > 0, and a lease of 10 ms or
  // more.
  AuditJobs(Desk& desk, const Engine& engine, GetArchive archive, AuditJobsOptions options);
  ~AuditJobs();  // Stop

  // The running audit ends behind the report that it writes now, and waits in the desk for the next start. Returns when
  // it has ended.
  void Stop();
  // Jobs were added or cancelled: they are looked at now, not a moment later.
  void Wake();

  // For Desk::AddJob. `options`: as ReadAuditOptions reads. Fails where it is no input (StoreUpload, NameAuditInput) or
  // the options are wrong.
  absl::StatusOr<NewAuditJob> FromUpload(std::string_view bytes, const std::string& name,
                                         const std::string& options) const;
  absl::StatusOr<NewAuditJob> FromPath(const std::string& path, const std::string& options) const;

  // The job of an upload, and Desk::AddJob.
  absl::StatusOr<AuditJob> AddUpload(std::string_view bytes, const std::string& name, const std::string& options,
                                     const Who& who);
  // Desk::RemoveJob, and then the job's reports and, unless another job has it too, its upload.
  absl::Status Remove(const AuditJob& job, const Who& who);

  // The reports that a job has written so far, for one reader. Those behind the first `after` are found here, for which
  // the whole file may have to be read; the reader goes on from there without that.
  absl::StatusOr<ReportPages> OpenReports(int64_t job, uint64_t after);
  // As ReportPages::Visit.
  absl::Status VisitReports(int64_t job, const std::function<bool(std::string_view)>& visit) const;
  absl::StatusOr<ProbabilityHistogram> Histogram(int64_t job);

  // Removes (see there) the jobs that ended before a time.
  void RemoveEndedBefore(const std::string& time, const Who& who);

 private:
  struct RunningJob {
    int64_t id = 0, attempt = 0;
    std::shared_ptr<AuditWatch> watch;
    bool cancelled = false;
    bool lost = false;  // another runner has the job
  };
  struct CountedFile {
    uint64_t bytes = 0;
    ProbabilityHistogram histogram;
  };

  void RunJobs();
  void RunJob(const AuditJob& job);
  absl::Status Perform(const AuditJob& job, AuditWatch& watch);
  void KeepLeases();
  void Say(const std::string& what) const;
  std::string ReportsOf(int64_t job) const;

  Desk& desk_;
  const Engine& engine_;
  const GetArchive archive_;
  const AuditJobsOptions options_;

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  bool stopping_ = false, woken_ = false, beat_ = false;  // woken_: for the runner; beat_: for the keeper of leases
  std::optional<RunningJob> running_;
  std::map<int64_t, ReportPages> pages_;
  std::map<int64_t, CountedFile> counted_;  // files that were counted, and how large they were

  mutable std::mutex uploads_mutex_;  // no upload is removed between its storing and its job
  std::mutex stop_mutex_;             // guards the threads
  std::jthread runner_, keeper_;
};

}  // namespace unspin::server
