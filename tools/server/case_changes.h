// What people do to cases: each function changes the tables and adds one event to the log, in an open transaction.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/desk_records.h"
#include "server/desk_writer.h"
#include "server/report_digest.h"

namespace unspin::server {

// Longer texts are refused (InvalidArgument). Bytes.
inline constexpr size_t kMaxPersonBytes = 200;
inline constexpr size_t kMaxReasonBytes = 4 * 1024;
inline constexpr size_t kMaxNoteBytes = 64 * 1024;

// A report with what the tables need of it; made before the transaction, because it takes time.
struct PreparedReport {
  ReportDigest digest;
  std::string packed;
  std::string sha256;
  std::string licence_facts;
};
absl::StatusOr<PreparedReport> PrepareReport(const std::string& report);

struct PreparedCase {
  PreparedReport report;
  std::string content_type;
  std::string name;
  std::string title;
  std::string packed_bytes;
  std::string packed_text;
  bool text_is_bytes = false;
  std::string file_sha256;
  std::string text_sha256;
  int64_t audit = 0;
};
absl::StatusOr<PreparedCase> PrepareCase(const NewCase& suspect);

// InvalidArgument where somebody has no name or a very long one.
absl::Status CheckWho(const Who& who);

absl::StatusOr<OpenedCase> OpenCase(Writing& writing, const PreparedCase& prepared, const Who& who);
absl::Status DecideCase(Writing& writing, int64_t id, int64_t revision, const std::string& decision,
                        const std::string& reason, const std::string& note, const Who& who);
absl::Status AssignCase(Writing& writing, int64_t id, int64_t revision, const std::string& assignee, const Who& who);
absl::Status SetCaseState(Writing& writing, int64_t id, int64_t revision, const std::string& state, const Who& who);
absl::Status AddCaseNote(Writing& writing, int64_t id, int64_t revision, const std::string& note, const Who& who);
absl::StatusOr<Exclusion> ExcludeFromCase(Writing& writing, int64_t id, int64_t revision, const NewExclusion& what,
                                          const PreparedReport& report, const Who& who);
absl::Status UndoCaseExclusion(Writing& writing, int64_t id, int64_t revision, int64_t number,
                               const PreparedReport& report, const Who& who);
// The report of a case was made anew, against today's archive.
absl::Status CheckCaseAgain(Writing& writing, int64_t id, int64_t revision, const PreparedReport& report,
                            const Who& who);
// An evidence pack, and a draft of a notice, left the desk. The revision stays, so that nobody's change is refused for
// it.
absl::Status RecordPack(Writing& writing, int64_t id, const std::string& pack_sha256, bool timestamped, const Who& who);
absl::Status RecordNotice(Writing& writing, int64_t id, const NewNotice& notice, const Who& who);
// Words of the text stay in the index until ForgetUnindexedWords.
absl::Status EraseCase(Writing& writing, int64_t id, int64_t revision, const std::string& reason, const Who& who);

}  // namespace unspin::server
