#include "server/desk.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <limits>
#include <system_error>
#include <utility>

#include "server/case_changes.h"
#include "server/case_filter.h"
#include "server/case_rows.h"
#include "server/case_search.h"
#include "server/change_feed.h"
#include "server/database.h"
#include "server/desk_schema.h"
#include "server/desk_writer.h"
#include "server/event_chain.h"
#include "server/job_queue.h"
#include "server/licence_rules.h"
#include "server/reader_pool.h"
#include "server/site_cards.h"
#include "server/utc_time.h"
#include "unspin/base/strings.h"
#include "unspin/io/file_lock.h"

namespace unspin::server {

namespace {

// A value that a change made, once the change is committed.
template <typename Value, typename Change>
absl::StatusOr<Value> DoFor(DeskWriter& writer, Change change) {
  absl::StatusOr<Value> value = absl::InternalError("the change did not run");
  absl::Status status = writer.Do([&](Writing& writing) {
    value = change(writing);
    return value.status();
  });
  if (!status.ok()) return status;
  return value;
}

}  // namespace

// The order matters: what is below uses what is above, and is destroyed before it.
struct Desk::Parts {
  Parts(FileLock held, DeskOptions chosen, const std::string& path, Database database)
      : lock(std::move(held)),
        options(std::move(chosen)),
        readers(path),
        writer(std::move(database), options.now, feed) {}

  template <typename Read>
  auto Reading(Read read) -> decltype(read(std::declval<const Database&>())) {
    absl::StatusOr<ReaderPool::Reader> reader = readers.Take();
    if (!reader.ok()) return reader.status();
    return read(**reader);
  }

  template <typename Apply>
  absl::Status Change(const Who& who, Apply apply) {
    if (absl::Status status = CheckWho(who); !status.ok()) return status;
    return writer.Do(std::move(apply));
  }

  template <typename Value, typename Apply>
  absl::StatusOr<Value> ChangeFor(const Who& who, Apply apply) {
    if (absl::Status status = CheckWho(who); !status.ok()) return status;
    return DoFor<Value>(writer, std::move(apply));
  }

  FileLock lock;
  DeskOptions options;
  ReaderPool readers;
  ChangeFeed feed;
  DeskWriter writer;
};

namespace {

// Cases that are erased in one transaction: their words leave the index together.
constexpr size_t kErasedAtOnce = 1000;

absl::Status MakeFolder(const std::string& folder) {
  std::error_code error;
  if (std::filesystem::is_directory(folder, error)) return absl::OkStatus();
  std::filesystem::create_directories(folder, error);
  // Suspects and notes are nobody else's business.
  if (!error) std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  if (!error) return absl::OkStatus();
  const std::string message = folder + ": cannot make the data folder: " + error.message();
  return absl::PermissionDeniedError(AbslView(message));
}

absl::StatusOr<FileLock> LockFolder(const std::string& folder) {
  if (::access(folder.c_str(), W_OK | X_OK) != 0) {
    const std::string message = folder +
                                ": cannot write to the data folder: " + std::generic_category().message(errno) +
                                "; check its owner and its rights, and that its disk is not mounted read-only";
    return absl::PermissionDeniedError(AbslView(message));
  }
  absl::StatusOr<FileLock> lock = LockFile(folder + "/lock");
  if (lock.ok()) return lock;
  if (!absl::IsUnavailable(lock.status())) return absl::PermissionDeniedError(lock.status().message());
  const std::string message =
      std::string(StdView(lock.status().message())) + ": another server has this data folder, or name another folder";
  return absl::UnavailableError(AbslView(message));
}

std::vector<absl::StatusOr<PreparedCase>> Prepared(std::vector<NewCase> suspects) {
  std::vector<absl::StatusOr<PreparedCase>> prepared;
  prepared.reserve(suspects.size());
  for (NewCase& suspect : suspects) {
    prepared.push_back(PrepareCase(suspect));
    suspect = NewCase();  // large ones need not lie there twice
  }
  return prepared;
}

absl::StatusOr<std::vector<int64_t>> CasesToErase(const Database& database, const std::string& time) {
  absl::StatusOr<Statement> rows =
      database.Prepare("SELECT id FROM cases WHERE created < ?1 AND erased = 0 ORDER BY created LIMIT ?2");
  if (!rows.ok()) return rows.status();
  rows->Bind(time, kErasedAtOnce);
  std::vector<int64_t> ids;
  for (;;) {
    absl::StatusOr<bool> row = rows->Step();
    if (!row.ok()) return row.status();
    if (!*row) return ids;
    ids.push_back(rows->Integer(0));
  }
}

// How many were erased.
absl::StatusOr<int64_t> EraseSome(Writing& writing, const std::string& time, const std::string& reason,
                                  const Who& who) {
  absl::StatusOr<std::vector<int64_t>> ids = CasesToErase(writing.database, time);
  if (!ids.ok()) return ids.status();
  for (const int64_t id : *ids) {
    if (absl::Status status = EraseCase(writing, id, kAnyRevision, reason, who); !status.ok()) return status;
  }
  if (ids->empty()) return 0;
  if (absl::Status status = ForgetUnindexedWords(writing.database, *ids); !status.ok()) return status;
  return static_cast<int64_t>(ids->size());
}

class FeedSubscription : public Desk::Subscription {
 public:
  explicit FeedSubscription(std::unique_ptr<ChangeFeed::Subscription> subscription)
      : subscription_(std::move(subscription)) {}

