// Audit jobs that wait, run under a lease, and end; each change in an open transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/database.h"
#include "server/desk_records.h"
#include "server/desk_writer.h"

namespace unspin::server {

// SQL that makes the table of jobs.
extern const char* const kJobTables;

absl::StatusOr<AuditJob> ReadJob(const Database& database, int64_t id);
absl::StatusOr<std::vector<AuditJob>> ReadJobs(const Database& database, size_t limit);

// Whether a job that was not removed has this input.
absl::StatusOr<bool> NeedsPath(const Database& database, const std::string& path);
absl::StatusOr<AuditJob> AddAuditJob(Writing& writing, const NewAuditJob& job, const Who& who);
// The oldest job that waits, or whose lease has run out. Jobs that were taken `max_attempts` times fail.
absl::StatusOr<std::optional<AuditJob>> TakeAuditJob(Writing& writing, int64_t lease_milliseconds,
                                                     int64_t max_attempts);
// Without progress only the lease is renewed. Says whether somebody wants the job to end.
absl::StatusOr<bool> KeepAuditJob(Writing& writing, int64_t id, int64_t attempt, const AuditProgress* progress,
                                  int64_t lease_milliseconds);
absl::Status GiveAuditJobBack(Writing& writing, int64_t id, int64_t attempt, const AuditProgress& progress);
absl::Status FinishAuditJob(Writing& writing, int64_t id, int64_t attempt, const AuditProgress& progress,
                            const std::string& error);
// Of a job that has ended: it is in no list any more. Nothing where it was removed before.
absl::Status RemoveAuditJob(Writing& writing, int64_t id, const Who& who);
absl::Status CancelAuditJob(Writing& writing, int64_t id, const Who& who);
// The server that had the leases has ended.
absl::Status EndLeases(Writing& writing);

}  // namespace unspin::server
