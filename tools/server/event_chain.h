// The log of who did what when, in a database: events that are only added, each with the SHA-256 of the one before
// (evidence/event_line.h).
//
// A text that may have to be erased is not in the line. `details` has {"sha256":"…"} in its place: of a random salt and
// the text. Both lie in a table of their own. When they are erased, the chain still verifies, and the hash does not
// tell a short text to somebody who tries all of them.
//
// CheckChain sees a byte that was changed in an event, an event that was removed or inserted, and events that changed
// places. A chain alone does not see: that the last events were removed, or that somebody who can write the file made
// all hashes again. Against both, a head (number and hash of the last event) is noted elsewhere: in an e-mail, on
// paper, with a notary; CheckChain compares it. Triggers in the database refuse to change or delete events; they hold
// off mistakes, not somebody who can write the file.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "evidence/event_line.h"
#include "render/json_writer.h"
#include "server/database.h"
#include "server/desk_records.h"

namespace unspin::server {

// SQL that makes the tables of the log.
extern const char* const kEventTables;

using evidence::Event;
using evidence::EventLine;
using evidence::HashOfEvent;

// The details of an event, and its texts that may have to be erased.
class EventDetails {
 public:
  EventDetails() { json_.BeginObject(); }
  template <typename Value>
  EventDetails& Add(std::string_view key, const Value& value) {
    json_.Field(key, value);
    return *this;
  }
  EventDetails& AddSpan(std::string_view key, size_t begin, size_t end);
  EventDetails& AddWords(std::string_view key, const std::vector<std::string>& words);
  // Nothing where `text` is empty.
  EventDetails& AddErasable(std::string_view key, std::string_view text);

 private:
  friend absl::StatusOr<Event> AppendEvent(const Database& database, Event event, EventDetails details);
  struct Text {
    std::string key;
    std::string salt;
    std::string text;
  };
  JsonWriter json_;
  std::vector<Text> texts_;
};

// Adds an event behind the last one. Takes `time`, `person`, `action` and the subject from `event`.
// REQUIRES: a transaction is open.
absl::StatusOr<Event> AppendEvent(const Database& database, Event event, EventDetails details);

// Erases the texts `key` of the events of a subject; of those with `action`, if it is not empty.
absl::Status EraseEventTexts(const Database& database, std::string_view subject, int64_t subject_id,
                             std::string_view key, std::string_view action = "");

// Calls `take` for events behind `after`, in order, `limit` at most; of one subject if `subject` is not empty.
absl::Status ReadEvents(const Database& database, int64_t after, size_t limit,
                        const std::function<void(const Event&)>& take);
absl::Status ReadEventsOf(const Database& database, std::string_view subject, int64_t subject_id,
                          const std::function<void(const Event&)>& take);

// `event.details` with the texts in place of their hashes, null for those that were erased.
absl::StatusOr<std::string> DetailsWithTexts(const Database& database, const Event& event);

absl::StatusOr<LogHead> HeadOfChain(const Database& database);

// Checks every hash, that each event follows the one before, and the texts that are not erased.
absl::StatusOr<LogCheck> CheckChain(const Database& database, const std::optional<LogHead>& noted);

}  // namespace unspin::server
