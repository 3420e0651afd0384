#include "server/case_search.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <vector>

#include "server/case_rows.h"

namespace unspin::server {

const char* const kSearchTables = R"sql(
CREATE VIRTUAL TABLE case_search USING fts5(
  title, url, site, notes, text, content='', prefix='3', tokenize="unicode61 remove_diacritics 2");
)sql";

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

absl::Status RunOnCase(const Database& database, int64_t case_id, const char* sql) {
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
  return RunOnCase(database, case_id,
                   "INSERT INTO case_search(rowid, title, url, site, notes, text) VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
}

absl::Status UnindexCase(const Database& database, int64_t case_id) {
  return RunOnCase(database, case_id,
                   "INSERT INTO case_search(case_search, rowid, title, url, site, notes, text) "
                   "VALUES('delete', ?1, ?2, ?3, ?4, ?5, ?6)");
}

absl::Status ForgetUnindexedWords(const Database& database) {
  return database.Run("INSERT INTO case_search(case_search) VALUES('optimize')");
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
