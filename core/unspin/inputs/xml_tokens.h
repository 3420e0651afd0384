// The tags, comments and sections of XML, found one after the other without a parser: as much as telling a file's kind
// and finding the ends of its records need.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace unspin {

enum class XmlTokenKind : uint8_t {
  kNone,        // there is no further "<"
  kIncomplete,  // one begins, and its end is not in the bytes given
  kStart,       // <item a="b">
  kEmpty,       // <item/>
  kEnd,         // </item>
  kComment,
  kCdata,
  kInstruction,  // <?xml version="1.0"?>
  kDoctype,      // with its internal subset
};

struct XmlToken {
  XmlTokenKind kind = XmlTokenKind::kNone;
  size_t begin = 0;  // [begin, end) in the bytes given; of kIncomplete the end is theirs
  size_t end = 0;
  std::string_view name;  // of an element, with its prefix: "atom:entry"
};

// The first token at `from` or behind it. A "<" that begins nothing is text. Linear.
XmlToken NextXmlToken(std::string_view bytes, size_t from);

// "entry" of "atom:entry".
std::string_view WithoutPrefix(std::string_view name);

// The bytes of the name that begins at `begin`; 0 if none does.
size_t XmlNameSize(std::string_view bytes, size_t begin);

// The value of an attribute of a start tag, as written; empty if there is none.
std::string_view XmlAttribute(std::string_view start_tag, std::string_view name);

}  // namespace unspin
