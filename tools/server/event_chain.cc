#include "server/event_chain.h"

#include <openssl/rand.h>

#include <cassert>
#include <cstdio>
#include <limits>
#include <utility>

#include "unspin/base/sha256.h"
#include "unspin/base/strings.h"
#include "unspin/json/json_text.h"

namespace unspin::server {

// The trigger before an insertion also refuses INSERT OR REPLACE, which deletes the row that stands in its way.
const char* const kEventTables = R"sql(
CREATE TABLE event(
  seq INTEGER PRIMARY KEY, time TEXT NOT NULL, person TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL,
  subject_id INTEGER NOT NULL, details TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
CREATE INDEX event_subject ON event(subject, subject_id);
CREATE TABLE event_text(
  seq INTEGER NOT NULL REFERENCES event(seq), key TEXT NOT NULL, salt TEXT NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY(seq, key)) STRICT, WITHOUT ROWID;
CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON event
  BEGIN SELECT RAISE(ABORT, 'events of the log are not changed'); END;
CREATE TRIGGER event_is_not_deleted BEFORE DELETE ON event
  BEGIN SELECT RAISE(ABORT, 'events of the log are not deleted'); END;
CREATE TRIGGER event_follows_the_last BEFORE INSERT ON event
  WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event)
    OR NEW.previous IS NOT coalesce((SELECT hash FROM event ORDER BY seq DESC LIMIT 1), '')
  BEGIN SELECT RAISE(ABORT, 'events of the log are added behind the last one'); END;
CREATE TRIGGER event_text_is_not_changed BEFORE UPDATE ON event_text
  BEGIN SELECT RAISE(ABORT, 'texts of the log are erased or kept, not changed'); END;
)sql";

namespace {

constexpr const char* kColumns =
    "SELECT seq, time, person, action, subject, subject_id, details, previous, hash FROM event ";
constexpr size_t kSaltBytes = 16;  // 128 bits cannot be tried
constexpr std::string_view kHashedText = "{\"sha256\":";

std::string Salt() {
  unsigned char bytes[kSaltBytes];
  if (RAND_bytes(bytes, sizeof bytes) != 1) std::abort();  // no randomness: the system is broken
  std::string text;
  for (const unsigned char byte : bytes) {
    char digits[3];
    std::snprintf(digits, sizeof digits, "%02x", byte);
    text += digits;
  }
  return text;
}

std::string HashOfText(std::string_view salt, std::string_view text) {
  return Sha256Hex(std::string(salt).append(text));
}

Event RowOf(const Statement& row) {
  return {row.Integer(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4),
          row.Integer(5), row.Text(6), row.Text(7), row.Text(8)};
}

// REQUIRES: the columns of `statement` are kColumns.
absl::Status TakeRows(Statement& statement, const std::function<void(const Event&)>& take) {
  for (;;) {
    absl::StatusOr<bool> row = statement.Step();
    if (!row.ok()) return row.status();
    if (!*row) return absl::OkStatus();
    take(RowOf(statement));
  }
}

// The `sha256` of the field `key` in the details of an event; empty where there is none.
std::string_view HashedText(std::string_view details, std::string_view key) {
  for (const auto& [name, value] : RawJsonFields(details)) {
    if (name != key || !value.starts_with(kHashedText)) continue;
    const auto fields = RawJsonFields(value);
    if (!fields.empty() && fields[0].second.size() > 2) return fields[0].second.substr(1, fields[0].second.size() - 2);
  }
  return {};
}

absl::StatusOr<std::string> ProblemOfTexts(const Database& database) {
  absl::StatusOr<Statement> texts = database.Prepare(
      "SELECT t.seq, t.key, t.salt, t.text, e.details FROM event_text t LEFT JOIN event e ON e.seq = t.seq");
  if (!texts.ok()) return texts.status();
  for (;;) {
    absl::StatusOr<bool> row = texts->Step();
    if (!row.ok()) return row.status();
    if (!*row) return "";
    const std::string key = texts->Text(1);
    const std::string details = texts->Text(4);
    if (HashedText(details, key) != HashOfText(texts->View(2), texts->View(3))) {
      return "the " + key + " of event " + std::to_string(texts->Integer(0)) + " was changed: its hash does not fit";
    }
  }
}

}  // namespace

EventDetails& EventDetails::AddSpan(std::string_view key, size_t begin, size_t end) {
  json_.Key(key);
  json_.Raw("[" + std::to_string(begin) + "," + std::to_string(end) + "]");
  return *this;
}

EventDetails& EventDetails::AddWords(std::string_view key, const std::vector<std::string>& words) {
  json_.Key(key);
  json_.BeginArray();
  for (const std::string& word : words) json_.Text(word);
  json_.EndArray();
  return *this;
}

