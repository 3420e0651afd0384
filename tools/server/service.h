// What the routes of the service share: the engine, the archive, the desk, rendered reports, and who listens to
// changes.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/audit_jobs.h"
#include "server/desk.h"
#include "server/event_hub.h"
#include "server/report_views.h"
#include "unspin/article/article.h"
#include "unspin/engine/engine.h"
#include "unspin/engine/index_articles.h"
#include "unspin/engine/live_archive.h"

namespace unspin::server {

struct ServiceOptions {
  std::string archive;                               // folder
  std::string data;                                  // folder; empty: that of the archive with ".desk" behind it
  std::string inputs;                                // folder whose files audits may name; empty: they may name none
  unsigned threads = 1;                              // of the service: an audit has one less
  uint64_t max_body = uint64_t{16} << 20;            // bytes of a body, also once it is decompressed
  int64_t keep_texts_days = 0;                       // after which the texts of cases and audits are erased; 0: never
  std::function<void(const std::string&)> log = {};  // what went wrong, and nobody waits to be told. From any thread
};

// Safe to share between threads.
class Service {
 public:
  static absl::StatusOr<std::unique_ptr<Service>> Open(const ServiceOptions& options);
  ~Service();

  const ServiceOptions& options() const { return options_; }
  const Engine& engine() const { return engine_; }
  LiveArchive& archive() { return *archive_; }
  Desk& desk() { return *desk_; }
  EventHub& events() { return *events_; }
  ReportViews& views() { return *views_; }
  AuditJobs& jobs() { return *jobs_; }
  const AuditFolders& audit_folders() const { return audit_folders_; }

  // Audits stop where they are, and go on when a server is started again.
  void StopJobs();

  // Changes of the archive, one after the other. Fails with Unavailable where another process is changing it.
  absl::StatusOr<IndexedArticles> AddArticles(std::vector<Article> articles);
  // False where there is no such article.
  absl::StatusOr<bool> RemoveArticle(const std::string& id);

 private:
  explicit Service(const ServiceOptions& options) : options_(options) {}
  // Erases what is older than --keep-texts, and the views of cases that were erased, until the end.
  void KeepHouse();
  void EraseOldTexts();
  void RemoveErasedViews();

  const ServiceOptions options_;
  const Engine engine_;
  std::unique_ptr<LiveArchive> archive_;
  std::mutex writing_;  // held by the request that changes the archive
  std::unique_ptr<Desk> desk_;
  std::unique_ptr<ReportViews> views_;
  std::unique_ptr<EventHub> events_;
  AuditFolders audit_folders_;
  std::unique_ptr<AuditJobs> jobs_;
  std::mutex mutex_;             // guards the two below
  std::vector<int64_t> erased_;  // cases whose views are to be removed
  bool ending_ = false;
  std::condition_variable wake_;
  std::unique_ptr<Desk::Subscription> erasures_;
  std::thread house_;
};

}  // namespace unspin::server
