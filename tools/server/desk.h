// The rights desk's memory: cases, their history, licence rules and audit jobs, in a data folder.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/case_filter.h"
#include "server/desk_records.h"

namespace unspin::server {

struct DeskOptions {
  // The clock, in milliseconds since 1970; empty: the system's.
  std::function<int64_t()> now = {};
  // Attempts after which a job has failed that nobody finished.
  int64_t max_attempts = 3;
};

// One thread writes; what many threads want changed at once is committed together (WAL, synchronous=FULL). A function
// that changes something returns after the commit: what it acknowledged is on the disk. All functions may be called
// from many threads at once.
//
// Errors: NotFound; Aborted: another revision; FailedPrecondition: the case does not allow it; InvalidArgument: a bad
// word, a missing reason; AlreadyExists; ResourceExhausted: the disk is full; PermissionDenied: it cannot be written;
// Unavailable: another server has the folder; DataLoss: the database is damaged.
class Desk {
 public:
  // Creates the folder where it is missing.
  static absl::StatusOr<std::unique_ptr<Desk>> Open(const std::string& data_folder, DeskOptions options = {});
  ~Desk();  // waiting changes are committed first

  absl::StatusOr<OpenedCase> OpenCase(NewCase suspect, const Who& who);
  // The same for many, in one commit. A bad one does not keep the others out.
  std::vector<absl::StatusOr<OpenedCase>> OpenCases(std::vector<NewCase> suspects, const Who& who);
  absl::StatusOr<CasePage> FindCases(const CaseFilter& filter) const;
  absl::StatusOr<CaseRow> GetCaseRow(int64_t id) const;
  absl::StatusOr<Case> GetCase(int64_t id) const;
  // One line of JSON, also of earlier reports of a case. Gone with the case's texts.
  absl::StatusOr<std::string> GetReport(const std::string& report_id) const;
  // The case whose report this is or was, the latest where there are several, one with its texts before one without.
  absl::StatusOr<int64_t> CaseOfReport(const std::string& report_id) const;

  // A decision other than "none" needs a reason, and makes the state "decided"; "none" makes it "review".
  absl::Status Decide(int64_t id, int64_t revision, const std::string& decision, const std::string& reason,
                      const std::string& note, const Who& who);
  absl::Status Assign(int64_t id, int64_t revision, const std::string& assignee, const Who& who);
  absl::Status SetState(int64_t id, int64_t revision, const std::string& state, const Who& who);
  absl::Status AddNote(int64_t id, int64_t revision, const std::string& note, const Who& who);
  // `report`: the report that the engine made with this exclusion (or without it) and the others that hold.
  absl::StatusOr<Exclusion> Exclude(int64_t id, int64_t revision, const NewExclusion& what, const std::string& report,
                                    const Who& who);
  absl::Status UndoExclusion(int64_t id, int64_t revision, int64_t number, const std::string& report, const Who& who);
  // `report`: what the engine says today, with the exclusions that hold.
  absl::Status CheckAgain(int64_t id, int64_t revision, const std::string& report, const Who& who);
  // What was handed out goes into the log. The case and its revision stay as they are.
  absl::Status RecordPack(int64_t id, const std::string& pack_sha256, bool timestamped, const Who& who);
  absl::Status RecordNotice(int64_t id, const NewNotice& notice, const Who& who);
  // Erases the suspect's bytes and text, its title, reports and notes. Figures, hashes, address and decisions with
  // their reasons stay, and the log still verifies. `EraseOlderThan`: all cases created before `time`; returns how
  // many.
  absl::Status EraseText(int64_t id, int64_t revision, const std::string& reason, const Who& who);
  absl::StatusOr<int64_t> EraseOlderThan(const std::string& time, const std::string& reason, const Who& who);

