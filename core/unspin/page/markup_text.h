// Text fields that hold HTML, as the interfaces of sites and feeds send it.
#pragma once

#include <string_view>

#include "unspin/article/mapped_text.h"

namespace unspin {

// Whether anything looks like a tag or a character reference. Costs next to nothing.
bool MayHoldMarkup(std::string_view text);

// Whether a text is HTML: it begins with a block, or it has tags in pairs, links or line breaks that are certainly
// meant. Texts about HTML ("use <b> for bold", "opened with <p> and closed with </p>") and signs ("a < b") are not.
// Linear.
bool IsHtmlText(std::string_view text);

// Whether HTML is a whole page, with all that stands around its article: behind blanks and comments it begins with a
// doctype, <html>, <head> or <body>. Linear.
bool IsWholePage(std::string_view html);

// Whether some character reference stands for its character: "it&rsquo;s", "R&amp;D", and, without a semicolon, letters
// with accents ("caf&eacute"). One that stands alone may be what the text is about ("write &amp; for it"). Linear.
bool HoldsReferences(std::string_view text);

// Appends the text of the HTML that is the record of `out`: blocks are paragraphs; scripts and the like are left out.
void ReadMarkup(MappedText& out);

// Appends the record of `out` with its references decoded.
void ReadReferences(MappedText& out);

}  // namespace unspin
