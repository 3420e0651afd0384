// One event of a log that is only added to: a line of JSON with the SHA-256 of the line before.
//
//   {"seq":7,"time":"…","person":"…","action":"noted","case":3,"details":{…},"previous":"…","hash":"…"}
//
// `hash` is the SHA-256 of the line's bytes without `,"hash":"…"`, in hexadecimal; `previous` is the hash of the event
// before, and empty in the first. So anyone can check lines with any program that knows SHA-256. An event that is about
// no case has "case":null, and names its subject behind it: "audit":2 or "licence":4; an event without a number to name
// has nothing there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace unspin::evidence {

struct Event {
  int64_t seq = 0;   // from 1
  std::string time;  // ISO 8601 in UTC
  std::string person;
  std::string action;
  std::string subject;  // "case", "audit" or "licence"; empty: none
  int64_t subject_id = 0;
  std::string details;  // a JSON object on one line
  std::string previous;
  std::string hash;
};

struct LogHead {
  int64_t seq = 0;   // 0: no event yet
  std::string hash;  // of the event `seq`
};

// One line of JSON without a line feed.
// REQUIRES: `details` is a JSON object on one line.
std::string EventLine(const Event& event);
// REQUIRES: as for EventLine.
std::string HashOfEvent(const Event& event);

// The problem with `event`, which should follow the event `last`; empty where there is none.
std::string ProblemOf(const Event& event, const LogHead& last);

// Reads what EventLine wrote. Nothing where the line is not exactly such a line; the hash may be any.
std::optional<Event> ReadEventLine(std::string_view line);

}  // namespace unspin::evidence
