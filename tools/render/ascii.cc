#include "render/ascii.h"

#include <algorithm>
#include <iterator>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "render/visible.h"

namespace unspin {
namespace {

struct Sign {
  char32_t code;
  const char* ascii;
};

// Ascending. Letters are those that Unicode does not take apart.
constexpr Sign kSigns[] = {
    {0xa0, " "},    {0xa7, "S."},   {0xa9, "(c)"},  {0xab, "<<"},    {0xae, "(R)"},    {0xb4, "'"},     {0xb7, "."},
    {0xbb, ">>"},   {0xc6, "AE"},   {0xd7, "x"},    {0xd8, "O"},     {0xdf, "ss"},     {0xe6, "ae"},    {0xf8, "o"},
    {0x110, "D"},   {0x111, "d"},   {0x131, "i"},   {0x141, "L"},    {0x142, "l"},     {0x152, "OE"},   {0x153, "oe"},
    {0x2010, "-"},  {0x2011, "-"},  {0x2013, "-"},  {0x2014, "--"},  {0x2015, "--"},   {0x2018, "'"},   {0x2019, "'"},
    {0x201a, "'"},  {0x201c, "\""}, {0x201d, "\""}, {0x201e, "\""},  {0x2022, "*"},    {0x2026, "..."}, {0x2032, "'"},
    {0x2033, "\""}, {0x2039, "<"},  {0x203a, ">"},  {0x20ac, "EUR"}, {0x2122, "(TM)"}, {0x2190, "<-"},  {0x2192, "->"},
    {0x2212, "-"},  {0x2264, "<="}, {0x2265, ">="}, {0x2500, "-"},   {0x2502, "|"},    {0x2588, "#"},   {0x2592, "+"},
};

// The letter under the marks of a letter; 0 where it is not of ASCII.
char BaseLetter(char32_t code) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* nfd = unorm2_getNFDInstance(&status);
  constexpr int32_t kMaxUnits = 8;  // a letter with the marks that Unicode combines with it has up to 4
  UChar units[kMaxUnits];
  const int32_t size =
      U_FAILURE(status) ? -1 : unorm2_getDecomposition(nfd, static_cast<UChar32>(code), units, kMaxUnits, &status);
  return size > 0 && U_SUCCESS(status) && units[0] < 0x80 ? static_cast<char>(units[0]) : '\0';
}

bool IsMark(char32_t code) {
  const int8_t type = u_charType(static_cast<UChar32>(code));
  return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || IsJoiner(code);
}

}  // namespace

std::string AsciiOnly(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const Character character = CharacterAt(text, at);
    at += character.bytes.size();
    const char32_t code = character.code;
    if (code < 0x80) {
      out += character.bytes;
      continue;
    }
    const Sign* sign = std::lower_bound(std::begin(kSigns), std::end(kSigns), code,
                                        [](const Sign& a, char32_t wanted) { return a.code < wanted; });
    if (sign != std::end(kSigns) && sign->code == code) {
      out += sign->ascii;
    } else if (const char letter = BaseLetter(code); letter != '\0') {
      out += letter;
    } else if (!IsMark(code)) {
      out += '?';
    }
  }
  return out;
}

}  // namespace unspin
