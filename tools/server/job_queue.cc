#include "server/job_queue.h"

#include <charconv>
#include <string_view>
#include <utility>

#include <simdjson.h>

#include "render/json_writer.h"
#include "server/event_chain.h"
#include "server/utc_time.h"
#include "unspin/base/strings.h"
#include "unspin/json/json_parser.h"
#include "unspin/json/json_text.h"

namespace unspin::server {

const char* const kJobTables = R"sql(
CREATE TABLE audit_job(
  id INTEGER PRIMARY KEY, state TEXT NOT NULL, name TEXT NOT NULL, path TEXT NOT NULL, options TEXT NOT NULL,
  person TEXT NOT NULL, created TEXT NOT NULL, started TEXT NOT NULL, ended TEXT NOT NULL, error TEXT NOT NULL,
  suspects INTEGER NOT NULL, bytes_done INTEGER NOT NULL, bytes_total INTEGER NOT NULL, by_verdict TEXT NOT NULL,
  resume TEXT NOT NULL, attempts INTEGER NOT NULL, cancelled INTEGER NOT NULL, lease_until TEXT NOT NULL) STRICT;
CREATE INDEX audit_job_state ON audit_job(state, id);
)sql";

namespace {

constexpr const char* kJobColumns =
    "SELECT id, state, name, path, options, person, created, started, ended, error, suspects, bytes_done, bytes_total, "
    "by_verdict, resume, attempts, cancelled, lease_until FROM audit_job ";

std::string CountsAsJson(const std::map<std::string, int64_t>& counts) {
  JsonWriter json;
  json.BeginObject();
  for (const auto& [word, count] : counts) {
    json.TextKey(word);
    json.Number(count);
  }
  json.EndObject();
  return json.Take();
}

// Of CountsAsJson; its keys are words of verdicts, which nothing escapes.
std::map<std::string, int64_t> CountsOfJson(std::string_view json) {
  std::map<std::string, int64_t> counts;
  for (const auto& [word, value] : RawJsonFields(json)) {
    int64_t count = 0;
    std::from_chars(value.data(), value.data() + value.size(), count);
    counts[std::string(word)] = count;
  }
  return counts;
}

// The column `resume` has the records that were left out: {"bad":2,"examples":["…","…"]}; empty: none.
std::string BadAsJson(const AuditProgress& progress) {
  if (progress.bad == 0) return "";
  JsonWriter json;
  json.BeginObject();
  json.Field("bad", progress.bad);
  json.Key("examples");
  json.BeginArray();
  for (const std::string& example : progress.bad_examples) json.Text(example);
  json.EndArray();
  json.EndObject();
  return json.Take();
}

void ReadBad(std::string_view text, AuditProgress& progress) {
  JsonParser parser;
  simdjson::dom::element value;
  if (text.empty() || parser.Parse(text).get(value) != simdjson::SUCCESS) return;
  if (const auto bad = JsonField(value, "bad"); bad && bad->get(progress.bad) != simdjson::SUCCESS) progress.bad = 0;
  simdjson::dom::array examples;
  const auto list = JsonField(value, "examples");
  if (!list || list->get(examples) != simdjson::SUCCESS) return;
  for (const simdjson::dom::element example : examples) {
    std::string_view sentence;
    if (example.get(sentence) == simdjson::SUCCESS) progress.bad_examples.emplace_back(sentence);
  }
}

AuditJob JobOf(const Statement& row) {
  AuditJob job;
  job.id = row.Integer(0);
  job.state = row.Text(1);
  job.what = {row.Text(2), row.Text(3), row.Text(4), row.Integer(12)};
  job.person = row.Text(5);
  job.created = row.Text(6);
  job.started = row.Text(7);
  job.ended = row.Text(8);
  job.error = row.Text(9);
  job.progress = {row.Integer(10), row.Integer(11), row.Integer(12), CountsOfJson(row.View(13)), 0, {}};
  ReadBad(row.View(14), job.progress);
  job.attempts = row.Integer(15);
  job.cancelled = row.Integer(16) != 0;
  job.lease_until = row.Text(17);
  return job;
}

absl::Status NoSuchJob(int64_t id) {
  const std::string message = "there is no audit " + std::to_string(id);
  return absl::NotFoundError(AbslView(message));
}

absl::Status Record(Writing& writing, int64_t id, const std::string& person, const char* action, EventDetails details) {
  Event event;
  event.time = writing.now;
  event.person = person;
  event.action = action;
  event.subject = "audit";
  event.subject_id = id;
  absl::StatusOr<Event> added = AppendEvent(writing.database, std::move(event), std::move(details));
  if (added.ok()) writing.changes.push_back({added->seq, "audit", id, action, person});
  return added.status();
}

absl::Status End(Writing& writing, const AuditJob& job, const char* state, const std::string& error) {
  absl::Status status =
      writing.database.Run("UPDATE audit_job SET state = ?2, ended = ?3, error = ?4, lease_until = '' WHERE id = ?1",
                           job.id, state, writing.now, error);
  if (!status.ok()) return status;
  EventDetails details;
  details.Add("state", state).Add("suspects", job.progress.suspects).Add("bad", job.progress.bad).Add("error", error);
  return Record(writing, job.id, job.person, "audit-ended", std::move(details));
}

// The job, if this attempt still has it.
absl::StatusOr<AuditJob> JobOfAttempt(const Database& database, int64_t id, int64_t attempt) {
  absl::StatusOr<AuditJob> job = ReadJob(database, id);
  if (!job.ok() || (job->state == "running" && job->attempts == attempt)) return job;
  const std::string message = "audit " + std::to_string(id) + " is " + job->state + " in attempt " +
                              std::to_string(job->attempts) + ", and no longer that of attempt " +
                              std::to_string(attempt);
  return absl::FailedPreconditionError(AbslView(message));
}

absl::Status SetProgress(Writing& writing, int64_t id, const AuditProgress& progress) {
  writing.changes.push_back({0, "audit", id, "progress", ""});
  return writing.database.Run(
      "UPDATE audit_job SET suspects = ?2, bytes_done = ?3, bytes_total = ?4, by_verdict = ?5, resume = ?6 "
      "WHERE id = ?1",
      id, progress.suspects, progress.bytes_done, progress.bytes_total, CountsAsJson(progress.by_verdict),
      BadAsJson(progress));
}

absl::StatusOr<std::optional<AuditJob>> NextJob(const Database& database, const std::string& now) {
  absl::StatusOr<Statement> rows =
      database.Prepare(std::string(kJobColumns) +
                       "WHERE state = 'queued' OR (state = 'running' AND lease_until < ?1) ORDER BY id LIMIT 1");
  if (!rows.ok()) return rows.status();
  absl::StatusOr<bool> row = rows->Bind(now).Step();
  if (!row.ok()) return row.status();
  if (!*row) return std::nullopt;
  return JobOf(*rows);
}

}  // namespace

