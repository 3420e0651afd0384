#include "unspin/ingest/html_markup.h"

#include <algorithm>

#include "unspin/ingest/ascii.h"

namespace unspin {
namespace {

constexpr size_t kNone = std::string_view::npos;

size_t SkipSpace(std::string_view record, size_t offset) {
  while (offset < record.size() && IsHtmlSpace(record[offset])) ++offset;
  return offset;
}

// Reads a value, quoted or not, that begins at `offset`. Returns the offset behind it; npos if the record ends within.
size_t ReadValue(std::string_view record, size_t offset, std::string_view& value) {
  if (offset >= record.size()) return kNone;
  const char quote = record[offset];
  if (quote == '"' || quote == '\'') {
    const size_t end = record.find(quote, offset + 1);
    if (end == kNone) return kNone;
    value = record.substr(offset + 1, end - offset - 1);
    return end + 1;
  }
  size_t end = offset;
  while (end < record.size() && !IsHtmlSpace(record[end]) && record[end] != '>') ++end;
  value = record.substr(offset, end - offset);
  return end;
}

}  // namespace

bool EqualIgnoringCase(std::string_view text, std::string_view lower) {
  return text.size() == lower.size() &&
         std::equal(text.begin(), text.end(), lower.begin(), [](char a, char b) { return AsciiLower(a) == b; });
}

bool IsMarkup(std::string_view record, size_t offset) {
  const char next = offset + 1 < record.size() ? record[offset + 1] : '\0';
  const char after = offset + 2 < record.size() ? record[offset + 2] : '\0';
  return IsAsciiLetter(next) || next == '!' || next == '?' || (next == '/' && (IsAsciiLetter(after) || after == '>'));
}

size_t EndOfDeclaration(std::string_view record, size_t begin) {
  const std::string_view rest = record.substr(begin);
  if (rest.starts_with("<!--")) {
    if (rest.substr(4).starts_with(">")) return begin + 5;
    if (rest.substr(4).starts_with("->")) return begin + 6;
    const size_t end = record.find("-->", begin + 4);
    return end == kNone ? record.size() : end + 3;
  }
  const size_t end = record.find('>', begin);
  return end == kNone ? record.size() : end + 1;
}

size_t EndOfTagName(std::string_view record, size_t begin) {
  size_t end = begin;
  while (end < record.size() && !IsHtmlSpace(record[end]) && record[end] != '/' && record[end] != '>') ++end;
  return end;
}

TagEnd ReadAttributes(std::string_view record, size_t begin, std::vector<HtmlAttribute>* attributes) {
  bool self_closing = false;
  for (size_t offset = begin; offset < record.size();) {
    const char c = record[offset];
    if (c == '>') return {offset + 1, self_closing};
    if (c == '/' || IsHtmlSpace(c)) {
      self_closing = c == '/';
      ++offset;
      continue;
    }
    self_closing = false;
    const size_t name_begin = offset++;  // a leading "=" belongs to the name
    while (offset < record.size() && !IsHtmlSpace(record[offset]) && record[offset] != '/' && record[offset] != '>' &&
           record[offset] != '=')
      ++offset;
    HtmlAttribute attribute{record.substr(name_begin, offset - name_begin), {}};
    offset = SkipSpace(record, offset);
    if (offset < record.size() && record[offset] == '=') {
      offset = ReadValue(record, SkipSpace(record, offset + 1), attribute.value);
      if (offset == kNone) break;
    }
    if (attributes != nullptr) attributes->push_back(attribute);
  }
  return {kNone, false};
}

size_t EndOfRawText(std::string_view record, size_t begin, std::string_view name) {
  for (size_t close = record.find("</", begin); close != kNone; close = record.find("</", close + 1)) {
    const size_t name_end = close + 2 + name.size();
    if (name_end <= record.size() && EqualIgnoringCase(record.substr(close + 2, name.size()), name) &&
        EndOfTagName(record, name_end) == name_end) {
      return close;
    }
  }
  return record.size();
}

}  // namespace unspin
