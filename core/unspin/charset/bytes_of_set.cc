#include "unspin/charset/bytes_of_set.h"

#include <unicode/utf8.h>

#include <cstdint>
#include <string>

#include "unspin/charset/charset_table.h"

namespace unspin {

BytesOfSet::BytesOfSet(std::string_view name) : mixes_cyrillic_(name == "ibm866" || name == "koi8-r") {
  for (int byte = 0x80; byte < 0x100; ++byte) {
    const char c = static_cast<char>(byte);
    // Latin-1 and windows-1252 differ in these; texts hold both.
    if (byte < 0xa0 && name.starts_with("windows")) bytes_[static_cast<char32_t>(byte)] = byte;
    const std::string text = ConvertFrom(CharsetNamed(name), {&c, 1}).value_or("");
    if (text.empty()) continue;
    int32_t at = 0;
    UChar32 point;
    U8_NEXT(reinterpret_cast<const uint8_t*>(text.data()), at, static_cast<int32_t>(text.size()), point);
    if (point >= 0x80 && point != 0xfffd) bytes_[static_cast<char32_t>(point)] = byte;
  }
}

int BytesOfSet::ByteOf(char32_t c) const {
  const auto found = bytes_.find(c);
  return found == bytes_.end() ? kNoByte : found->second;
}

}  // namespace unspin
