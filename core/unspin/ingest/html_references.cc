// Character references: "&eacute;", "&#8217;", "&#x2019;".

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <iterator>

#include "unspin/ingest/html.h"

namespace unspin {
namespace {

struct NamedReference {
  std::string_view name;
  std::string_view meaning;
  bool bare;  // may end without a semicolon
};

constexpr NamedReference kNamed[] = {
#include "unspin/ingest/html_entities.inc"
};

constexpr size_t kMaxNameBytes = 31;  // "CounterClockwiseContourIntegral"
constexpr size_t kMaxBareNameBytes = 6;

const NamedReference* FindNamed(std::string_view name) {
  const auto* found =
      std::lower_bound(std::begin(kNamed), std::end(kNamed), name,
                       [](const NamedReference& entry, std::string_view key) { return entry.name < key; });
  return found != std::end(kNamed) && found->name == name ? found : nullptr;
}

bool IsAlphanumeric(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

void AppendUtf8(std::string& out, uint32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xc0 | (code >> 6));
    out += static_cast<char>(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xe0 | (code >> 12));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3f));
    out += static_cast<char>(0x80 | (code & 0x3f));
  } else {
    out += static_cast<char>(0xf0 | (code >> 18));
    out += static_cast<char>(0x80 | ((code >> 12) & 0x3f));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3f));
    out += static_cast<char>(0x80 | (code & 0x3f));
  }
}

// Numbers 0x80 to 0x9f are read as windows-1252, which is what their authors meant.
constexpr std::array<uint16_t, 32> kWindows1252 = {0x20ac, 0x81,   0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
                                                   0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d,   0x017d, 0x8f,
                                                   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                                   0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d,   0x017e, 0x0178};

size_t DecodeNumeric(std::string_view text, std::string& meaning) {
  size_t at = 2;
  const bool hexadecimal = at < text.size() && (text[at] == 'x' || text[at] == 'X');
  if (hexadecimal) ++at;
  const size_t digits = at;
  uint32_t code = 0;
  for (; at < text.size(); ++at) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (!(hexadecimal ? std::isxdigit(c) : std::isdigit(c))) break;
    const uint32_t digit = std::isdigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
    code = std::min<uint32_t>(code * (hexadecimal ? 16 : 10) + digit, 0x110000);  // saturates: any length of digits
  }
  if (at == digits) return 0;
  if (at < text.size() && text[at] == ';') ++at;
  if (code >= 0x80 && code <= 0x9f) code = kWindows1252[code - 0x80];
  if (code == 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) code = 0xfffd;
  AppendUtf8(meaning, code);
  return at;
}

}  // namespace

size_t DecodeReference(std::string_view text, bool in_attribute, std::string& meaning) {
  meaning.clear();
  if (text.size() < 2 || text[0] != '&') return 0;
  if (text[1] == '#') return DecodeNumeric(text, meaning);
  size_t end = 1;
  while (end < text.size() && end <= kMaxNameBytes && IsAlphanumeric(text[end])) ++end;
  if (end < text.size() && text[end] == ';') {
    if (const auto* named = FindNamed(text.substr(1, end - 1))) {
      meaning = named->meaning;
      return end + 1;
    }
  }
  for (size_t length = std::min(end - 1, kMaxBareNameBytes); length > 0; --length) {
    const auto* named = FindNamed(text.substr(1, length));
    if (named == nullptr || !named->bare) continue;
    const char next = length + 1 < text.size() ? text[length + 1] : '\0';
    if (in_attribute && (next == '=' || IsAlphanumeric(next))) return 0;
    meaning = named->meaning;
    return length + 1;
  }
  return 0;
}

bool HtmlTextCursor::Next(Piece& piece) {
  if (at_ >= end_) return false;
  piece.begin = at_;
  piece.is_reference = false;
  const std::string_view rest = record_.substr(at_, end_ - at_);
  if (const size_t size = DecodeReference(rest, false, decoded_); size > 0) {
    at_ += static_cast<uint32_t>(size);
    piece.bytes = decoded_;
    piece.is_reference = true;
  } else {
    size_t next = 1;  // an ampersand that begins no reference is itself
    for (std::string unused;; ++next) {
      next = std::min(rest.find('&', next), rest.size());
      if (next == rest.size() || DecodeReference(rest.substr(next), false, unused) > 0) break;
    }
    at_ += static_cast<uint32_t>(next);
    piece.bytes = rest.substr(0, next);
  }
  piece.end = at_;
  return true;
}

}  // namespace unspin
