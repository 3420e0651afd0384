#include "unspin/json/json_text.h"

#include <algorithm>
#include <cassert>

namespace unspin {
namespace {

constexpr size_t kNone = std::string_view::npos;

// The offset after the closing quote; npos if there is none. REQUIRES: json[begin] is the opening quote.
size_t EndOfString(std::string_view json, size_t begin) {
  assert(json[begin] == '"');
  const size_t inside = begin + 1;
  for (size_t quote = inside;; ++quote) {
    quote = json.find('"', quote);  // memchr: most bytes are inside of strings
    if (quote == kNone) return kNone;
    size_t backslashes = 0;
    while (quote - backslashes > inside && json[quote - backslashes - 1] == '\\') ++backslashes;
    if (backslashes % 2 == 0) return quote + 1;
  }
}

}  // namespace

size_t SkipJsonSpace(std::string_view json, size_t begin) {
  return std::min(json.find_first_not_of(" \t\r\n", begin), json.size());
}

size_t EndOfJsonValue(std::string_view json, size_t begin) {
  if (begin >= json.size()) return kNone;
  if (json[begin] == '"') return EndOfString(json, begin);
  if (json[begin] != '{' && json[begin] != '[') {
    return std::min(json.find_first_of(",]} \t\r\n", begin), json.size());
  }
  size_t depth = 0;
  for (size_t end = begin; end < json.size();) {
    const char c = json[end];
    if (c == '"') {
      end = EndOfString(json, end);
      if (end == kNone) return kNone;
      continue;
    }
    if (c == '{' || c == '[') ++depth;
    ++end;
    if ((c == '}' || c == ']') && --depth == 0) return end;
  }
  return kNone;
}

std::vector<std::pair<std::string_view, std::string_view>> RawJsonFields(std::string_view object) {
  std::vector<std::pair<std::string_view, std::string_view>> fields;
  size_t next = SkipJsonSpace(object, 0) + 1;
  for (;;) {
    next = SkipJsonSpace(object, next);
    if (next < object.size() && object[next] == ',') next = SkipJsonSpace(object, next + 1);
    if (next >= object.size() || object[next] != '"') return fields;
    const size_t key_end = EndOfString(object, next);
    if (key_end == kNone) return fields;
    const std::string_view key = object.substr(next + 1, key_end - next - 2);
    next = SkipJsonSpace(object, key_end);
    if (next >= object.size() || object[next] != ':') return fields;
    const size_t value = SkipJsonSpace(object, next + 1);
    next = EndOfJsonValue(object, value);
    if (next == kNone) return fields;
    fields.emplace_back(key, object.substr(value, next - value));
  }
}

}  // namespace unspin
