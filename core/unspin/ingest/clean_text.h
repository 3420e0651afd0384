// The text of an article as its readers see it: markup and character references of a field are read, and mojibake,
// text that was once read in a wrong character set, is undone, as are apostrophes that became question marks.
#pragma once

#include <cstdint>
#include <string_view>

#include "unspin/ingest/article.h"

namespace unspin {

// What a text is written in.
enum class TextIs : uint8_t {
  kFoundByItself,  // plain text, unless it is certainly HTML or holds character references
  kPlain,          // signs stand for themselves
  kHtml,
};

// Whether CleanText may change the text. Costs next to nothing.
bool MayNeedCleaning(TextIs is, std::string_view text);

// Cleans article.text and keeps its steps true. Adds the alerts "mojibake" and "lost-characters" where some was undone,
// or is there and cannot be undone for certain.
void CleanText(TextIs is, Article& article);

}  // namespace unspin