EventDetails& EventDetails::AddErasable(std::string_view key, std::string_view text) {
  if (text.empty()) return *this;
  const std::string salt = Salt();
  json_.Key(key);
  json_.BeginObject();
  json_.Field("sha256", HashOfText(salt, text));
  json_.EndObject();
  texts_.push_back({std::string(key), salt, std::string(text)});
  return *this;
}

absl::StatusOr<Event> AppendEvent(const Database& database, Event event, EventDetails details) {
  assert(database.in_transaction());
  absl::StatusOr<LogHead> head = HeadOfChain(database);
  if (!head.ok()) return head.status();
  details.json_.EndObject();
  event.seq = head->seq + 1;
  event.details = details.json_.Take();
  event.previous = head->hash;
  event.hash = HashOfEvent(event);
  absl::Status status =
      database.Run("INSERT INTO event VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)", event.seq, event.time, event.person,
                   event.action, event.subject, event.subject_id, event.details, event.previous, event.hash);
  if (!status.ok()) return status;
  for (const EventDetails::Text& text : details.texts_) {
    status = database.Run("INSERT INTO event_text VALUES(?1, ?2, ?3, ?4)", event.seq, text.key, text.salt, text.text);
    if (!status.ok()) return status;
  }
  return event;
}

absl::Status EraseEventTexts(const Database& database, std::string_view subject, int64_t subject_id,
                             std::string_view key, std::string_view action) {
  return database.Run(
      "DELETE FROM event_text WHERE key = ?3 AND seq IN (SELECT seq FROM event WHERE subject = ?1 AND subject_id = ?2 "
      "AND (?4 = '' OR action = ?4))",
      subject, subject_id, key, action);
}

absl::Status ReadEvents(const Database& database, int64_t after, size_t limit,
                        const std::function<void(const Event&)>& take) {
  absl::StatusOr<Statement> rows = database.Prepare(std::string(kColumns) + "WHERE seq > ?1 ORDER BY seq LIMIT ?2");
  if (!rows.ok()) return rows.status();
  return TakeRows(rows->Bind(after, limit), take);
}

absl::Status ReadEventsOf(const Database& database, std::string_view subject, int64_t subject_id,
                          const std::function<void(const Event&)>& take) {
  absl::StatusOr<Statement> rows =
      database.Prepare(std::string(kColumns) + "WHERE subject = ?1 AND subject_id = ?2 ORDER BY seq");
  if (!rows.ok()) return rows.status();
  return TakeRows(rows->Bind(subject, subject_id), take);
}

absl::StatusOr<std::string> DetailsWithTexts(const Database& database, const Event& event) {
  JsonWriter json;
  json.BeginObject();
  absl::StatusOr<Statement> text = database.Prepare("SELECT text FROM event_text WHERE seq = ?1 AND key = ?2");
  if (!text.ok()) return text.status();
  for (const auto& [key, value] : RawJsonFields(event.details)) {
    json.TextKey(key);
    if (!value.starts_with(kHashedText)) {
      json.Raw(value);
      continue;
    }
    absl::StatusOr<bool> kept = text->Bind(event.seq, key).Step();
    if (!kept.ok()) return kept.status();
    *kept ? json.Text(text->View(0)) : json.Raw("null");
    text->Reset();
  }
  json.EndObject();
  return json.Take();
}

absl::StatusOr<LogHead> HeadOfChain(const Database& database) {
  absl::StatusOr<Statement> last = database.Prepare("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1");
  if (!last.ok()) return last.status();
  absl::StatusOr<bool> row = last->Step();
  if (!row.ok()) return row.status();
  if (!*row) return LogHead{};
  return LogHead{last->Integer(0), last->Text(1)};
}

absl::StatusOr<LogCheck> CheckChain(const Database& database, const std::optional<LogHead>& noted) {
  LogCheck check;
  std::string hash_at_noted;
  absl::Status status = ReadEvents(database, 0, std::numeric_limits<int64_t>::max(), [&](const Event& event) {
    ++check.events;
    if (check.problem.empty()) check.problem = ProblemOf(event, check.head);
    check.head = {event.seq, event.hash};
    if (noted && event.seq == noted->seq) hash_at_noted = event.hash;
  });
  if (!status.ok()) return status;
  if (check.problem.empty() && noted && noted->seq > check.head.seq) {
    check.problem = "events are missing at the end: event " + std::to_string(noted->seq) + " was noted, and the log " +
                    "ends with event " + std::to_string(check.head.seq);
  } else if (check.problem.empty() && noted && noted->seq > 0 && hash_at_noted != noted->hash) {
    check.problem = "the log was written anew: event " + std::to_string(noted->seq) + " is not the one that was noted";
  }
  if (check.problem.empty()) {
    absl::StatusOr<std::string> problem = ProblemOfTexts(database);
    if (!problem.ok()) return problem.status();
    check.problem = *std::move(problem);
  }
  check.whole = check.problem.empty();
  return check;
}

}  // namespace unspin::server