  // `sort`: "cases", "first", "last", "originals" or "site"; '-' in front: descending.
  absl::StatusOr<std::vector<SiteCard>> ListSites(const std::string& sort, size_t limit) const;
  absl::StatusOr<SiteCard> GetSite(const std::string& site) const;
  // By publication, or by when the case was opened where that is unknown.
  absl::StatusOr<std::vector<OriginalCase>> OriginalCases(const std::string& original_id) const;

  // Cases follow the rules in the same change (server/licence_rules.h).
  absl::StatusOr<std::vector<StoredLicence>> ListLicences() const;
  absl::StatusOr<StoredLicence> AddLicence(const LicenceRule& rule, const Who& who);
  absl::StatusOr<StoredLicence> ChangeLicence(int64_t id, const LicenceRule& rule, const Who& who);
  absl::Status RemoveLicence(int64_t id, const Who& who);
  // All or nothing. `rules` are clean (ParseLicences); those that are there already stay. `replaces`: those that are
  // not among them are removed.
  absl::StatusOr<LicenceImport> ImportLicences(const std::vector<LicenceRule>& rules, bool replaces, const Who& who);

  absl::StatusOr<AuditJob> AddJob(const NewAuditJob& job, const Who& who);
  // The oldest job that waits, or whose lease has run out; nothing where there is none. Its `attempts` is the token
  // that the runner shows in the calls below; FailedPrecondition there: another runner has the job by now.
  absl::StatusOr<std::optional<AuditJob>> TakeJob(std::chrono::milliseconds lease);
  // Both say whether somebody wants the job to end.
  absl::StatusOr<bool> RenewLease(int64_t id, int64_t attempt, std::chrono::milliseconds lease);
  absl::StatusOr<bool> SaveProgress(int64_t id, int64_t attempt, const AuditProgress& progress,
                                    std::chrono::milliseconds lease);
  // At a clean stop: the job waits again, and the attempt does not count.
  absl::Status GiveJobBack(int64_t id, int64_t attempt, const AuditProgress& progress);
  // `error` empty: done, or cancelled where somebody wanted that.
  absl::Status FinishJob(int64_t id, int64_t attempt, const AuditProgress& progress, const std::string& error);
  absl::Status CancelJob(int64_t id, const Who& who);
  // A job that has ended leaves the lists, and its files are the caller's to remove. FailedPrecondition: it has not.
  absl::Status RemoveJob(int64_t id, const Who& who);
  // Whether a job that was not removed has this input.
  absl::StatusOr<bool> JobNeeds(const std::string& path) const;
  absl::StatusOr<std::vector<AuditJob>> ListJobs(size_t limit) const;  // the newest first
  absl::StatusOr<AuditJob> GetJob(int64_t id) const;

  // Lines of the log behind event `after`, each with its line feed; see event_chain.h.
  absl::StatusOr<std::string> LogLines(int64_t after, size_t limit) const;
  // The lines of a case, without line feeds, and without those of packs: the same case gives the same pack, however
  // often one is made.
  absl::StatusOr<std::vector<std::string>> CustodyOf(int64_t case_id) const;
  // Checks the chain, and what is stored against the hashes in it. `noted`: a head that was written down elsewhere;
  // without one, events that are missing at the end together with what they changed cannot be seen.
  absl::StatusOr<LogCheck> VerifyLog(const std::optional<LogHead>& noted = std::nullopt) const;
  absl::StatusOr<LogHead> GetLogHead() const;

  // Calls `listener` for each committed change, in order, on the thread that writes: it must not block and must not
  // call the desk. Destroy the subscription before what the listener uses; afterwards no call runs any more.
  class Subscription {
   public:
    virtual ~Subscription() = default;
  };
  std::unique_ptr<Subscription> Subscribe(std::function<void(const Change&)> listener);
  // Changes of the log behind event `after`, for those who come back.
  absl::StatusOr<std::vector<Change>> ChangesAfter(int64_t after, size_t limit) const;

 private:
  struct Parts;
  explicit Desk(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace unspin::server