 private:
  std::unique_ptr<ChangeFeed::Subscription> subscription_;
};

}  // namespace

Desk::Desk(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Desk::~Desk() = default;

absl::StatusOr<std::unique_ptr<Desk>> Desk::Open(const std::string& data_folder, DeskOptions options) {
  if (absl::Status status = MakeFolder(data_folder); !status.ok()) return status;
  absl::StatusOr<FileLock> lock = LockFolder(data_folder);
  if (!lock.ok()) return lock.status();
  const std::string path = data_folder + "/desk.sqlite";
  absl::StatusOr<Database> database = Database::Open(path, Database::Mode::kWrite);
  if (!database.ok()) return database.status();
  if (absl::Status status = ClaimFile(*database, kDeskApplication); !status.ok()) return status;
  if (absl::Status status = CheckPages(*database); !status.ok()) return status;
  if (absl::Status status = Migrate(*database, DeskSchema()); !status.ok()) return status;
  if (!options.now) options.now = MillisecondsNow;
  auto parts = std::make_unique<Parts>(*std::move(lock), std::move(options), path, *std::move(database));
  // This process has the lock, so whoever had leases has ended.
  if (absl::Status status = parts->writer.Do(EndLeases); !status.ok()) return status;
  return std::unique_ptr<Desk>(new Desk(std::move(parts)));
}

absl::StatusOr<OpenedCase> Desk::OpenCase(NewCase suspect, const Who& who) {
  std::vector<NewCase> suspects;
  suspects.push_back(std::move(suspect));
  return std::move(OpenCases(std::move(suspects), who).front());
}

std::vector<absl::StatusOr<OpenedCase>> Desk::OpenCases(std::vector<NewCase> suspects, const Who& who) {
  const absl::Status known = CheckWho(who);
  std::vector<absl::StatusOr<OpenedCase>> opened(suspects.size(),
                                                 known.ok() ? absl::InternalError("the change did not run") : known);
  if (opened.empty() || !known.ok()) return opened;
  const std::vector<absl::StatusOr<PreparedCase>> prepared = Prepared(std::move(suspects));
  std::vector<DeskWriter::Task> tasks;
  for (size_t i = 0; i < prepared.size(); ++i) {
    tasks.push_back([&, i](Writing& writing) {
      opened[i] = prepared[i].ok() ? server::OpenCase(writing, *prepared[i], who) : prepared[i].status();
      return opened[i].status();
    });
  }
  const std::vector<absl::Status> results = parts_->writer.DoAll(std::move(tasks));
  for (size_t i = 0; i < results.size(); ++i) {
    if (!results[i].ok()) opened[i] = results[i];
  }
  return opened;
}

absl::StatusOr<CasePage> Desk::FindCases(const CaseFilter& filter) const {
  return parts_->Reading([&](const Database& database) { return FindCasesBy(database, filter); });
}

absl::StatusOr<CaseRow> Desk::GetCaseRow(int64_t id) const {
  return parts_->Reading([&](const Database& database) { return ReadCaseRow(database, id); });
}

absl::StatusOr<Case> Desk::GetCase(int64_t id) const {
  return parts_->Reading([&](const Database& database) { return ReadCase(database, id); });
}

absl::StatusOr<std::string> Desk::GetReport(const std::string& report_id) const {
  return parts_->Reading([&](const Database& database) { return ReadReport(database, report_id); });
}

absl::StatusOr<int64_t> Desk::CaseOfReport(const std::string& report_id) const {
  return parts_->Reading([&](const Database& database) { return FindCaseOfReport(database, report_id); });
}

absl::Status Desk::Decide(int64_t id, int64_t revision, const std::string& decision, const std::string& reason,
                          const std::string& note, const Who& who) {
  return parts_->Change(
      who, [&](Writing& writing) { return DecideCase(writing, id, revision, decision, reason, note, who); });
}

absl::Status Desk::Assign(int64_t id, int64_t revision, const std::string& assignee, const Who& who) {
  return parts_->Change(who, [&](Writing& writing) { return AssignCase(writing, id, revision, assignee, who); });
}

absl::Status Desk::SetState(int64_t id, int64_t revision, const std::string& state, const Who& who) {
  return parts_->Change(who, [&](Writing& writing) { return SetCaseState(writing, id, revision, state, who); });
}

absl::Status Desk::AddNote(int64_t id, int64_t revision, const std::string& note, const Who& who) {
  return parts_->Change(who, [&](Writing& writing) { return AddCaseNote(writing, id, revision, note, who); });
}

absl::StatusOr<Exclusion> Desk::Exclude(int64_t id, int64_t revision, const NewExclusion& what,
                                        const std::string& report, const Who& who) {
  absl::StatusOr<PreparedReport> prepared = PrepareReport(report);
  if (!prepared.ok()) return prepared.status();
  return parts_->ChangeFor<Exclusion>(
      who, [&](Writing& writing) { return ExcludeFromCase(writing, id, revision, what, *prepared, who); });
}

absl::Status Desk::UndoExclusion(int64_t id, int64_t revision, int64_t number, const std::string& report,
                                 const Who& who) {
  absl::StatusOr<PreparedReport> prepared = PrepareReport(report);
  if (!prepared.ok()) return prepared.status();
  return parts_->Change(
      who, [&](Writing& writing) { return UndoCaseExclusion(writing, id, revision, number, *prepared, who); });
}

absl::Status Desk::CheckAgain(int64_t id, int64_t revision, const std::string& report, const Who& who) {
  absl::StatusOr<PreparedReport> prepared = PrepareReport(report);
  if (!prepared.ok()) return prepared.status();
  return parts_->Change(who, [&](Writing& writing) { return CheckCaseAgain(writing, id, revision, *prepared, who); });
}

absl::Status Desk::RecordPack(int64_t id, const std::string& pack_sha256, bool timestamped, const Who& who) {
  return parts_->Change(
      who, [&](Writing& writing) { return server::RecordPack(writing, id, pack_sha256, timestamped, who); });
}

absl::Status Desk::RecordNotice(int64_t id, const NewNotice& notice, const Who& who) {
  return parts_->Change(who, [&](Writing& writing) { return server::RecordNotice(writing, id, notice, who); });
}

absl::Status Desk::EraseText(int64_t id, int64_t revision, const std::string& reason, const Who& who) {
  return parts_->Change(who, [&](Writing& writing) {
    absl::Status status = EraseCase(writing, id, revision, reason, who);
    return status.ok() ? ForgetUnindexedWords(writing.database, {&id, 1}) : status;
  });
}

absl::StatusOr<int64_t> Desk::EraseOlderThan(const std::string& time, const std::string& reason, const Who& who) {
  int64_t erased = 0;
  for (;;) {
    absl::StatusOr<int64_t> some =
        parts_->ChangeFor<int64_t>(who, [&](Writing& writing) { return EraseSome(writing, time, reason, who); });
    if (!some.ok()) return some;
    if (*some == 0) return erased;
    erased += *some;
  }
}

absl::StatusOr<std::vector<SiteCard>> Desk::ListSites(const std::string& sort, size_t limit) const {
  const std::string today = UtcTime(parts_->options.now());
  absl::StatusOr<std::vector<SiteCard>> sites =
      parts_->Reading([&](const Database& database) { return ReadSites(database, today); });
  if (!sites.ok()) return sites;
  if (absl::Status status = SortSites(*sites, sort); !status.ok()) return status;
  if (sites->size() > limit) sites->erase(sites->begin() + static_cast<ptrdiff_t>(limit), sites->end());
  return sites;
}

absl::StatusOr<SiteCard> Desk::GetSite(const std::string& site) const {
  const std::string today = UtcTime(parts_->options.now());
  return parts_->Reading([&](const Database& database) { return ReadSite(database, site, today); });
}

absl::StatusOr<std::vector<OriginalCase>> Desk::OriginalCases(const std::string& original_id) const {
  return parts_->Reading([&](const Database& database) { return ReadOriginalCases(database, original_id); });
}

absl::StatusOr<std::vector<StoredLicence>> Desk::ListLicences() const {
  return parts_->Reading([&](const Database& database) { return ReadLicences(database); });
}

absl::StatusOr<StoredLicence> Desk::AddLicence(const LicenceRule& rule, const Who& who) {
  return parts_->ChangeFor<StoredLicence>(who, [&](Writing& writing) { return AddLicenceRule(writing, rule, who); });
}

absl::StatusOr<StoredLicence> Desk::ChangeLicence(int64_t id, const LicenceRule& rule, const Who& who) {
  return parts_->ChangeFor<StoredLicence>(who,
                                          [&](Writing& writing) { return ChangeLicenceRule(writing, id, rule, who); });
}

absl::StatusOr<LicenceImport> Desk::ImportLicences(const std::vector<LicenceRule>& rules, bool replaces,
                                                   const Who& who) {
  return parts_->ChangeFor<LicenceImport>(
      who, [&](Writing& writing) { return ImportLicenceRules(writing, rules, replaces, who); });
}

absl::Status Desk::RemoveLicence(int64_t id, const Who& who) {
  return parts_->Change(who, [&](Writing& writing) { return RemoveLicenceRule(writing, id, who); });
}

absl::StatusOr<AuditJob> Desk::AddJob(const NewAuditJob& job, const Who& who) {
  return parts_->ChangeFor<AuditJob>(who, [&](Writing& writing) { return AddAuditJob(writing, job, who); });
}

absl::StatusOr<std::optional<AuditJob>> Desk::TakeJob(std::chrono::milliseconds lease) {
  return DoFor<std::optional<AuditJob>>(parts_->writer, [&](Writing& writing) {
    return TakeAuditJob(writing, lease.count(), parts_->options.max_attempts);
  });
}

absl::StatusOr<bool> Desk::RenewLease(int64_t id, int64_t attempt, std::chrono::milliseconds lease) {
  return DoFor<bool>(parts_->writer,
                     [&](Writing& writing) { return KeepAuditJob(writing, id, attempt, nullptr, lease.count()); });
}

absl::StatusOr<bool> Desk::SaveProgress(int64_t id, int64_t attempt, const AuditProgress& progress,
                                        std::chrono::milliseconds lease) {
  return DoFor<bool>(parts_->writer,
                     [&](Writing& writing) { return KeepAuditJob(writing, id, attempt, &progress, lease.count()); });
}

absl::Status Desk::GiveJobBack(int64_t id, int64_t attempt, const AuditProgress& progress) {
  return parts_->writer.Do([&](Writing& writing) { return GiveAuditJobBack(writing, id, attempt, progress); });
}

absl::Status Desk::FinishJob(int64_t id, int64_t attempt, const AuditProgress& progress, const std::string& error) {
  return parts_->writer.Do([&](Writing& writing) { return FinishAuditJob(writing, id, attempt, progress, error); });
}

absl::Status Desk::CancelJob(int64_t id, const Who& who) {
  return parts_->Change(who, [&](Writing& writing) { return CancelAuditJob(writing, id, who); });
}

absl::Status Desk::RemoveJob(int64_t id, const Who& who) {
  return parts_->Change(who, [&](Writing& writing) { return RemoveAuditJob(writing, id, who); });
}

absl::StatusOr<bool> Desk::JobNeeds(const std::string& path) const {
  return parts_->Reading([&](const Database& database) { return NeedsPath(database, path); });
}

absl::StatusOr<std::vector<AuditJob>> Desk::ListJobs(size_t limit) const {
  return parts_->Reading([&](const Database& database) { return ReadJobs(database, limit); });
}

absl::StatusOr<AuditJob> Desk::GetJob(int64_t id) const {
  return parts_->Reading([&](const Database& database) { return ReadJob(database, id); });
}

absl::StatusOr<std::string> Desk::LogLines(int64_t after, size_t limit) const {
  return parts_->Reading([&](const Database& database) -> absl::StatusOr<std::string> {
    std::string lines;
    absl::Status status = ReadEvents(database, after, limit, [&](const Event& event) {
      lines += EventLine(event);
      lines += '\n';
    });
    if (!status.ok()) return status;
    return lines;
  });
}

absl::StatusOr<std::vector<std::string>> Desk::CustodyOf(int64_t case_id) const {
  return parts_->Reading([&](const Database& database) -> absl::StatusOr<std::vector<std::string>> {
    std::vector<std::string> lines;
    absl::Status status = ReadEventsOf(database, "case", case_id, [&](const Event& event) {
      if (event.action != "packed") lines.push_back(EventLine(event));
    });
    if (!status.ok()) return status;
    return lines;
  });
}

absl::StatusOr<LogCheck> Desk::VerifyLog(const std::optional<LogHead>& noted) const {
  return parts_->Reading([&](const Database& database) -> absl::StatusOr<LogCheck> {
    absl::StatusOr<Transaction> one_state = Transaction::BeginReading(database);
    if (!one_state.ok()) return one_state.status();
    absl::StatusOr<LogCheck> check = CheckChain(database, noted);
    if (!check.ok() || !check->whole) return check;
    absl::StatusOr<std::string> problem = ProblemOfCases(database);
    if (!problem.ok()) return problem.status();
    check->problem = *std::move(problem);
    check->whole = check->problem.empty();
    return check;
  });
}

absl::StatusOr<LogHead> Desk::GetLogHead() const { return parts_->Reading(HeadOfChain); }

std::unique_ptr<Desk::Subscription> Desk::Subscribe(std::function<void(const Change&)> listener) {
  return std::make_unique<FeedSubscription>(parts_->feed.Subscribe(std::move(listener)));
}

absl::StatusOr<std::vector<Change>> Desk::ChangesAfter(int64_t after, size_t limit) const {
  return parts_->Reading([&](const Database& database) -> absl::StatusOr<std::vector<Change>> {
    std::vector<Change> changes;
    absl::Status status = ReadEvents(database, after, limit, [&](const Event& event) {
      changes.push_back({event.seq, event.subject, event.subject_id, event.action, event.person});
    });
    if (!status.ok()) return status;
    return changes;
  });
}

}  // namespace unspin::server
