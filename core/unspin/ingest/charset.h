// Bytes in any character set → UTF-8.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace unspin {

// UTF-16 with a byte order mark, as UTF-8 without one; nothing for other bytes.
std::optional<std::string> FromUtf16(std::string_view bytes);

// A web page as valid UTF-8. The character set is, in this order: that of the byte order mark; UTF-8, if the page has
// non-ASCII characters and is valid UTF-8, whatever it declares (pages are often saved as UTF-8 with their old
// declaration); the declared one; a guess; windows-1252. Invalid bytes become U+FFFD. A UTF-8 byte order mark stays.
std::string HtmlToUtf8(std::string bytes);

bool IsValidUtf8(std::string_view bytes);

}  // namespace unspin
