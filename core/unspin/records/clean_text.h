// The text of an article as its readers see it: markup and character references of a field are read, and mojibake,
// text that was once read in a wrong character set, is undone, as are apostrophes that became question marks.
#pragma once

#include <string_view>

#include "unspin/article/article.h"
#include "unspin/records/reader_options.h"

namespace unspin {

// Whether CleanText may change the text. Costs next to nothing.
bool MayNeedCleaning(TextIs is, std::string_view text);

// Cleans article.text and keeps its steps true. Adds the alerts "mojibake" and "lost-characters" where some was undone,
// or is there and cannot be undone for certain.
void CleanText(TextIs is, Article& article);

}  // namespace unspin
