// SHA-256 of bytes: identifies a text for good, and other tools can repeat it.
#pragma once

#include <string>
#include <string_view>

namespace unspin {

// 64 lower-case hexadecimal digits.
std::string Sha256Hex(std::string_view bytes);

}  // namespace unspin
