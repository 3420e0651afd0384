// What the rights desk keeps, as plain values: cases, exclusions, events, licence rules, audit jobs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "evidence/event_line.h"
#include "unspin/licence/licence_rule.h"

namespace unspin::server {

// Times are ISO 8601 in UTC with milliseconds: "2026-11-30T09:20:01.123Z". Optional texts are empty where there is
// none.

struct Who {
  std::string person;  // name shown in the history; not empty
};

// Words of `CaseRow::state`, `CaseRow::decision` and `Exclusion::kind`. The desk refuses others (InvalidArgument).
inline constexpr const char* kCaseStates[] = {"new", "review", "decided", "closed"};
inline constexpr const char* kDecisions[] = {"none", "pursue", "licensed", "tolerate", "dismiss"};
inline constexpr const char* kExclusionKinds[] = {"passage", "quotation", "source"};

// A function that changes a case takes the revision that its caller has seen, and fails with Aborted where
// the case has another by now.
inline constexpr int64_t kAnyRevision = 0;

// A suspect that becomes a case. Address, site, title, id and dates come from the `suspect` of the report.
struct NewCase {
  std::string bytes;         // of the file as received
  std::string content_type;  // of `bytes`
  std::string name;          // of the file, where it has one
  std::string text;          // UTF-8 that the engine read from `bytes`; spans of the report count its bytes
  std::string report;        // one line of JSON, by RenderJson
  int64_t audit = 0;         // job that found it; 0: none
};

struct CaseRow {
  int64_t id = 0;
  int64_t revision = 0;  // number of changes, from 1
  std::string state;     // of kCaseStates
  std::string decision;  // of kDecisions
  std::string reason;    // of the decision
  std::string verdict;   // of the report's summary, as are the numbers; those that the report has not are null
  double probability = 0;
  std::optional<double> coverage_original;  // of the first finding: share of our article that was taken
  std::optional<double> coverage_suspect;   // of the summary: share of the suspect that is taken
  std::optional<double> rewrite;
  std::string site;
  std::string url;
  std::string title;
  std::string suspect_id;
  std::string original_id;  // of the first finding
  std::string original_title;
  std::string licence;  // Licence::state of the first finding; follows the licence rules without a new revision
  std::string
      licence_text;  // likewise Licence::text; empty in cases that an earlier program made, until a rule changes
  std::string assignee;
  std::string published;  // as the report writes it
  std::string created;
  std::string updated;
  std::string report;  // id of the report that holds now
  bool erased = false;
  std::string name;
  std::string file_sha256;
  std::string text_sha256;
  int64_t audit = 0;
  std::string report_sha256;  // of the JSON of the report that holds
};

struct OpenedCase {
  CaseRow row;
  bool existed = false;  // the same bytes from the same address are a case already: it is given back, unchanged
};

struct NewExclusion {
  std::string kind;  // of kExclusionKinds
  size_t begin = 0;  // of a passage or quotation: bytes of the suspect's text, [begin, end)
  size_t end = 0;
  std::string original;  // of a source: id of the article
  std::string reason;    // not empty
};

struct Exclusion {
  int64_t number = 0;  // within its case, from 1
  NewExclusion what;
  std::string person;
  std::string time;
  std::string undone;  // when; empty: it holds
  std::string undone_by;
};

// A row of the history of a case, for people: texts are in place, or null where they were erased.
struct HistoryRow {
  int64_t seq = 0;
  std::string time;
  std::string person;
  std::string action;   // of kCaseActions
  std::string details;  // a JSON object on one line
};

// Actions in the log. `details` of each, with "revision" in those of cases:
//   opened {"file_sha256","text_sha256","url","report","report_sha256","verdict","audit"}
//   decided {"decision","reason","note"}   assigned {"assignee"}   state-set {"state"}   noted {"note"}
//   excluded {"exclusion","kind","span","original","reason","report","report_sha256"}
//   exclusion-undone {"exclusion","report","report_sha256"}   checked-again {"report","report_sha256"}
//   erased {"reason"}   packed {"pack_sha256","timestamped"}
//   noticed {"form","language","finding","original","overridden","reason"}
// `packed` and `noticed` say what left the desk. They change nothing of the case: its revision stays.
inline constexpr const char* kCaseActions[] = {"opened", "decided",  "assigned",         "state-set",
                                               "noted",  "excluded", "exclusion-undone", "checked-again",
                                               "erased", "packed",   "noticed"};

// A draft of a notice that somebody had made.
struct NewNotice {
  std::string form;                     // as `unspin notice --form` names it
  std::string language;                 // "en", "de", "fr" or "es"
  uint64_t finding = 0;                 // of the report, from 0
  std::string original;                 // id of the finding's original
  std::vector<std::string> overridden;  // rules that speak against it
  std::string reason;                   // why it was drafted all the same; empty where no rule speaks against it
};

struct Suspect {
  std::string bytes;  // as received; empty where erased
  std::string content_type;
  std::string text;
};

struct Case {
  CaseRow row;
  std::string report;  // one line of JSON; empty where erased
  Suspect suspect;
  std::vector<Exclusion> exclusions;  // by number, with those that were undone
  std::vector<HistoryRow> history;    // by seq
};

using evidence::LogHead;

struct LogCheck {
  int64_t events = 0;
  bool whole = true;
  std::string problem;  // the first one, in words; empty where whole
  LogHead head;
};

// What was committed, for those who look on.
struct Change {
  int64_t seq = 0;      // of the event in the log; 0: progress of a job, which the log does not hold
  std::string subject;  // "case", "audit" or "licence"
  int64_t id = 0;       // of the subject
  std::string action;
  std::string person;
};

struct SiteCard {
  std::string site;
  int64_t cases = 0;
  std::map<std::string, int64_t> by_verdict;
  std::map<std::string, int64_t> by_decision;
  int64_t originals = 0;  // different articles of ours that its cases name first
  std::string first;      // `created` of its first and last case
  std::string last;
  std::string licence;  // today
};

struct OriginalCase {
  CaseRow row;
  double probability = 0;  // of the finding for this original
  std::string verdict;
  std::optional<double> coverage_original;
};

struct StoredLicence {
  int64_t id = 0;
  LicenceRule what;
  std::string person;  // who added it
  std::string created;
};

// How many rules of a table were new, how many were there, and how many were removed.
struct LicenceImport {
  int64_t added = 0;
  int64_t known = 0;
  int64_t removed = 0;
};

struct NewAuditJob {
  std::string name;     // for people
  std::string path;     // input, as the runner of jobs understands it
  std::string options;  // a JSON object for the runner; empty: none
  int64_t bytes_total = 0;
};

struct AuditProgress {
  int64_t suspects = 0;
  int64_t bytes_done = 0;
  int64_t bytes_total = 0;
  std::map<std::string, int64_t> by_verdict;
  int64_t bad = 0;                        // records that could not become a suspect
  std::vector<std::string> bad_examples;  // the first of them: where, and what is wrong
};

struct AuditJob {
  int64_t id = 0;
  std::string state;  // "queued", "running", "done", "failed", "cancelled", or "removed" with its files
  NewAuditJob what;
  AuditProgress progress;
  std::string created;
  std::string started;
  std::string ended;
  std::string error;
  std::string person;
  int64_t attempts = 0;    // counts up when the job is taken; also the token of the lease
  bool cancelled = false;  // somebody wants it to end; the runner says when it has
  std::string lease_until;
};

}  // namespace unspin::server
