// The text of an article as its readers see it: whole pages, markup and character references of a field are read, and
// mojibake, text that was once read in a wrong character set, is undone, as are apostrophes that became question marks.
#pragma once

#include <string_view>

#include "unspin/article/article.h"
#include "unspin/records/reader_options.h"

namespace unspin {

// Whether CleanText may change the text. Costs next to nothing.
bool MayNeedCleaning(TextIs is, std::string_view text);

// Cleans article.text and keeps its steps true. A text that is a whole page becomes that of its article, as for a file
// of this page, whose title and date are taken where the article has none; so these are to be filled before. Adds the
// alerts "mojibake" and "lost-characters" where some was undone, or is there and cannot be undone for certain.
void CleanText(TextIs is, Article& article);

// Cleans article.title, whose record says that it is HTML or does not. Markup in it is read as that of a text; a
// reference in it always stands for its character. A title without any words in its markup stays.
void CleanTitle(TextIs is, bool is_html, Article& article);

// Makes article.text, which is HTML, a text, and keeps its steps true. Returns whether it was a whole page: the signs
// of its article stand for themselves, as those of any page do.
bool TakeTextOfHtml(Article& article);

}  // namespace unspin
