// SHA-256 of bytes: the proof of what a text was, fit to be repeated with other tools.
#pragma once

#include <string>
#include <string_view>

namespace unspin {

// 64 lower-case hexadecimal digits.
std::string Sha256Hex(std::string_view bytes);

}  // namespace unspin
