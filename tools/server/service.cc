#include "server/service.h"

#include <ctime>
#include <utility>

#include "unspin/base/strings.h"

namespace unspin::server {
namespace {

constexpr std::chrono::hours kHousekeeping{1};  // between two looks for texts that have to go
constexpr const char* kHousekeeper = "unspin serve --keep-texts";

std::string TimeBefore(int64_t days) {
  constexpr int64_t kSecondsPerDay = 86'400;
  const std::time_t then = std::time(nullptr) - static_cast<std::time_t>(days * kSecondsPerDay);
  std::tm utc{};
  gmtime_r(&then, &utc);
  char text[32];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S.000Z", &utc)};
}

}  // namespace

absl::StatusOr<std::unique_ptr<Service>> Service::Open(const ServiceOptions& options) {
  std::unique_ptr<Service> service(new Service(options));
  auto archive = LiveArchive::Open(options.archive);
  if (!archive.ok()) return archive.status();
  service->archive_ = *std::move(archive);
  std::string folder = options.archive;
  while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
  const std::string data = options.data.empty() ? folder + ".desk" : options.data;
  auto desk = Desk::Open(data);
  if (!desk.ok()) return desk.status();
  service->desk_ = *std::move(desk);
  service->views_ = std::make_unique<ReportViews>(data + "/views");
  service->events_ = std::make_unique<EventHub>(*service->desk_);
  service->erasures_ = service->desk_->Subscribe([self = service.get()](const Change& change) {
    if (change.action != "erased") return;
    {
      const std::lock_guard lock(self->mutex_);
      self->erased_.push_back(change.id);
    }
    self->wake_.notify_one();
  });
  service->audit_folders_ = {data, options.inputs};
  AuditJobsOptions jobs;
  jobs.folders = service->audit_folders_;
  jobs.threads = options.threads;
  jobs.log = options.log;
  service->jobs_ = std::make_unique<AuditJobs>(
      *service->desk_, service->engine_, [self = service.get()] { return self->archive_->Get(); }, jobs);
  service->house_ = std::thread([self = service.get()] { self->KeepHouse(); });
  return service;
}

Service::~Service() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  if (house_.joinable()) house_.join();
  jobs_.reset();
  erasures_.reset();
  events_.reset();
}

void Service::StopJobs() { jobs_->Stop(); }

void Service::EraseOldTexts() {
  if (options_.keep_texts_days <= 0) return;
  const std::string time = TimeBefore(options_.keep_texts_days);
  const std::string reason = "older than " + std::to_string(options_.keep_texts_days) + " days";
  // The next hour tries again.
  if (const auto erased = desk_->EraseOlderThan(time, reason, {kHousekeeper}); !erased.ok() && options_.log)
    options_.log("erasing old texts: " + std::string(StdView(erased.status().message())));
  jobs_->RemoveEndedBefore(time, {kHousekeeper});
}

void Service::RemoveErasedViews() {
  std::vector<int64_t> erased;
  {
    const std::lock_guard lock(mutex_);
    erased.swap(erased_);
  }
  for (const int64_t id : erased) views_->Remove(id);
}

void Service::KeepHouse() {
  // A process that ended between an erasure and the removal of its views left them.
  for (const int64_t id : views_->Cases()) {
    const auto row = desk_->GetCaseRow(id);
    if (row.ok() && row->erased) views_->Remove(id);
  }
  auto next = std::chrono::steady_clock::now();
  for (;;) {
    if (std::chrono::steady_clock::now() >= next) {
      EraseOldTexts();
      next += kHousekeeping;
    }
    RemoveErasedViews();
    std::unique_lock lock(mutex_);
    wake_.wait_until(lock, next, [this] { return ending_ || !erased_.empty(); });
    if (ending_ && erased_.empty()) return;
  }
}

absl::StatusOr<IndexedArticles> Service::AddArticles(std::vector<Article> articles) {
  const std::lock_guard lock(writing_);
  size_t next = 0;
  IndexArticlesOptions options;
  options.threads = 1;  // the other cores serve other requests
  auto counts = IndexArticles(
      engine_, options_.archive,
      [&]() -> std::optional<Article> {
        if (next == articles.size()) return std::nullopt;
        return std::move(articles[next++]);
      },
      options);
  if (!counts.ok()) return counts.status();
  if (absl::Status status = archive_->Refresh(); !status.ok()) return status;
  return counts;
}

absl::StatusOr<bool> Service::RemoveArticle(const std::string& id) {
  const std::lock_guard lock(writing_);
  auto writer = ArchiveWriter::Open(options_.archive);
  if (!writer.ok()) return writer.status();
  const auto removed = (*writer)->Remove(id);
  if (!removed.ok()) return removed.status();
  if (absl::Status status = (*writer)->Finish(); !status.ok()) return status;
  if (absl::Status status = archive_->Refresh(); !status.ok()) return status;
  return *removed;
}

}  // namespace unspin::server
