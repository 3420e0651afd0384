#include "unspin/inputs/xml_references.h"

#include <algorithm>
#include <cstddef>

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

}  // namespace

std::optional<std::string> AppendWithPlainReferences(std::string_view xml, std::string& out) {
  const size_t begin = out.size();
  std::optional<std::string> unknown;
  std::string characters;
  size_t copied = 0, section = xml.find("<!");
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
    out += xml.substr(copied, at - copied);
    const size_t size = ReferenceSize(rest);
    characters.clear();
    if (size == 0) {
      out += "&amp;";
    } else if (DecodeReference(rest.substr(0, size), ReferenceContext::kText, characters) == size) {
      AppendCharacters(characters, out);
    } else if (!unknown) {
      unknown = std::string(rest.substr(0, size));
    }
    at += std::max<size_t>(size, 1);
    copied = at;
  }
  out += xml.substr(copied);
  std::replace_if(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(), IsControl, ' ');
  return unknown;
}

}  // namespace unspin
