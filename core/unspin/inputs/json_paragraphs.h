// The text of a JSON value that is no plain string: a list of paragraphs, or the blocks of an editor's document.
#pragma once

#include <string>

#include <simdjson.h>

#include "unspin/records/reader_options.h"

namespace unspin {

struct JsonText {
  std::string text;      // paragraphs with blank lines between them, markup and references read
  std::string problem;   // not empty: why the value is no text, as what follows the field's name: "is a number"
  bool is_page = false;  // the text is HTML still, a whole page
};

// Reads strings, lists of strings, lists of objects with one obvious text each, and documents of such blocks, as
// Editor.js, Draft.js, ProseMirror, Slate, Portable Text, Gutenberg and Arc write them. Pictures, embedded media and
// blocks without a text are left out; a block that has a text, and not one obvious, is a problem. Linear.
JsonText TextOfJsonValue(simdjson::dom::element value, TextIs is);

}  // namespace unspin
