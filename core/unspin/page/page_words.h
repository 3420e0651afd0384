// Texts and addresses of a page in the form in which they are compared.
#pragma once

#include <string>
#include <string_view>

#include "unspin/page/html.h"

namespace unspin {

// Runs of white space become one space; none at the ends.
std::string CollapseSpace(std::string_view text);

// Decodes character references and drops tags; the ends of blocks become line breaks. Markup that was escaped once more
// ("&lt;p&gt;") is dropped too. Linear.
std::string WithoutMarkup(std::string_view text);

// The text within an element, white space collapsed, scripts and styles left out; at most `limit` bytes, or one run of
// text more.
std::string TextWithin(const HtmlPage& page, uint32_t element, size_t limit);

// The words of a text in lower case, each between spaces: " council approves bridge ". Signs are left out. So one text
// holds the words of another if it holds its string.
std::string SpacedWords(std::string_view text);

// An address without scheme, "www.", query, fragment and the slash at its end.
std::string_view BareUrl(std::string_view url);

}  // namespace unspin
