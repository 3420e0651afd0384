#include "evidence/event_line.h"

#include <simdjson.h>

#include "render/json_writer.h"
#include "unspin/base/sha256.h"
#include "unspin/json/json_text.h"

namespace unspin::evidence {
namespace {

JsonWriter Begun(const Event& event) {
  JsonWriter json;
  json.BeginObject();
  json.Field("seq", event.seq);
  json.Field("time", event.time);
  json.Field("person", event.person);
  json.Field("action", event.action);
  json.Key("case");
  if (event.subject == "case") {
    json.Number(event.subject_id);
  } else {
    json.Raw("null");
    if (!event.subject.empty()) {
      json.TextKey(event.subject);
      json.Number(event.subject_id);
    }
  }
  json.Key("details");
  json.Raw(event.details);
  json.Field("previous", event.previous);
  return json;
}

bool IsOneLineObject(std::string_view json) {
  return json.starts_with('{') && json.ends_with('}') && json.find('\n') == std::string_view::npos;
}

std::string TextOf(simdjson::dom::element object, std::string_view key) {
  std::string_view text;
  return object[key].get(text) ? std::string() : std::string(text);
}

}  // namespace

std::string EventLine(const Event& event) {
  JsonWriter json = Begun(event);
  json.Field("hash", event.hash);
  json.EndObject();
  return json.Take();
}

std::string HashOfEvent(const Event& event) {
  JsonWriter json = Begun(event);
  json.EndObject();
  return Sha256Hex(json.Take());
}

std::string ProblemOf(const Event& event, const LogHead& last) {
  const std::string name = "event " + std::to_string(event.seq);
  if (event.seq != last.seq + 1) return "event " + std::to_string(last.seq + 1) + " is missing";
  if (event.previous != last.hash) return name + " does not follow the event before it: an event was exchanged";
  if (!IsOneLineObject(event.details) || HashOfEvent(event) != event.hash) {
    return name + " was changed: its hash does not fit";
  }
  return "";
}

std::optional<Event> ReadEventLine(std::string_view line) {
  simdjson::dom::parser parser;
  simdjson::dom::element object;
  if (parser.parse(simdjson::padded_string(line)).get(object) || !object.is_object()) return std::nullopt;
  Event event;
  if (object["seq"].get(event.seq)) return std::nullopt;
  event.time = TextOf(object, "time");
  event.person = TextOf(object, "person");
  event.action = TextOf(object, "action");
  event.previous = TextOf(object, "previous");
  event.hash = TextOf(object, "hash");
  std::string_view behind;  // the key before this one
  for (const auto& [key, value] : RawJsonFields(line)) {
    if (key == "details") event.details = value;
    const bool is_subject = key == "case" ? value != "null" : behind == "case" && key != "details";
    if (is_subject && event.subject.empty()) {
      event.subject = key;
      if (object[key].get(event.subject_id)) return std::nullopt;
    }
    behind = key;
  }
  // Whatever was read differently, added or left out shows here.
  if (!IsOneLineObject(event.details) || EventLine(event) != line) return std::nullopt;
  return event;
}

}  // namespace unspin::evidence