absl::StatusOr<AuditJob> ReadJob(const Database& database, int64_t id) {
  absl::StatusOr<Statement> rows = database.Prepare(std::string(kJobColumns) + "WHERE id = ?1");
  if (!rows.ok()) return rows.status();
  absl::StatusOr<bool> row = rows->Bind(id).Step();
  if (!row.ok()) return row.status();
  if (!*row) return NoSuchJob(id);
  return JobOf(*rows);
}

absl::StatusOr<std::vector<AuditJob>> ReadJobs(const Database& database, size_t limit) {
  absl::StatusOr<Statement> rows =
      database.Prepare(std::string(kJobColumns) + "WHERE state != 'removed' ORDER BY id DESC LIMIT ?1");
  if (!rows.ok()) return rows.status();
  rows->Bind(limit);
  std::vector<AuditJob> jobs;
  for (;;) {
    absl::StatusOr<bool> row = rows->Step();
    if (!row.ok()) return row.status();
    if (!*row) return jobs;
    jobs.push_back(JobOf(*rows));
  }
}

absl::StatusOr<bool> NeedsPath(const Database& database, const std::string& path) {
  absl::StatusOr<int64_t> jobs =
      database.Integer("SELECT count(*) FROM audit_job WHERE path = ?1 AND state != 'removed'", path);
  if (!jobs.ok()) return jobs.status();
  return *jobs > 0;
}

absl::StatusOr<AuditJob> AddAuditJob(Writing& writing, const NewAuditJob& job, const Who& who) {
  absl::Status status = writing.database.Run(
      "INSERT INTO audit_job(state, name, path, options, person, created, started, ended, error, suspects, bytes_done, "
      "bytes_total, by_verdict, resume, attempts, cancelled, lease_until) "
      "VALUES('queued', ?1, ?2, ?3, ?4, ?5, '', '', '', 0, 0, ?6, '{}', '', 0, 0, '')",
      job.name, job.path, job.options, who.person, writing.now, job.bytes_total);
  if (!status.ok()) return status;
  const int64_t id = writing.database.last_row_id();
  EventDetails details;
  details.Add("name", job.name).Add("bytes", job.bytes_total);
  status = Record(writing, id, who.person, "audit-added", std::move(details));
  if (!status.ok()) return status;
  return ReadJob(writing.database, id);
}

