#include "unspin/inputs/xml_tokens.h"

#include <algorithm>
#include <string>

#include "unspin/article/ascii.h"

namespace unspin {
namespace {

constexpr size_t kNone = std::string_view::npos;

bool IsNameStart(char c) { return IsAsciiLetter(c) || c == '_' || c == ':' || static_cast<unsigned char>(c) >= 0x80; }
bool IsNameCharacter(char c) { return IsNameStart(c) || IsAsciiDigit(c) || c == '-' || c == '.'; }

// The end of a construct that `close` ends; npos if it is not there.
size_t Behind(std::string_view bytes, std::string_view close, size_t from) {
  const size_t at = bytes.find(close, from);
  return at == kNone ? kNone : at + close.size();
}

// The end of a tag whose inside begins at `at`: the first ">" outside of quotation marks. No value holds a "<": where
// one comes before the end, a mark is missing or too many, and the tag ends with the first ">", or there.
size_t BehindTag(std::string_view bytes, size_t at) {
  size_t quoted_end = kNone;
  char mark = 0;  // of the value that is open
  for (; at < bytes.size(); ++at) {
    const char c = bytes[at];
    if (c == '<') return quoted_end == kNone ? at : quoted_end;
    if (c == '>' && mark == 0) return at + 1;
    if (c == '>') quoted_end = std::min(quoted_end, at + 1);
    if (c == '"' || c == '\'') mark = mark == 0 ? c : mark == c ? '\0' : mark;
  }
  return kNone;
}

// A declaration ends at its ">" outside of quotation marks, comments and the brackets of its internal subset.
size_t BehindDoctype(std::string_view bytes, size_t at) {
  bool in_subset = false;
  while (at < bytes.size()) {
    const char c = bytes[at];
    if (c == '>' && !in_subset) return at + 1;
    if (c == '[') in_subset = true;
    if (c == ']') in_subset = false;
    if (c == '"' || c == '\'') {
      at = bytes.find(c, at + 1);
    } else if (bytes.substr(at, 4) == "<!--") {
      at = Behind(bytes, "-->", at + 4);
      if (at != kNone) --at;
    } else if (bytes.substr(at, 2) == "<?") {
      at = Behind(bytes, "?>", at + 2);
      if (at != kNone) --at;
    }
    if (at == kNone) return kNone;
    ++at;
  }
  return kNone;
}

// A token that begins at a "<"; kNone if none does.
XmlToken TokenAt(std::string_view bytes, size_t begin) {
  XmlToken token;
  token.begin = begin;
  const auto ends = [&](XmlTokenKind kind, size_t end) {
    token.kind = end == kNone ? XmlTokenKind::kIncomplete : kind;
    token.end = end == kNone ? bytes.size() : end;
    return token;
  };
  constexpr std::string_view kComment = "<!--", kCdata = "<![CDATA[", kDoctype = "<!doctype";
  const std::string_view rest = bytes.substr(begin);
  if (rest.size() < 2) return ends(XmlTokenKind::kIncomplete, kNone);
  if (rest[1] == '?') return ends(XmlTokenKind::kInstruction, Behind(bytes, "?>", begin + 2));
  if (rest[1] == '!') {
    if (rest.starts_with(kComment)) return ends(XmlTokenKind::kComment, Behind(bytes, "-->", begin + kComment.size()));
    if (rest.starts_with(kCdata)) return ends(XmlTokenKind::kCdata, Behind(bytes, "]]>", begin + kCdata.size()));
    const std::string opening = AsciiLower(rest.substr(0, kDoctype.size()));
    if (opening == kDoctype) return ends(XmlTokenKind::kDoctype, BehindDoctype(bytes, begin + kDoctype.size()));
    const bool cut = kComment.starts_with(rest) || kCdata.starts_with(rest) || kDoctype.starts_with(opening);
    return cut ? ends(XmlTokenKind::kIncomplete, kNone) : token;
  }
  const bool is_end = rest[1] == '/';
  const size_t name = begin + 1 + is_end;
  if (name >= bytes.size()) return ends(XmlTokenKind::kIncomplete, kNone);
  const size_t size = XmlNameSize(bytes, name);
  if (size == 0) return token;
  token.name = bytes.substr(name, size);
  const size_t end = BehindTag(bytes, name + size);
  if (is_end) return ends(XmlTokenKind::kEnd, end);
  return ends(end != kNone && bytes[end - 2] == '/' ? XmlTokenKind::kEmpty : XmlTokenKind::kStart, end);
}

}  // namespace

size_t XmlNameSize(std::string_view bytes, size_t begin) {
  if (begin >= bytes.size() || !IsNameStart(bytes[begin])) return 0;
  size_t end = begin + 1;
  while (end < bytes.size() && IsNameCharacter(bytes[end])) ++end;
  return end - begin;
}

XmlToken NextXmlToken(std::string_view bytes, size_t from) {
  for (size_t at = bytes.find('<', from); at != kNone; at = bytes.find('<', at + 1)) {
    const XmlToken token = TokenAt(bytes, at);
    if (token.kind != XmlTokenKind::kNone) return token;
  }
  return {XmlTokenKind::kNone, bytes.size(), bytes.size(), {}};
}

std::string_view WithoutPrefix(std::string_view name) {
  const size_t colon = name.rfind(':');
  return colon == kNone ? name : name.substr(colon + 1);
}

std::string_view XmlAttribute(std::string_view start_tag, std::string_view name) {
  size_t at = 1 + XmlNameSize(start_tag, 1);
  const auto skip_space = [&] {
    while (at < start_tag.size() && IsHtmlSpace(start_tag[at])) ++at;
  };
  while (at < start_tag.size()) {
    skip_space();
    const size_t size = XmlNameSize(start_tag, at);
    if (size == 0) return {};
    const std::string_view found = start_tag.substr(at, size);
    at += size;
    skip_space();
    if (at >= start_tag.size() || start_tag[at] != '=') return {};
    ++at;
    skip_space();
    if (at >= start_tag.size() || (start_tag[at] != '"' && start_tag[at] != '\'')) return {};
    const size_t end = start_tag.find(start_tag[at], at + 1);
    if (end == kNone) return {};
    if (found == name) return start_tag.substr(at + 1, end - at - 1);
    at = end + 1;
  }
  return {};
}

}  // namespace unspin
