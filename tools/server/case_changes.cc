#include "server/case_changes.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <string_view>
#include <utility>

#include "server/case_rows.h"
#include "server/case_search.h"
#include "server/event_chain.h"
#include "server/licence_rules.h"
#include "server/packed_bytes.h"
#include "unspin/base/sha256.h"
#include "unspin/base/strings.h"

namespace unspin::server {
namespace {

absl::Status Invalid(const std::string& message) { return absl::InvalidArgumentError(AbslView(message)); }

absl::Status CheckSize(std::string_view what, std::string_view text, size_t limit) {
  if (text.size() <= limit) return absl::OkStatus();
  return Invalid(std::string(what) + ": longer than " + std::to_string(limit) + " bytes");
}

absl::Status CheckReason(std::string_view reason) {
  if (IsWhiteSpace(reason)) return Invalid("reason: missing; say why, so that others understand it later");
  return CheckSize("reason", reason, kMaxReasonBytes);
}

absl::Status CheckWord(std::string_view what, std::string_view word, std::span<const char* const> words) {
  std::string list;
  for (const char* known : words) {
    if (word == known) return absl::OkStatus();
    list += (list.empty() ? "" : ", ") + std::string(known);
  }
  return Invalid(std::string(what) + ": one of " + list);
}

// What a list calls a case: the article's title, else its address, else its id, else its first words. An id that begins
// with "-" is one that the engine made, because the body had none.
std::string TitleOf(const ReportDigest& digest, std::string_view text) {
  constexpr size_t kMaxTitleBytes = 100;
  if (!IsWhiteSpace(digest.title)) return digest.title;
  if (!digest.url.empty()) return digest.url;
  if (!digest.suspect_id.empty() && !digest.suspect_id.starts_with('-')) return digest.suspect_id;
  std::string words;
  constexpr std::string_view kBlanks = " \t\r\n\f\v";
  for (size_t at = text.find_first_not_of(kBlanks); at < text.size(); at = text.find_first_not_of(kBlanks, at)) {
    const size_t end = std::min(text.find_first_of(kBlanks, at), text.size());
    if (words.size() + (end - at) >= kMaxTitleBytes) return words.empty() ? digest.suspect_id : words + " …";
    if (!words.empty()) words += ' ';
    words += text.substr(at, end - at);
    at = end;
  }
  return words;
}

// The case, if it has the revision that the caller has seen.
absl::StatusOr<CaseRow> CaseForChange(const Database& database, int64_t id, int64_t revision) {
  absl::StatusOr<CaseRow> row = ReadCaseRow(database, id);
  if (!row.ok() || revision == kAnyRevision || revision == row->revision) return row;
  const std::string message = "case " + std::to_string(id) + " was changed by somebody else: it has revision " +
                              std::to_string(row->revision) + " now, not " + std::to_string(revision) +
                              "; read it again";
  return absl::AbortedError(AbslView(message));
}

absl::StatusOr<CaseRow> CaseWithTexts(const Database& database, int64_t id, int64_t revision) {
  absl::StatusOr<CaseRow> row = CaseForChange(database, id, revision);
  if (!row.ok() || !row->erased) return row;
  const std::string message = "the texts of case " + std::to_string(id) + " were erased";
  return absl::FailedPreconditionError(AbslView(message));
}

// Adds the event, and tells those who listen.
absl::StatusOr<Event> RecordUncounted(Writing& writing, int64_t case_id, const Who& who, const char* action,
                                      EventDetails details) {
  absl::StatusOr<int64_t> revision = writing.database.Integer("SELECT revision FROM cases WHERE id = ?1", case_id);
  if (!revision.ok()) return revision.status();
  details.Add("revision", *revision);
  Event event;
  event.time = writing.now;
  event.person = who.person;
  event.action = action;
  event.subject = "case";
  event.subject_id = case_id;
  absl::StatusOr<Event> added = AppendEvent(writing.database, std::move(event), std::move(details));
  if (!added.ok()) return added.status();
  writing.changes.push_back({added->seq, "case", case_id, action, who.person});
  return added;
}

// Counts the revision up and adds the event.
absl::StatusOr<Event> Record(Writing& writing, int64_t case_id, const Who& who, const char* action,
                             EventDetails details) {
  absl::Status status = writing.database.Run("UPDATE cases SET revision = revision + 1, updated = ?2 WHERE id = ?1",
                                             case_id, writing.now);
  if (!status.ok()) return status;
  return RecordUncounted(writing, case_id, who, action, std::move(details));
}

// Puts the figures of a report into the row of its case.
absl::Status SetReport(const Database& database, int64_t case_id, const PreparedReport& report) {
  const ReportDigest& digest = report.digest;
  const FindingDigest first = digest.findings.empty() ? FindingDigest{} : digest.findings.front();
  absl::Status status = database.Run(
      "UPDATE cases SET report = ?2, report_sha256 = ?3, verdict = ?4, probability = ?5, coverage_original = ?6, "
      "coverage_suspect = ?7, rewrite = ?8, original_id = ?9, original_title = ?10 WHERE id = ?1",
      case_id, digest.id, report.sha256, digest.verdict, digest.probability, first.coverage_original,
      digest.coverage_suspect, digest.rewrite, first.original_id, first.original_title);
  if (!status.ok()) return status;
  status = database.Run("INSERT OR IGNORE INTO report(id, case_id, json, sha256) VALUES(?1, ?2, ?3, ?4)", digest.id,
                        case_id, Blob{report.packed}, report.sha256);
  if (!status.ok()) return status;
  status = database.Run("DELETE FROM finding WHERE case_id = ?1", case_id);
  for (const FindingDigest& finding : digest.findings) {
    if (!status.ok()) return status;
    status = database.Run("INSERT INTO finding VALUES(?1, ?2, ?3, ?4, ?5)", finding.original_id, case_id,
                          finding.verdict, finding.probability, finding.coverage_original);
  }
  return status.ok() ? SetLicenceOfCase(database, case_id, report.licence_facts) : status;
}

absl::StatusOr<int64_t> InsertCase(Writing& writing, const PreparedCase& prepared) {
  const ReportDigest& digest = prepared.report.digest;
  absl::Status status = writing.database.Run(
      "INSERT INTO cases(revision, state, decision, reason, verdict, probability, site, url, title, suspect_id, "
      "original_id, original_title, licence, assignee, published, created, updated, report, erased, name, file_sha256, "
      "text_sha256, audit, report_sha256) VALUES(0, 'new', 'none', '', '', 0, ?1, ?2, ?3, ?4, '', '', '', '', ?5, ?6, "
      "?6, '', 0, ?7, ?8, ?9, ?10, '')",
      digest.site, digest.url, prepared.title, digest.suspect_id, digest.published, writing.now, prepared.name,
      prepared.file_sha256, prepared.text_sha256, prepared.audit);
  if (!status.ok()) return status;
  const int64_t id = writing.database.last_row_id();
  status = prepared.text_is_bytes
               ? writing.database.Run("INSERT INTO suspect VALUES(?1, ?2, ?3, NULL)", id, prepared.content_type,
                                      Blob{prepared.packed_bytes})
               : writing.database.Run("INSERT INTO suspect VALUES(?1, ?2, ?3, ?4)", id, prepared.content_type,
                                      Blob{prepared.packed_bytes}, Blob{prepared.packed_text});
  if (!status.ok()) return status;
  if (status = SetReport(writing.database, id, prepared.report); !status.ok()) return status;
  return id;
}

absl::Status CheckExclusion(const Database& database, int64_t case_id, const NewExclusion& what) {
  if (absl::Status status = CheckWord("kind", what.kind, kExclusionKinds); !status.ok()) return status;
  if (absl::Status status = CheckReason(what.reason); !status.ok()) return status;
  if (what.kind == "source") {
    if (what.original.empty()) return Invalid("original: missing; name the article that is to be left out");
    return what.begin == 0 && what.end == 0 ? absl::OkStatus() : Invalid("span: a source has none");
  }
  absl::StatusOr<Suspect> suspect = ReadSuspect(database, case_id);
  if (!suspect.ok()) return suspect.status();
  if (what.begin < what.end && what.end <= suspect->text.size()) return absl::OkStatus();
  return Invalid("span: [begin, end) within the " + std::to_string(suspect->text.size()) + " bytes of the text");
}

}  // namespace

absl::StatusOr<PreparedReport> PrepareReport(const std::string& report) {
  absl::StatusOr<ReportDigest> digest = DigestReport(report);
  if (!digest.ok()) return digest.status();
  return PreparedReport{*std::move(digest), PackBytes(report), Sha256Hex(report), LicenceFacts(report)};
}

absl::StatusOr<PreparedCase> PrepareCase(const NewCase& suspect) {
  absl::StatusOr<PreparedReport> report = PrepareReport(suspect.report);
  if (!report.ok()) return report.status();
  PreparedCase prepared;
  prepared.report = *std::move(report);
  prepared.content_type = suspect.content_type;
  prepared.name = suspect.name;
  prepared.title = TitleOf(prepared.report.digest, suspect.text);
  prepared.packed_bytes = PackBytes(suspect.bytes);
  prepared.text_is_bytes = suspect.text == suspect.bytes;
  if (!prepared.text_is_bytes) prepared.packed_text = PackBytes(suspect.text);
  prepared.file_sha256 = Sha256Hex(suspect.bytes);
  prepared.text_sha256 = prepared.text_is_bytes ? prepared.file_sha256 : Sha256Hex(suspect.text);
  prepared.audit = suspect.audit;
  return prepared;
}

absl::Status CheckWho(const Who& who) {
  if (IsWhiteSpace(who.person)) return Invalid("person: missing; the log says who changed what");
  return CheckSize("person", who.person, kMaxPersonBytes);
}

absl::StatusOr<OpenedCase> OpenCase(Writing& writing, const PreparedCase& prepared, const Who& who) {
  absl::StatusOr<int64_t> known =
      writing.database.Integer("SELECT id FROM cases WHERE file_sha256 = ?1 AND url = ?2 AND erased = 0",
                               prepared.file_sha256, prepared.report.digest.url);
  if (!known.ok() && !absl::IsNotFound(known.status())) return known.status();
  absl::StatusOr<int64_t> id = known.ok() ? known : InsertCase(writing, prepared);
  if (!id.ok()) return id.status();
  if (!known.ok()) {
    EventDetails details;
    details.Add("file_sha256", prepared.file_sha256).Add("text_sha256", prepared.text_sha256);
    details.Add("url", prepared.report.digest.url).Add("report", prepared.report.digest.id);
    details.Add("report_sha256", prepared.report.sha256).Add("verdict", prepared.report.digest.verdict);
    details.Add("audit", prepared.audit);
    if (absl::StatusOr<Event> event = Record(writing, *id, who, "opened", std::move(details)); !event.ok()) {
      return event.status();
    }
    if (absl::Status status = IndexCase(writing.database, *id); !status.ok()) return status;
  }
  absl::StatusOr<CaseRow> row = ReadCaseRow(writing.database, *id);
  if (!row.ok()) return row.status();
  return OpenedCase{*std::move(row), known.ok()};
}

absl::Status DecideCase(Writing& writing, int64_t id, int64_t revision, const std::string& decision,
                        const std::string& reason, const std::string& note, const Who& who) {
  absl::Status status = CheckWord("decision", decision, kDecisions);
  if (status.ok()) status = decision == "none" ? CheckSize("reason", reason, kMaxReasonBytes) : CheckReason(reason);
  if (status.ok()) status = CheckSize("note", note, kMaxNoteBytes);
  if (!status.ok()) return status;
  if (absl::StatusOr<CaseRow> row = CaseForChange(writing.database, id, revision); !row.ok()) return row.status();
  if (!note.empty()) status = UnindexCase(writing.database, id);
  if (!status.ok()) return status;
  status = writing.database.Run("UPDATE cases SET decision = ?2, reason = ?3, state = ?4 WHERE id = ?1", id, decision,
                                reason, decision == "none" ? "review" : "decided");
  if (!status.ok()) return status;
  EventDetails details;
  details.Add("decision", decision).AddErasable("reason", reason).AddErasable("note", note);
  status = Record(writing, id, who, "decided", std::move(details)).status();
  return status.ok() && !note.empty() ? IndexCase(writing.database, id) : status;
}

absl::Status AssignCase(Writing& writing, int64_t id, int64_t revision, const std::string& assignee, const Who& who) {
  if (absl::Status status = CheckSize("assignee", assignee, kMaxPersonBytes); !status.ok()) return status;
  if (absl::StatusOr<CaseRow> row = CaseForChange(writing.database, id, revision); !row.ok()) return row.status();
  absl::Status status = writing.database.Run("UPDATE cases SET assignee = ?2 WHERE id = ?1", id, assignee);
  if (!status.ok()) return status;
  EventDetails details;
  return Record(writing, id, who, "assigned", std::move(details.Add("assignee", assignee))).status();
}

absl::Status SetCaseState(Writing& writing, int64_t id, int64_t revision, const std::string& state, const Who& who) {
  if (absl::Status status = CheckWord("state", state, kCaseStates); !status.ok()) return status;
  absl::StatusOr<CaseRow> row = CaseForChange(writing.database, id, revision);
  if (!row.ok()) return row.status();
  if (state == "decided" && row->decision == "none") {
    return Invalid("state: the case has no decision; decide it, then it is \"decided\"");
  }
  absl::Status status = writing.database.Run("UPDATE cases SET state = ?2 WHERE id = ?1", id, state);
  if (!status.ok()) return status;
  EventDetails details;
  return Record(writing, id, who, "state-set", std::move(details.Add("state", state))).status();
}

absl::Status AddCaseNote(Writing& writing, int64_t id, int64_t revision, const std::string& note, const Who& who) {
  if (IsWhiteSpace(note)) return Invalid("note: empty");
  if (absl::Status status = CheckSize("note", note, kMaxNoteBytes); !status.ok()) return status;
  if (absl::StatusOr<CaseRow> row = CaseForChange(writing.database, id, revision); !row.ok()) return row.status();
  if (absl::Status status = UnindexCase(writing.database, id); !status.ok()) return status;
  EventDetails details;
  absl::StatusOr<Event> event = Record(writing, id, who, "noted", std::move(details.AddErasable("note", note)));
  return event.ok() ? IndexCase(writing.database, id) : event.status();
}

absl::StatusOr<Exclusion> ExcludeFromCase(Writing& writing, int64_t id, int64_t revision, const NewExclusion& what,
                                          const PreparedReport& report, const Who& who) {
  if (absl::StatusOr<CaseRow> row = CaseWithTexts(writing.database, id, revision); !row.ok()) return row.status();
  absl::Status status = CheckExclusion(writing.database, id, what);
  if (!status.ok()) return status;
  absl::StatusOr<int64_t> number =
      writing.database.Integer("SELECT coalesce(max(number), 0) + 1 FROM exclusion WHERE case_id = ?1", id);
  if (!number.ok()) return number.status();
  status = writing.database.Run("INSERT INTO exclusion VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, '', '')", id, *number,
                                what.kind, what.begin, what.end, what.original, what.reason, who.person, writing.now);
  if (status.ok()) status = SetReport(writing.database, id, report);
  if (!status.ok()) return status;
  EventDetails details;
  details.Add("exclusion", *number).Add("kind", what.kind);
  if (what.kind == "source") {
    details.Add("original", what.original);
  } else {
    details.AddSpan("span", what.begin, what.end);
  }
  details.AddErasable("reason", what.reason).Add("report", report.digest.id).Add("report_sha256", report.sha256);
  status = Record(writing, id, who, "excluded", std::move(details)).status();
  if (!status.ok()) return status;
  return Exclusion{*number, what, who.person, writing.now, "", ""};
}

absl::Status UndoCaseExclusion(Writing& writing, int64_t id, int64_t revision, int64_t number,
                               const PreparedReport& report, const Who& who) {
  if (absl::StatusOr<CaseRow> row = CaseWithTexts(writing.database, id, revision); !row.ok()) return row.status();
  absl::Status status = writing.database.Run(
      "UPDATE exclusion SET undone = ?3, undone_by = ?4 WHERE case_id = ?1 AND number = ?2 AND undone = ''", id, number,
      writing.now, who.person);
  if (!status.ok()) return status;
  if (writing.database.changed_rows() == 0) {
    const std::string message =
        "case " + std::to_string(id) + " has no exclusion " + std::to_string(number) + " that holds";
    return absl::NotFoundError(AbslView(message));
  }
  if (status = SetReport(writing.database, id, report); !status.ok()) return status;
  EventDetails details;
  details.Add("exclusion", number).Add("report", report.digest.id).Add("report_sha256", report.sha256);
  return Record(writing, id, who, "exclusion-undone", std::move(details)).status();
}

absl::Status CheckCaseAgain(Writing& writing, int64_t id, int64_t revision, const PreparedReport& report,
                            const Who& who) {
  if (absl::StatusOr<CaseRow> row = CaseWithTexts(writing.database, id, revision); !row.ok()) return row.status();
  if (absl::Status status = SetReport(writing.database, id, report); !status.ok()) return status;
  EventDetails details;
  details.Add("report", report.digest.id).Add("report_sha256", report.sha256);
  return Record(writing, id, who, "checked-again", std::move(details)).status();
}

absl::Status RecordPack(Writing& writing, int64_t id, const std::string& pack_sha256, bool timestamped,
                        const Who& who) {
  if (absl::StatusOr<CaseRow> row = CaseWithTexts(writing.database, id, kAnyRevision); !row.ok()) return row.status();
  EventDetails details;
  details.Add("pack_sha256", pack_sha256).Add("timestamped", timestamped);
  return RecordUncounted(writing, id, who, "packed", std::move(details)).status();
}

absl::Status RecordNotice(Writing& writing, int64_t id, const NewNotice& notice, const Who& who) {
  if (!notice.overridden.empty()) {
    if (absl::Status status = CheckReason(notice.reason); !status.ok()) return status;
  }
  if (absl::StatusOr<CaseRow> row = CaseWithTexts(writing.database, id, kAnyRevision); !row.ok()) return row.status();
  EventDetails details;
  details.Add("form", notice.form).Add("language", notice.language).Add("finding", notice.finding);
  details.Add("original", notice.original).AddWords("overridden", notice.overridden);
  details.AddErasable("reason", notice.reason);
  return RecordUncounted(writing, id, who, "noticed", std::move(details)).status();
}

absl::Status EraseCase(Writing& writing, int64_t id, int64_t revision, const std::string& reason, const Who& who) {
  if (absl::Status status = CheckReason(reason); !status.ok()) return status;
  if (absl::StatusOr<CaseRow> row = CaseWithTexts(writing.database, id, revision); !row.ok()) return row.status();
  const Database& database = writing.database;
  absl::Status status = UnindexCase(database, id);
  if (status.ok()) status = database.Run("DELETE FROM suspect WHERE case_id = ?1", id);
  if (status.ok()) status = database.Run("UPDATE report SET json = x'' WHERE case_id = ?1", id);
  if (status.ok()) status = EraseEventTexts(database, "case", id, "note");
  // Why a rule was overridden for a notice is often said in words of the suspect.
  if (status.ok()) status = EraseEventTexts(database, "case", id, "reason", "noticed");
  if (status.ok()) status = database.Run("UPDATE cases SET erased = 1, title = '', name = '' WHERE id = ?1", id);
  if (!status.ok()) return status;
  writing.erases = true;
  EventDetails details;
  status = Record(writing, id, who, "erased", std::move(details.AddErasable("reason", reason))).status();
  return status.ok() ? IndexCase(database, id) : status;
}

}  // namespace unspin::server
