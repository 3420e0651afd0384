#include "unspin/json/json_scanner.h"

#include <cassert>

#include "unspin/article/ascii.h"

namespace unspin {
namespace {

constexpr size_t kNone = std::string_view::npos;
constexpr size_t kMaxDepth = 1'000'000;  // bounds the memory; parsers stop far earlier

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool IsOfWord(char c) { return IsAsciiAlphanumeric(c) || c == '-' || c == '+' || c == '.'; }

}  // namespace

void JsonScanner::Begin() {
  is_object_.clear();
  next_ = Next::kValue;
  in_string_ = in_name_ = in_word_ = escaped_ = false;
}

JsonScanner::State JsonScanner::Break(std::string_view problem) {
  problem_ = problem;
  return State::kBroken;
}

JsonScanner::State JsonScanner::ScanString(std::string_view json, size_t& at) {
  if (escaped_ && at < json.size()) {
    escaped_ = false;
    ++at;
  }
  const size_t begin = at;
  for (;;) {
    const size_t quote = json.find('"', at);
    const size_t end = quote == kNone ? json.size() : quote;
    if (const size_t line_end = json.substr(at, end - at).find('\n'); line_end != kNone) {
      at += line_end;
      return Break("a string goes over the end of its line");
    }
    size_t backslashes = 0;
    while (end - backslashes > begin && json[end - backslashes - 1] == '\\') ++backslashes;
    if (quote == kNone) {
      escaped_ = backslashes % 2 == 1;
      at = end;
      return State::kUnfinished;
    }
    at = quote + 1;
    if (backslashes % 2 == 0) return State::kEnd;
  }
}

JsonScanner::State JsonScanner::EndValue() {
  next_ = Next::kComma;
  return is_object_.empty() ? State::kEnd : State::kUnfinished;
}

JsonScanner::State JsonScanner::Close(bool object) {
  if (is_object_.empty() || is_object_.back() != object) return Break("a bracket closes what is not open");
  if (next_ == Next::kColon) return Break("a name has no value");
  is_object_.pop_back();
  return EndValue();
}

JsonScanner::State JsonScanner::Take(char c) {
  const bool in_object = !is_object_.empty() && is_object_.back();
  if (c == '}' || c == ']') return Close(c == '}');
  if (c == '/' || c == '#') return Break("a comment begins, which JSON does not have");
  if (c == ':') {
    if (next_ != Next::kColon) return Break("a colon follows what is no name");
    next_ = Next::kValue;
    return State::kUnfinished;
  }
  if (next_ == Next::kColon) return Break("no colon follows a name");
  if (c == ',') {
    next_ = in_object ? Next::kName : Next::kValue;
    return State::kUnfinished;
  }
  const bool wants_name = in_object && next_ != Next::kValue;
  if (c == '"') {
    in_string_ = true;
    in_name_ = wants_name;
    return State::kUnfinished;
  }
  if (wants_name) return Break("a value has no name");
  if (c == '{' || c == '[') {
    if (is_object_.size() >= kMaxDepth) return Break("brackets are nested deeper than a million levels");
    is_object_.push_back(c == '{');
    next_ = c == '{' ? Next::kName : Next::kValue;
    return State::kUnfinished;
  }
  if (!IsOfWord(c)) return Break("a byte is no JSON");
  in_word_ = true;
  return State::kUnfinished;
}

JsonScanner::State JsonScanner::Scan(std::string_view json, size_t& at) {
  assert(at <= json.size());
  while (at < json.size()) {
    if (in_string_) {
      const State state = ScanString(json, at);
      if (state != State::kEnd) return state;
      in_string_ = false;
      if (in_name_) {
        next_ = Next::kColon;
      } else if (EndValue() == State::kEnd) {
        return State::kEnd;
      }
      continue;
    }
    if (in_word_) {
      while (at < json.size() && IsOfWord(json[at])) ++at;
      if (at == json.size()) return State::kUnfinished;
      in_word_ = false;
      if (EndValue() == State::kEnd) return State::kEnd;
      continue;
    }
    if (IsSpace(json[at])) {
      ++at;
      continue;
    }
    const State state = Take(json[at]);
    if (state == State::kBroken) return state;
    ++at;
    if (state == State::kEnd) return state;
  }
  return State::kUnfinished;
}

}  // namespace unspin
