// Where tags, comments and raw text end: the tokens of HTML between runs of text.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "unspin/ingest/html.h"

namespace unspin {

// All offsets are bytes of the record.

// Whether the "<" at `offset` begins a tag, a comment or the like. If not, it is text.
bool IsMarkup(std::string_view record, size_t offset);

// The end of the comment, doctype or processing instruction at `begin`.
size_t EndOfDeclaration(std::string_view record, size_t begin);

// The end of a tag's name that begins at `begin`.
size_t EndOfTagName(std::string_view record, size_t begin);

struct TagEnd {
  size_t offset = 0;          // after the ">"; npos: the record ends within the tag
  bool self_closing = false;  // "/>"
};

// Reads a tag from the end of its name on. Appends its attributes to `attributes`; null: they are not kept.
TagEnd ReadAttributes(std::string_view record, size_t begin, std::vector<HtmlAttribute>* attributes);

// The "</" of the end tag that ends the raw text from `begin` on; the record's size if there is none. `name` is the
// element's, in lower case.
size_t EndOfRawText(std::string_view record, size_t begin, std::string_view name);

// `lower` is in lower case.
bool EqualIgnoringCase(std::string_view text, std::string_view lower);

}  // namespace unspin