absl::StatusOr<std::optional<AuditJob>> TakeAuditJob(Writing& writing, int64_t lease_milliseconds,
                                                     int64_t max_attempts) {
  for (;;) {
    absl::StatusOr<std::optional<AuditJob>> job = NextJob(writing.database, writing.now);
    if (!job.ok() || !*job) return job;
    const int64_t id = (*job)->id;
    if ((*job)->attempts >= max_attempts) {
      const std::string error = "given up after " + std::to_string(max_attempts) + " attempts that did not end";
      if (absl::Status status = End(writing, **job, "failed", error); !status.ok()) return status;
      continue;
    }
    if ((*job)->cancelled) {  // its runner has gone
      if (absl::Status status = End(writing, **job, "cancelled", ""); !status.ok()) return status;
      continue;
    }
    absl::Status status = writing.database.Run(
        "UPDATE audit_job SET state = 'running', attempts = attempts + 1, lease_until = ?2, "
        "started = CASE started WHEN '' THEN ?3 ELSE started END WHERE id = ?1",
        id, UtcTime(writing.now_milliseconds + lease_milliseconds), writing.now);
    if (!status.ok()) return status;
    writing.changes.push_back({0, "audit", id, "progress", ""});
    absl::StatusOr<AuditJob> taken = ReadJob(writing.database, id);
    if (!taken.ok()) return taken.status();
    return std::optional(*std::move(taken));
  }
}

absl::StatusOr<bool> KeepAuditJob(Writing& writing, int64_t id, int64_t attempt, const AuditProgress* progress,
                                  int64_t lease_milliseconds) {
  absl::StatusOr<AuditJob> job = JobOfAttempt(writing.database, id, attempt);
  if (!job.ok()) return job.status();
  if (progress != nullptr) {
    if (absl::Status status = SetProgress(writing, id, *progress); !status.ok()) return status;
  }
  absl::Status status = writing.database.Run("UPDATE audit_job SET lease_until = ?2 WHERE id = ?1", id,
                                             UtcTime(writing.now_milliseconds + lease_milliseconds));
  if (!status.ok()) return status;
  return job->cancelled;
}

absl::Status GiveAuditJobBack(Writing& writing, int64_t id, int64_t attempt, const AuditProgress& progress) {
  absl::StatusOr<AuditJob> job = JobOfAttempt(writing.database, id, attempt);
  if (!job.ok()) return job.status();
  if (absl::Status status = SetProgress(writing, id, progress); !status.ok()) return status;
  return writing.database.Run(
      "UPDATE audit_job SET state = 'queued', attempts = attempts - 1, lease_until = '' WHERE id = ?1", id);
}

absl::Status FinishAuditJob(Writing& writing, int64_t id, int64_t attempt, const AuditProgress& progress,
                            const std::string& error) {
  absl::StatusOr<AuditJob> job = JobOfAttempt(writing.database, id, attempt);
  if (!job.ok()) return job.status();
  if (absl::Status status = SetProgress(writing, id, progress); !status.ok()) return status;
  job->progress = progress;
  return End(writing, *job, !error.empty() ? "failed" : job->cancelled ? "cancelled" : "done", error);
}

absl::Status CancelAuditJob(Writing& writing, int64_t id, const Who& who) {
  absl::StatusOr<AuditJob> job = ReadJob(writing.database, id);
  if (!job.ok()) return job.status();
  if (job->state != "queued" && job->state != "running") {
    const std::string message = "audit " + std::to_string(id) + " has ended: it is " + job->state;
    return absl::FailedPreconditionError(AbslView(message));
  }
  if (job->cancelled) return absl::OkStatus();
  absl::Status status = writing.database.Run("UPDATE audit_job SET cancelled = 1 WHERE id = ?1", id);
  if (status.ok()) status = Record(writing, id, who.person, "audit-cancelled", EventDetails());
  if (!status.ok() || job->state == "running") return status;  // its runner ends it
  return End(writing, *job, "cancelled", "");
}

absl::Status RemoveAuditJob(Writing& writing, int64_t id, const Who& who) {
  absl::StatusOr<AuditJob> job = ReadJob(writing.database, id);
  if (!job.ok()) return job.status();
  if (job->state == "removed") return absl::OkStatus();
  if (job->state == "queued" || job->state == "running") {
    const std::string message = "audit " + std::to_string(id) + " is " + job->state + "; cancel it first";
    return absl::FailedPreconditionError(AbslView(message));
  }
  absl::Status status = writing.database.Run("UPDATE audit_job SET state = 'removed' WHERE id = ?1", id);
  if (!status.ok()) return status;
  EventDetails details;
  return Record(writing, id, who.person, "audit-removed", std::move(details.Add("name", job->what.name)));
}

absl::Status EndLeases(Writing& writing) {
  return writing.database.Run("UPDATE audit_job SET lease_until = '' WHERE state = 'running'");
}

}  // namespace unspin::server
