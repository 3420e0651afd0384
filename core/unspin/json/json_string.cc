#include "unspin/json/json_string.h"

#include <cassert>

#include "unspin/charset/charset.h"

namespace unspin {

std::string JsonString(std::string_view text) {
  constexpr unsigned char kFirstPrintable = 0x20;
  constexpr std::string_view kHex = "0123456789abcdef";
  assert(IsValidUtf8(text));
  std::string json = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      json += {'\\', c};
    } else if (c == '\n') {
      json += "\\n";
    } else if (const auto code = static_cast<unsigned char>(c); code < kFirstPrintable) {
      json += {'\\', 'u', '0', '0', kHex[code >> 4], kHex[code & 15]};
    } else {
      json.push_back(c);
    }
  }
  return json + "\"";
}

}  // namespace unspin
