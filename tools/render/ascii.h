// Text in ASCII alone, for terminals that know no UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace unspin {

// Signs of typography and of bars become similar ones of ASCII (“→” is "->"), letters lose their marks, and what has no
// likeness becomes "?". REQUIRES: `text` is visible (visible.h).
std::string AsciiOnly(std::string_view text);

}  // namespace unspin
