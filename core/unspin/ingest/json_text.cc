#include "unspin/ingest/json_text.h"

#include <algorithm>
#include <string>

namespace unspin {
namespace {

constexpr size_t kNone = std::string_view::npos;

// REQUIRES: json[at] is the opening quote. Returns the position after the closing one.
size_t EndOfString(std::string_view json, size_t at) {
  for (size_t begin = ++at;; ++at) {
    at = json.find('"', at);  // memchr: strings are where the bytes are
    if (at == kNone) return kNone;
    size_t backslashes = 0;
    while (at - backslashes > begin && json[at - backslashes - 1] == '\\') ++backslashes;
    if (backslashes % 2 == 0) return at + 1;
  }
}

}  // namespace

size_t SkipJsonSpace(std::string_view json, size_t at) {
  return std::min(json.find_first_not_of(" \t\r\n", at), json.size());
}

size_t EndOfJsonValue(std::string_view json, size_t at) {
  if (at >= json.size()) return kNone;
  if (json[at] == '"') return EndOfString(json, at);
  if (json[at] != '{' && json[at] != '[') return std::min(json.find_first_of(",]} \t\r\n", at), json.size());
  size_t depth = 0;
  while (at < json.size()) {
    const char c = json[at];
    if (c == '"') {
      at = EndOfString(json, at);
      if (at == kNone) return kNone;
      continue;
    }
    if (c == '{' || c == '[') ++depth;
    ++at;
    if ((c == '}' || c == ']') && --depth == 0) return at;
  }
  return kNone;
}

std::vector<std::pair<std::string_view, std::string_view>> RawJsonFields(std::string_view object) {
  std::vector<std::pair<std::string_view, std::string_view>> fields;
  size_t at = SkipJsonSpace(object, 0) + 1;
  for (;;) {
    at = SkipJsonSpace(object, at);
    if (at < object.size() && object[at] == ',') at = SkipJsonSpace(object, at + 1);
    if (at >= object.size() || object[at] != '"') return fields;
    const size_t key_end = EndOfString(object, at);
    if (key_end == kNone) return fields;
    const std::string_view key = object.substr(at + 1, key_end - at - 2);
    at = SkipJsonSpace(object, key_end);
    if (at >= object.size() || object[at] != ':') return fields;
    at = SkipJsonSpace(object, at + 1);
    const size_t end = EndOfJsonValue(object, at);
    if (end == kNone) return fields;
    fields.emplace_back(key, object.substr(at, end - at));
    at = end;
  }
}

}  // namespace unspin
