// A text → a JSON string.
#pragma once

#include <string>
#include <string_view>

namespace unspin {

// With its quotes. REQUIRES: `text` is valid UTF-8.
std::string JsonString(std::string_view text);

}  // namespace unspin
