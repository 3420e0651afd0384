// How much of a running sentence a short line holds: "Ann Writer, 3 September" is a byline, "she sank on 3 September"
// is none.
#pragma once

#include <cstddef>
#include <string_view>

namespace unspin {

// The words in small letters that neither dates, names of people nor the labels beside them are made of. Texts without
// such letters (Chinese) count their commas and full stops. Linear.
size_t CountProseWords(std::string_view text);

}  // namespace unspin
