#include "unspin/page/html_references.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <iterator>

#include "unspin/article/ascii.h"

namespace unspin {
namespace {

struct NamedReference {
  std::string_view name;
  std::string_view characters;
  bool semicolon_optional;
};

constexpr NamedReference kNamed[] = {
#include "unspin/page/html_entities.inc"
};

constexpr size_t kMaxNameBytes = 31;     // "CounterClockwiseContourIntegral"
constexpr size_t kMaxBareNameBytes = 6;  // of those whose semicolon is optional

constexpr bool IsSortedByName() {
  return std::is_sorted(std::begin(kNamed), std::end(kNamed),
                        [](const NamedReference& a, const NamedReference& b) { return a.name < b.name; });
}
static_assert(IsSortedByName());

const NamedReference* FindNamed(std::string_view name) {
  const auto* found =
      std::lower_bound(std::begin(kNamed), std::end(kNamed), name,
                       [](const NamedReference& entry, std::string_view key) { return entry.name < key; });
  return found != std::end(kNamed) && found->name == name ? found : nullptr;
}

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

// Numbers 0x80 to 0x9f are read as windows-1252, as the HTML standard asks.
constexpr std::array<uint16_t, 32> kWindows1252 = {0x20ac, 0x81,   0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
                                                   0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d,   0x017d, 0x8f,
                                                   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                                   0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d,   0x017e, 0x0178};

constexpr uint32_t kMaxCodePoint = 0x10ffff;
constexpr uint32_t kReplacement = 0xfffd;

bool IsHexadecimalDigit(char c) { return IsAsciiDigit(c) || (AsciiLower(c) >= 'a' && AsciiLower(c) <= 'f'); }

size_t DecodeNumeric(std::string_view text, std::string& characters) {
  size_t end = 2;
  const bool hexadecimal = end < text.size() && AsciiLower(text[end]) == 'x';
  if (hexadecimal) ++end;
  const size_t digits = end;
  uint32_t code = 0;
  for (; end < text.size(); ++end) {
    const char c = text[end];
    if (!(hexadecimal ? IsHexadecimalDigit(c) : IsAsciiDigit(c))) break;
    const auto digit = static_cast<uint32_t>(IsAsciiDigit(c) ? c - '0' : AsciiLower(c) - 'a' + 10);
    code = std::min(code * (hexadecimal ? 16 : 10) + digit, kMaxCodePoint + 1);  // saturates: any number of digits
  }
  if (end == digits) return 0;
  if (end < text.size() && text[end] == ';') ++end;
  if (code >= 0x80 && code <= 0x9f) code = kWindows1252[code - 0x80];
  const bool surrogate = code >= 0xd800 && code <= 0xdfff;
  AppendUtf8(characters, code == 0 || code > kMaxCodePoint || surrogate ? kReplacement : code);
  return end;
}

}  // namespace

size_t DecodeReference(std::string_view text, ReferenceContext context, std::string& characters) {
  characters.clear();
  if (text.size() < 2 || text[0] != '&') return 0;
  if (text[1] == '#') return DecodeNumeric(text, characters);
  size_t end = 1;
  while (end < text.size() && end <= kMaxNameBytes && IsAsciiAlphanumeric(text[end])) ++end;
  if (end < text.size() && text[end] == ';') {
    if (const auto* named = FindNamed(text.substr(1, end - 1))) {
      characters = named->characters;
      return end + 1;
    }
  }
  for (size_t length = std::min(end - 1, kMaxBareNameBytes); length > 0; --length) {
    const auto* named = FindNamed(text.substr(1, length));
    if (named == nullptr || !named->semicolon_optional) continue;
    const char next = length + 1 < text.size() ? text[length + 1] : '\0';
    if (context == ReferenceContext::kAttribute && (next == '=' || IsAsciiAlphanumeric(next))) return 0;
    characters = named->characters;
    return length + 1;
  }
  return 0;
}

HtmlTextCursor::HtmlTextCursor(std::string_view record, uint32_t begin, uint32_t end, bool has_references)
    : record_(record.substr(0, end)), next_(begin), end_(end), ampersand_(end), null_(Find('\0', begin)) {
  assert(begin <= end && end <= record.size());
  if (has_references) ampersand_ = Find('&', begin);
}

uint32_t HtmlTextCursor::Find(char c, uint32_t offset) const {
  return static_cast<uint32_t>(std::min<size_t>(record_.find(c, offset), end_));
}

bool HtmlTextCursor::Next(Chunk& chunk) {
  while (next_ < end_ && next_ == null_) null_ = Find('\0', ++next_);
  if (next_ >= end_) return false;
  chunk.begin = next_;
  chunk.is_reference = false;
  size_t size = 0;
  // An ampersand that begins no reference is itself.
  while (ampersand_ < null_) {
    size = DecodeReference(record_.substr(ampersand_), ReferenceContext::kText, decoded_);
    if (size > 0) break;
    ampersand_ = Find('&', ampersand_ + 1);
  }
  if (size > 0 && ampersand_ == next_) {
    next_ += static_cast<uint32_t>(size);
    ampersand_ = Find('&', next_);
    chunk.bytes = decoded_;
    chunk.is_reference = true;
  } else {
    next_ = std::min(ampersand_, null_);
    chunk.bytes = record_.substr(chunk.begin, next_ - chunk.begin);
  }
  chunk.end = next_;
  return true;
}

}  // namespace unspin
