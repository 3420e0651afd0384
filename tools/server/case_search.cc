#include "server/case_search.h"

#include <algorithm>
#include <cassert>
#include <cctype>
#include <set>
#include <utility>
#include <vector>

#include "server/case_rows.h"

namespace unspin::server {

namespace {

// A person searches for names and subjects, which news articles bring first. The index takes about as many bytes.
constexpr size_t kSearchedTextBytes = 2000;

// A word of so many bytes that is still typed finds what begins with it: the index has the beginnings of three letters.
// One or two letters begin a large part of all words, and merging their lists takes a second.
constexpr size_t kMinPrefixBytes = 3;

constexpr const char* kNotesOf =
    "SELECT coalesce(group_concat(text, char(10)), '') FROM (SELECT t.text FROM event e JOIN event_text t "
    "ON t.seq = e.seq WHERE e.subject = 'case' AND e.subject_id = ?1 AND t.key = 'note' ORDER BY t.seq)";

// Cuts before a character, not within one.
std::string_view BeginningOf(std::string_view text) {
  if (text.size() <= kSearchedTextBytes) return text;
  size_t end = kSearchedTextBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end);
}

// Ids of cases begin with 1.
int64_t PartOf(int64_t case_id) { return (case_id - 1) / kCasesPerSearchPart; }
std::string TableOf(int64_t part) { return "case_search_" + std::to_string(part); }

absl::Status MakeTable(const Database& database, const std::string& table) {
  return database.Run("CREATE VIRTUAL TABLE IF NOT EXISTS " + table +
                      " USING fts5(title, url, site, notes, text, content='', prefix='3', "
                      "tokenize=\"unicode61 remove_diacritics 2\")");
}

// Binds id, title, address, site, notes and text of the case.
absl::Status RunOnCase(const Database& database, int64_t case_id, const std::string& sql) {
  absl::StatusOr<CaseRow> row = ReadCaseRow(database, case_id);
  if (!row.ok()) return row.status();
  absl::StatusOr<Suspect> suspect = ReadSuspect(database, case_id);
  if (!suspect.ok()) return suspect.status();
  absl::StatusOr<Statement> notes = database.Prepare(kNotesOf);
  if (!notes.ok()) return notes.status();
  if (absl::StatusOr<bool> some = notes->Bind(case_id).Step(); !some.ok()) return some.status();
  return database.Run(sql, case_id, row->title, row->url, row->site, notes->View(0), BeginningOf(suspect->text));
}

bool HasWordCharacter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return c >= 0x80 || std::isalnum(c) != 0; });
}

// Words between white space, and what stands between quotation marks. `open`: a quotation has no end yet.
std::vector<std::string_view> PhrasesOf(std::string_view typed) {
  constexpr std::string_view kSpace = " \t\r\n\f\v";
  std::vector<std::string_view> phrases;
  size_t at = 0;
  while ((at = typed.find_first_not_of(kSpace, at)) != std::string_view::npos) {
    const bool quoted = typed[at] == '"';
    const size_t begin = quoted ? at + 1 : at;
    const size_t end = quoted ? typed.find('"', begin) : typed.find_first_of(" \t\r\n\f\v\"", begin);
    const std::string_view phrase = typed.substr(begin, end == std::string_view::npos ? end : end - begin);
    if (HasWordCharacter(phrase)) phrases.push_back(phrase);
    if (end == std::string_view::npos) break;
    at = quoted ? end + 1 : end;
  }
  return phrases;
}

}  // namespace

absl::Status IndexCase(const Database& database, int64_t case_id) {
  assert(case_id > 0);
  const std::string table = TableOf(PartOf(case_id));
  if (absl::Status status = MakeTable(database, table); !status.ok()) return status;
  return RunOnCase(database, case_id,
                   "INSERT INTO " + table + "(rowid, title, url, site, notes, text) VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
}

absl::Status UnindexCase(const Database& database, int64_t case_id) {
  const std::string table = TableOf(PartOf(case_id));
  return RunOnCase(database, case_id,
                   "INSERT INTO " + table + "(" + table + ", rowid, title, url, site, notes, text) " +
                       "VALUES('delete', ?1, ?2, ?3, ?4, ?5, ?6)");
}

absl::Status ForgetUnindexedWords(const Database& database, std::span<const int64_t> case_ids) {
  std::set<int64_t> parts;
  for (const int64_t id : case_ids) parts.insert(PartOf(id));
  for (const int64_t part : parts) {
    const std::string table = TableOf(part);
    absl::Status status = database.Run("INSERT INTO " + table + "(" + table + ") VALUES('optimize')");
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::StatusOr<IdSet> SearchCases(const Database& database, const std::string& expression, int64_t newest) {
  IdSet found;
  for (int64_t part = 0; newest > 0 && part <= PartOf(newest); ++part) {
    const std::string table = TableOf(part);
    absl::StatusOr<Statement> rows =
        database.Prepare("SELECT rowid FROM " + table + " WHERE " + table + " MATCH ?1 ORDER BY rowid");
    if (!rows.ok()) return rows.status();
    rows->Bind(expression);
    for (;;) {
      absl::StatusOr<bool> row = rows->Step();
      if (!row.ok()) return row.status();
      if (!*row) break;
      found.Append(rows->Integer(0));
    }
  }
  return found;
}

std::string SearchExpression(std::string_view typed) {
  std::string expression;
  const std::vector<std::string_view> phrases = PhrasesOf(typed);
  for (const std::string_view phrase : phrases) {
    if (!expression.empty()) expression += " AND ";
    expression += '"';
    for (const char c : phrase) expression += c == '\0' ? ' ' : c;  // it has no quotation mark
    expression += '"';
  }
  const bool still_typed = !phrases.empty() && typed.ends_with(phrases.back());
  if (still_typed && phrases.back().size() >= kMinPrefixBytes) expression += '*';
  return expression;
}

}  // namespace unspin::server
