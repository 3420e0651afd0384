#include "unspin/inputs/xml_references.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "unspin/article/ascii.h"
#include "unspin/page/html_references.h"

namespace unspin {
namespace {

constexpr size_t kNone = std::string_view::npos;
constexpr size_t kMaxReference = 40;  // bytes: the longest name of HTML has 31 letters

// The end of a comment or CDATA section at `at`; `at` itself where none begins.
size_t BehindSection(std::string_view xml, size_t at) {
  const std::string_view rest = xml.substr(at);
  const std::string_view close = rest.starts_with("<![CDATA[") ? "]]>" : rest.starts_with("<!--") ? "-->" : "";
  if (close.empty()) return at;
  const size_t end = xml.find(close, at);
  return end == kNone ? xml.size() : end + close.size();
}

bool IsOwnReference(std::string_view rest) {
  for (const std::string_view own : {"&lt;", "&gt;", "&amp;", "&quot;", "&apos;"}) {
    if (rest.starts_with(own)) return true;
  }
  return false;
}

// The bytes of "&name;" or "&#8217;"; 0 for other bytes.
size_t ReferenceSize(std::string_view rest) {
  size_t size = 1;
  if (size < rest.size() && rest[size] == '#') ++size;
  const size_t begin = size;
  while (size < rest.size() && size < kMaxReference &&
         (IsAsciiAlphanumeric(rest[size]) || rest[size] == '_' || rest[size] == '-' || rest[size] == '.'))
    ++size;
  const bool ends = size > begin && size < rest.size() && rest[size] == ';';
  return ends && (rest[1] == '#' || IsAsciiLetter(rest[1])) ? size + 1 : 0;
}

void AppendCharacters(std::string_view characters, std::string& out) {
  const std::string_view signs = "<>&\"'";
  if (characters.size() == 1 && signs.find(characters[0]) != kNone) {
    out += "&#" + std::to_string(static_cast<int>(characters[0])) + ";";
  } else {
    out += characters;
  }
}

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r'; }

void ReplaceControls(std::string& text, size_t at) {
  constexpr uint64_t kOnes = 0x0101010101010101u, kHighBits = 0x8080808080808080u;
  while (at < text.size()) {
    uint64_t eight = 0;
    const size_t size = std::min(text.size() - at, sizeof eight);
    std::memcpy(&eight, text.data() + at, size);
    const bool may_hold_control = size < sizeof eight || ((eight - kOnes * 0x20) & ~eight & kHighBits) != 0;
    if (may_hold_control) {
      const auto begin = text.begin() + static_cast<std::ptrdiff_t>(at);
      std::replace_if(begin, begin + static_cast<std::ptrdiff_t>(size), IsControl, ' ');
    }
    at += size;
  }
}

// Calls visit(at, size, replacement) for the parts of `xml` that a plain reader takes for something else, or not at
// all. Returns the name of an entity that is unknown, if there is one.
template <typename Visit>
std::optional<std::string> ForEachReplaced(std::string_view xml, const Visit& visit) {
  std::optional<std::string> unknown;
  std::string characters, replacement;
  size_t section = xml.find("<!");
  for (size_t at = xml.find('&'); at != kNone; at = xml.find('&', at)) {
    if (section < at) {
      const size_t end = BehindSection(xml, section);
      section = xml.find("<!", std::max(end, section + 2));
      at = std::max(at, end);
      continue;
    }
    const std::string_view rest = xml.substr(at, kMaxReference + 2);
    if (IsOwnReference(rest)) {
      ++at;
      continue;
    }
    const size_t size = ReferenceSize(rest);
    characters.clear();
    replacement.clear();
    if (size == 0) {
      replacement = "&amp;";
    } else if (DecodeReference(rest.substr(0, size), ReferenceContext::kText, characters) == size) {
      AppendCharacters(characters, replacement);
    } else if (!unknown) {
      unknown = std::string(rest.substr(0, size));
    }
    visit(at, std::max<size_t>(size, 1), std::string_view(replacement));
    at += std::max<size_t>(size, 1);
  }
  return unknown;
}

}  // namespace

std::optional<std::string> AppendWithPlainReferences(std::string_view xml, std::string& out) {
  const size_t begin = out.size();
  size_t copied = 0;
  auto unknown = ForEachReplaced(xml, [&](size_t at, size_t size, std::string_view replacement) {
    out.append(xml.substr(copied, at - copied)).append(replacement);
    copied = at + size;
  });
  out += xml.substr(copied);
  ReplaceControls(out, begin);
  return unknown;
}

size_t OffsetBeforePlainReferences(std::string_view xml, size_t offset) {
  size_t written = 0, copied = 0;  // of the output and of `xml`, up to the last replacement before `offset`
  bool is_inside = false;
  ForEachReplaced(xml, [&](size_t at, size_t size, std::string_view replacement) {
    const size_t begin = written + (at - copied);  // of the replacement, in the output
    if (is_inside || begin >= offset) {
      is_inside = true;
      return;
    }
    written = begin + replacement.size();
    copied = at + size;
  });
  return std::min(xml.size(), copied + (offset - std::min(offset, written)));
}

}  // namespace unspin
