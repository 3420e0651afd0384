#include "server/case_rows.h"

#include <algorithm>
#include <utility>

#include "server/event_chain.h"
#include "server/packed_bytes.h"
#include "unspin/base/sha256.h"
#include "unspin/base/strings.h"

namespace unspin::server {

// A suspect's text is null where it equals its bytes. A report is stored once for each case that has or had it;
// erased, it is empty, so that its address can say so.
const char* const kCaseTables = R"sql(
CREATE TABLE cases(
  id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, state TEXT NOT NULL, decision TEXT NOT NULL, reason TEXT NOT NULL,
  verdict TEXT NOT NULL, probability REAL NOT NULL, coverage_original REAL, coverage_suspect REAL, rewrite REAL,
  site TEXT NOT NULL, url TEXT NOT NULL, title TEXT NOT NULL, suspect_id TEXT NOT NULL, original_id TEXT NOT NULL,
  original_title TEXT NOT NULL, licence TEXT NOT NULL, assignee TEXT NOT NULL, published TEXT NOT NULL,
  created TEXT NOT NULL, updated TEXT NOT NULL, report TEXT NOT NULL, erased INTEGER NOT NULL, name TEXT NOT NULL,
  file_sha256 TEXT NOT NULL, text_sha256 TEXT NOT NULL, audit INTEGER NOT NULL,
  report_sha256 TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX case_suspect ON cases(file_sha256, url) WHERE erased = 0;
CREATE TABLE suspect(
  case_id INTEGER PRIMARY KEY REFERENCES cases(id), content_type TEXT NOT NULL, bytes BLOB NOT NULL, text BLOB) STRICT;
CREATE TABLE report(
  id TEXT NOT NULL, case_id INTEGER NOT NULL REFERENCES cases(id), json BLOB NOT NULL, sha256 TEXT NOT NULL,
  PRIMARY KEY(case_id, sha256)) STRICT;
CREATE INDEX report_id ON report(id);
CREATE TABLE finding(
  original TEXT NOT NULL, case_id INTEGER NOT NULL REFERENCES cases(id), finding_verdict TEXT NOT NULL,
  finding_probability REAL NOT NULL, finding_coverage REAL, PRIMARY KEY(original, case_id)) STRICT, WITHOUT ROWID;
CREATE INDEX finding_case ON finding(case_id);
CREATE TABLE exclusion(
  case_id INTEGER NOT NULL REFERENCES cases(id), number INTEGER NOT NULL, kind TEXT NOT NULL, span_begin INTEGER NOT NULL,
  span_end INTEGER NOT NULL, original TEXT NOT NULL, reason TEXT NOT NULL, person TEXT NOT NULL, time TEXT NOT NULL,
  undone TEXT NOT NULL, undone_by TEXT NOT NULL, PRIMARY KEY(case_id, number)) STRICT, WITHOUT ROWID;
)sql";

const char* const kCaseColumns =
    "id, revision, state, decision, reason, verdict, probability, coverage_original, coverage_suspect, rewrite, site, "
    "url, title, suspect_id, original_id, original_title, licence, assignee, published, created, updated, report, "
    "erased, name, file_sha256, text_sha256, audit, report_sha256, licence_text";

namespace {

absl::Status NoSuchCase(int64_t id) {
  const std::string message = "there is no case " + std::to_string(id);
  return absl::NotFoundError(AbslView(message));
}

absl::Status NoSuchReport(const std::string& report_id) {
  const std::string message = "there is no report " + report_id + ", or it was erased";
  return absl::NotFoundError(AbslView(message));
}

std::string CaseName(int64_t id) { return "case " + std::to_string(id); }

// What `problem_of` says of the first row of a query that has a problem; empty where none has.
template <typename ProblemOf>
absl::StatusOr<std::string> FirstProblem(const Database& database, const char* query, ProblemOf problem_of) {
  absl::StatusOr<Statement> rows = database.Prepare(query);
  if (!rows.ok()) return rows.status();
  for (;;) {
    absl::StatusOr<bool> row = rows->Step();
    if (!row.ok()) return row.status();
    if (!*row) return "";
    std::string problem = problem_of(*rows);
    if (!problem.empty()) return problem;
  }
}

// The problem with what the log says of each case and what its row says.
absl::StatusOr<std::string> ProblemOfRows(const Database& database) {
  const char* const query =
      "SELECT coalesce(id, subject_id), revision, events FROM "
      "(SELECT subject_id, count(*) FILTER (WHERE action NOT IN ('packed', 'noticed')) AS events "
      "FROM event WHERE subject = 'case' GROUP BY subject_id) "
      "LEFT JOIN cases ON id = subject_id "
      "UNION ALL SELECT id, revision, 0 FROM cases "
      "WHERE id NOT IN (SELECT subject_id FROM event WHERE subject = 'case')";
  return FirstProblem(database, query, [](const Statement& row) -> std::string {
    const std::string name = CaseName(row.Integer(0));
    if (row.IsNull(1)) return name + " is missing, and the log has events of it";
    if (row.Integer(1) != row.Integer(2)) {
      return name + " was changed " + std::to_string(row.Integer(1)) + " times, and the log has " +
             std::to_string(row.Integer(2)) + " events of it";
    }
    return "";
  });
}

absl::StatusOr<std::string> ProblemOfSuspects(const Database& database) {
  const char* const query =
      "SELECT c.id, c.erased, c.file_sha256, c.text_sha256, s.bytes, s.text, "
      "e.details ->> 'file_sha256', e.details ->> 'text_sha256' FROM cases c LEFT JOIN suspect s ON s.case_id = c.id "
      "LEFT JOIN event e ON e.subject = 'case' AND e.subject_id = c.id AND e.action = 'opened'";
  return FirstProblem(database, query, [](const Statement& row) -> std::string {
    const std::string name = CaseName(row.Integer(0));
    if (row.View(2) != row.View(6) || row.View(3) != row.View(7)) {
      return "the hashes of the suspect of " + name + " are not those in the log";
    }
    if (row.Integer(1) != 0) return "";
    absl::StatusOr<std::string> bytes = UnpackBytes(row.View(4));
    absl::StatusOr<std::string> text = row.IsNull(5) ? bytes : UnpackBytes(row.View(5));
    if (!bytes.ok() || Sha256Hex(*bytes) != row.View(2)) return "the suspect of " + name + " was changed";
    if (!text.ok() || Sha256Hex(*text) != row.View(3)) return "the text of the suspect of " + name + " was changed";
    return "";
  });
}

// The last event that brings a report tells which one holds.
absl::StatusOr<std::string> ProblemOfReports(const Database& database) {
  const char* const query =
      "SELECT c.id, e.action, e.details ->> 'report', e.details ->> 'report_sha256', r.json, "
      "e.seq = max(e.seq) OVER (PARTITION BY c.id), c.report_sha256, c.erased "
      "FROM event e JOIN cases c ON e.subject = 'case' AND e.subject_id = c.id "
      "LEFT JOIN report r ON r.case_id = c.id AND r.sha256 = e.details ->> 'report_sha256' "
      "WHERE e.action IN ('opened', 'excluded', 'exclusion-undone', 'checked-again')";
  return FirstProblem(database, query, [](const Statement& row) -> std::string {
    const std::string name = CaseName(row.Integer(0));
    if (row.Integer(5) != 0 && row.View(3) != row.View(6)) {
      return "the report of " + name + " is not the one in the log";
    }
    if (row.Integer(7) != 0) return "";
    absl::StatusOr<std::string> json = UnpackBytes(row.View(4));
    if (!json.ok() || Sha256Hex(*json) != row.View(3)) {
      return "the report " + row.Text(2) + " of " + name + " was changed";
    }
    return "";
  });
}

// A case's decision is that of its last event of this kind. States, assignees and licences are not compared.
absl::StatusOr<std::string> ProblemOfDecisions(const Database& database) {
  const char* const query =
      "SELECT c.id, c.decision FROM cases c WHERE c.decision IS NOT coalesce((SELECT e.details ->> 'decision' "
      "FROM event e WHERE e.subject = 'case' AND e.subject_id = c.id AND e.action = 'decided' "
      "ORDER BY e.seq DESC LIMIT 1), 'none') LIMIT 1";
  return FirstProblem(database, query, [](const Statement& row) -> std::string {
    return "the decision of " + CaseName(row.Integer(0)) + ", " + row.Text(1) + ", is not the one in the log";
  });
}

// A text of the log is there unless its case was erased behind it, which takes its notes and the reasons of notices.
absl::StatusOr<std::string> ProblemOfMissingTexts(const Database& database) {
  const char* const query =
      "SELECT e.seq, field.key FROM event e, json_each(e.details) field "
      "WHERE field.type = 'object' AND field.value ->> 'sha256' IS NOT NULL "
      "AND NOT EXISTS (SELECT 1 FROM event_text t WHERE t.seq = e.seq AND t.key = field.key) "
      "AND NOT ((field.key = 'note' OR (field.key = 'reason' AND e.action = 'noticed')) AND EXISTS (SELECT 1 FROM "
      "event later WHERE later.subject = e.subject "
      "AND later.subject_id = e.subject_id AND later.action = 'erased' AND later.seq > e.seq)) LIMIT 1";
  return FirstProblem(database, query, [](const Statement& row) -> std::string {
    return "the " + row.Text(1) + " of event " + std::to_string(row.Integer(0)) + " is missing";
  });
}

// The report that holds; empty where it was erased.
absl::StatusOr<std::string> ReadReportOf(const Database& database, const CaseRow& row) {
  if (row.erased) return "";
  absl::StatusOr<Statement> rows = database.Prepare("SELECT json FROM report WHERE case_id = ?1 AND sha256 = ?2");
  if (!rows.ok()) return rows.status();
  absl::StatusOr<bool> found = rows->Bind(row.id, row.report_sha256).Step();
  if (!found.ok()) return found.status();
  if (!*found) return absl::DataLossError(AbslView("the report of " + CaseName(row.id) + " is missing"));
  return UnpackBytes(rows->View(0));
}

}  // namespace

CaseRow CaseRowOf(const Statement& row) {
  CaseRow result;
  result.id = row.Integer(0);
  result.revision = row.Integer(1);
  result.state = row.Text(2);
  result.decision = row.Text(3);
  result.reason = row.Text(4);
  result.verdict = row.Text(5);
  result.probability = row.Real(6);
  result.coverage_original = row.RealOrNull(7);
  result.coverage_suspect = row.RealOrNull(8);
  result.rewrite = row.RealOrNull(9);
  result.site = row.Text(10);
  result.url = row.Text(11);
  result.title = row.Text(12);
  result.suspect_id = row.Text(13);
  result.original_id = row.Text(14);
  result.original_title = row.Text(15);
  result.licence = row.Text(16);
  result.assignee = row.Text(17);
  result.published = row.Text(18);
  result.created = row.Text(19);
  result.updated = row.Text(20);
  result.report = row.Text(21);
  result.erased = row.Integer(22) != 0;
  result.name = row.Text(23);
  result.file_sha256 = row.Text(24);
  result.text_sha256 = row.Text(25);
  result.audit = row.Integer(26);
  result.report_sha256 = row.Text(27);
  result.licence_text = row.Text(28);
  return result;
}

absl::StatusOr<CaseRow> ReadCaseRow(const Database& database, int64_t id) {
  absl::StatusOr<Statement> rows =
      database.Prepare(std::string("SELECT ") + kCaseColumns + " FROM cases WHERE id = ?1");
  if (!rows.ok()) return rows.status();
  absl::StatusOr<bool> row = rows->Bind(id).Step();
  if (!row.ok()) return row.status();
  if (!*row) return NoSuchCase(id);
  return CaseRowOf(*rows);
}

absl::StatusOr<Suspect> ReadSuspect(const Database& database, int64_t case_id) {
  absl::StatusOr<Statement> rows = database.Prepare("SELECT content_type, bytes, text FROM suspect WHERE case_id = ?1");
  if (!rows.ok()) return rows.status();
  absl::StatusOr<bool> row = rows->Bind(case_id).Step();
  if (!row.ok()) return row.status();
  if (!*row) return Suspect{};
  absl::StatusOr<std::string> bytes = UnpackBytes(rows->View(1));
  if (!bytes.ok()) return bytes.status();
  absl::StatusOr<std::string> text = rows->IsNull(2) ? bytes : UnpackBytes(rows->View(2));
  if (!text.ok()) return text.status();
  return Suspect{*std::move(bytes), rows->Text(0), *std::move(text)};
}

absl::StatusOr<std::vector<Exclusion>> ReadExclusions(const Database& database, int64_t case_id) {
  absl::StatusOr<Statement> rows = database.Prepare(
      "SELECT number, kind, span_begin, span_end, original, reason, person, time, undone, undone_by FROM exclusion "
      "WHERE case_id = ?1 ORDER BY number");
  if (!rows.ok()) return rows.status();
  rows->Bind(case_id);
  std::vector<Exclusion> exclusions;
  for (;;) {
    absl::StatusOr<bool> row = rows->Step();
    if (!row.ok()) return row.status();
    if (!*row) return exclusions;
    NewExclusion what{rows->Text(1), static_cast<size_t>(rows->Integer(2)), static_cast<size_t>(rows->Integer(3)),
                      rows->Text(4), rows->Text(5)};
    exclusions.push_back(
        {rows->Integer(0), std::move(what), rows->Text(6), rows->Text(7), rows->Text(8), rows->Text(9)});
  }
}

absl::StatusOr<std::vector<HistoryRow>> ReadHistory(const Database& database, int64_t case_id) {
  std::vector<Event> events;
  absl::Status status = ReadEventsOf(database, "case", case_id, [&](const Event& event) { events.push_back(event); });
  if (!status.ok()) return status;
  std::vector<HistoryRow> history;
  for (const Event& event : events) {
    absl::StatusOr<std::string> details = DetailsWithTexts(database, event);
    if (!details.ok()) return details.status();
    history.push_back({event.seq, event.time, event.person, event.action, *std::move(details)});
  }
  return history;
}

absl::StatusOr<std::string> ReadReport(const Database& database, const std::string& report_id) {
  absl::StatusOr<Statement> rows = database.Prepare(
      "SELECT json FROM report WHERE id = ?1 AND json <> x'' ORDER BY case_id DESC, rowid DESC LIMIT 1");
  if (!rows.ok()) return rows.status();
  absl::StatusOr<bool> row = rows->Bind(report_id).Step();
  if (!row.ok()) return row.status();
  if (!*row) return NoSuchReport(report_id);
  return UnpackBytes(rows->View(0));
}

absl::StatusOr<int64_t> FindCaseOfReport(const Database& database, const std::string& report_id) {
  absl::StatusOr<int64_t> id = database.Integer(
      "SELECT coalesce((SELECT max(case_id) FROM report WHERE id = ?1 AND json <> x''), "
      "(SELECT max(case_id) FROM report WHERE id = ?1))",
      report_id);
  if (!id.ok() || *id != 0) return id;  // max of nothing is null, which reads as 0
  return NoSuchReport(report_id);
}

absl::StatusOr<Case> ReadCase(const Database& database, int64_t id) {
  absl::StatusOr<Transaction> one_state = Transaction::BeginReading(database);
  if (!one_state.ok()) return one_state.status();
  absl::StatusOr<CaseRow> row = ReadCaseRow(database, id);
  if (!row.ok()) return row.status();
  absl::StatusOr<Suspect> suspect = ReadSuspect(database, id);
  if (!suspect.ok()) return suspect.status();
  absl::StatusOr<std::vector<Exclusion>> exclusions = ReadExclusions(database, id);
  if (!exclusions.ok()) return exclusions.status();
  absl::StatusOr<std::vector<HistoryRow>> history = ReadHistory(database, id);
  if (!history.ok()) return history.status();
  absl::StatusOr<std::string> report = ReadReportOf(database, *row);
  if (!report.ok()) return report.status();
  return Case{*std::move(row), *std::move(report), *std::move(suspect), *std::move(exclusions), *std::move(history)};
}

absl::StatusOr<std::vector<OriginalCase>> ReadOriginalCases(const Database& database, const std::string& original_id) {
  absl::StatusOr<Statement> rows = database.Prepare(
      std::string("SELECT ") + kCaseColumns + ", finding_probability, finding_verdict, finding_coverage " +
      "FROM finding JOIN cases ON id = case_id WHERE original = ?1 " +
      "ORDER BY CASE published WHEN '' THEN created ELSE published END, id");
  if (!rows.ok()) return rows.status();
  rows->Bind(original_id);
  std::vector<OriginalCase> result;
  for (;;) {
    absl::StatusOr<bool> row = rows->Step();
    if (!row.ok()) return row.status();
    if (!*row) return result;
    result.push_back({CaseRowOf(*rows), rows->Real(kCaseColumnCount), rows->Text(kCaseColumnCount + 1),
                      rows->RealOrNull(kCaseColumnCount + 2)});
  }
}

absl::StatusOr<std::string> ProblemOfCases(const Database& database) {
  for (const auto check :
       {ProblemOfRows, ProblemOfSuspects, ProblemOfReports, ProblemOfDecisions, ProblemOfMissingTexts}) {
    absl::StatusOr<std::string> problem = check(database);
    if (!problem.ok() || !problem->empty()) return problem;
  }
  return "";
}

}  // namespace unspin::server
