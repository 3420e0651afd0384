#include "render/visible.h"

#include <cassert>
#include <cstdio>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace unspin {

Character CharacterAt(std::string_view text, size_t position) {
  assert(position < text.size());
  // ICU counts in 32 bits; a character has at most four bytes.
  const std::string_view rest = text.substr(position, 4);
  const int32_t size = static_cast<int32_t>(rest.size());
  int32_t next = 0;
  UChar32 code = 0;
  U8_NEXT_OR_FFFD(reinterpret_cast<const uint8_t*>(rest.data()), next, size, code);
  return {static_cast<char32_t>(code), rest.substr(0, static_cast<size_t>(next))};
}

bool IsHidden(char32_t code) {
  if (code == U'\t' || code == U'\n') return false;
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return true;
  if (code < 0x300) return code == 0xad;
  if (IsJoiner(code)) return false;
  switch (code) {
    case 0x034f:
    case 0x115f:
    case 0x1160:
    case 0x2028:
    case 0x2029:
    case 0x3164:
    case 0xffa0:
      return true;
    default:
      return u_charType(static_cast<UChar32>(code)) == U_FORMAT_CHAR;
  }
}

bool IsJoiner(char32_t code) { return code == 0x200c || code == 0x200d; }

std::string CodePointName(char32_t code) {
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, "U+%04X", static_cast<unsigned>(code));
  return buffer;
}

std::string CharacterName(char32_t code) {
  char name[128];
  UErrorCode status = U_ZERO_ERROR;
  const int32_t size = u_charName(static_cast<UChar32>(code), U_EXTENDED_CHAR_NAME, name, sizeof name, &status);
  if (U_FAILURE(status) || size <= 0 || name[0] == '<') return CodePointName(code);
  return CodePointName(code) + " " + name;
}

std::string Visible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const Character character = CharacterAt(text, at);
    at += character.bytes.size();
    if (character.code == U'\t' || character.code == U'\n' || character.bytes == "\r") {
      if (out.empty() || out.back() != ' ') out += ' ';
    } else if (IsHidden(character.code)) {
      out += "‹" + CodePointName(character.code) + "›";
    } else if (character.code == 0xfffd) {
      out += "\xef\xbf\xbd";
    } else {
      out += character.bytes;
    }
  }
  return out;
}

size_t DisplayWidth(std::string_view text) {
  size_t width = 0;
  for (size_t at = 0; at < text.size();) {
    const Character character = CharacterAt(text, at);
    at += character.bytes.size();
    const auto code = static_cast<UChar32>(character.code);
    const int8_t type = u_charType(code);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || IsJoiner(character.code)) continue;
    const int east = code < 0x1100 ? U_EA_NEUTRAL : u_getIntPropertyValue(code, UCHAR_EAST_ASIAN_WIDTH);
    width += east == U_EA_WIDE || east == U_EA_FULLWIDTH ? 2 : 1;
  }
  return width;
}

}  // namespace unspin
