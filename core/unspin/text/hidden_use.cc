#include "unspin/text/hidden_use.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <string>
#include <string_view>

#include "unspin/text/character.h"

namespace unspin {
namespace {

constexpr char32_t kSoftHyphen = 0xad;
constexpr size_t kSoftHyphenBytes = 2;
constexpr char32_t kBlackFlag = 0x1f3f4;  // tags behind it name the region of a flag

bool IsBetween(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

bool IsLetter(char32_t c) {
  const CodePointClass type = Classify(c);
  return type == CodePointClass::kLetter || type == CodePointClass::kIdeograph;
}

bool IsEmoji(char32_t c) { return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_EMOJI) && c >= 0x80; }

UScriptCode ScriptOf(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  return c == kBrokenUtf8 ? USCRIPT_COMMON : uscript_getScript(static_cast<UChar32>(c), &status);
}

// Whether it is a letter that neither changes its form beside another one nor can do so at a joiner's order.
bool IsUnjoinedLetter(char32_t c) {
  if (!IsLetter(c) || IsEmoji(c)) return false;
  switch (ScriptOf(c)) {
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED:
    case USCRIPT_LATIN:
    case USCRIPT_GREEK:
    case USCRIPT_CYRILLIC:
    case USCRIPT_ARMENIAN:
    case USCRIPT_GEORGIAN:
    case USCRIPT_HEBREW:
    case USCRIPT_HANGUL:
    case USCRIPT_ETHIOPIC:
    case USCRIPT_CHEROKEE:
    case USCRIPT_COPTIC:
      return true;
    default:
      return false;
  }
}

// Whether invisible spaces stand between the words of its script.
bool HasInvisibleSpaces(char32_t c) {
  if (Classify(c) == CodePointClass::kIdeograph) return true;
  switch (ScriptOf(c)) {
    case USCRIPT_TIBETAN:
    case USCRIPT_JAVANESE:
    case USCRIPT_BALINESE:
    case USCRIPT_LANNA:
    case USCRIPT_NEW_TAI_LUE:
    case USCRIPT_TAI_LE:
      return true;
    default:
      return false;
  }
}

bool IsRightToLeft(char32_t c) {
  if (c == kBrokenUtf8) return false;
  const UCharDirection direction = u_charDirection(static_cast<UChar32>(c));
  return direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC;
}

bool IsVariationSelector(char32_t c) { return IsBetween(c, 0xfe00, 0xfe0f) || IsBetween(c, 0xe0100, 0xe01ef); }
bool IsJamo(char32_t c) {
  return IsBetween(c, 0x1100, 0x11ff) || IsBetween(c, 0xa960, 0xa97c) || IsBetween(c, 0xd7b0, 0xd7fb);
}
// Signs of Arabic, Syriac and Kaithi that enclose digits: they are seen.
bool IsSeen(char32_t c) {
  return IsBetween(c, 0x0600, 0x0605) || c == 0x06dd || c == 0x070f || IsBetween(c, 0x0890, 0x0891) || c == 0x08e2 ||
         c == 0x110bd || c == 0x110cd;
}

bool IsHonestSelector(char32_t c, const HiddenPlace& place) {
  if (place.previous != place.before) return false;  // one selector chooses; several in a row carry a message
  if (c >= 0xe0100) return ScriptOf(place.before) == USCRIPT_HAN;
  return !IsUnjoinedLetter(place.before);
}

bool IsHonestDirection(char32_t c, const HiddenPlace& place) {
  const auto of_word = [](char32_t side) { return IsLetter(side) || Classify(side) == CodePointClass::kDigit; };
  if (c == 0x202d || c == 0x202e) return false;  // overrides: letters are shown in the opposite order
  const bool in_word = of_word(place.before) && of_word(place.behind);
  if (in_word && !IsRightToLeft(place.before) && !IsRightToLeft(place.behind)) return false;
  const bool turns = c == 0x202b || c == 0x2067;  // what follows is shown from the right to the left
  return !turns || place.right_to_left_text;
}

// The letters beside `at` on one side, as far as they decide.
struct Piece {
  size_t letters = 0;
  bool other = false;     // has other letters than Latin ones
  bool vowel = false;     // or a consonant that is one in some languages: Brno
  bool ends_word = true;  // and not at another soft hyphen
};

constexpr size_t kMaxPiece = 8;  // letters and accents; no language has so many consonants in a row

Piece PieceBeside(std::string_view text, size_t at, bool forwards) {
  Piece piece;
  for (size_t read = 0; read < kMaxPiece && (forwards ? at < text.size() : at > 0); ++read) {
    const size_t begin = forwards ? at : BeginOfCharacterBefore(text, at);
    const Character c = ReadCharacter(text, begin);
    if (c.type != CodePointClass::kLetter) {
      piece.ends_word = c.value != kSoftHyphen;
      break;
    }
    at = forwards ? begin + c.size : begin;
    if (IsCombiningAccent(c.value)) continue;
    const std::string plain = WithoutAccents(text.substr(begin, c.size));
    // An "r" or "l" is a vowel behind another letter only.
    const bool behind_letter = forwards ? piece.letters > 0 : begin > 0 && IsAsciiLetter(text[begin - 1]);
    piece.other |= plain.empty();
    piece.vowel |= plain.find_first_of(behind_letter ? "aeiouyrl" : "aeiouy") != std::string::npos;
    ++piece.letters;
  }
  return piece;
}

}  // namespace

bool IsHonestUse(char32_t hidden, const HiddenPlace& place) {
  assert(hidden != kSoftHyphen);
  if (Classify(hidden) == CodePointClass::kBidirectional) return IsHonestDirection(hidden, place);
  if (IsVariationSelector(hidden)) return IsHonestSelector(hidden, place);
  if (IsBetween(hidden, 0xe0000, 0xe007f)) return place.before == kBlackFlag;
  if (IsSeen(hidden)) return true;
  if (!IsLetter(place.before) || !IsLetter(place.behind)) return true;  // it splits no word
  switch (hidden) {
    case 0x200c:  // parts the letters of a ligature: German "Auf|lage"
      if (place.before == 'f' && std::u32string_view(U"bfhijklt").find(place.behind) != std::u32string_view::npos)
        return true;
      [[fallthrough]];
    case 0x200d:
      return !IsUnjoinedLetter(place.before) || !IsUnjoinedLetter(place.behind);
    case 0x200b:
    case 0x2060:
    case 0xfeff:
      return HasInvisibleSpaces(place.before) || HasInvisibleSpaces(place.behind);
    case 0x034f:  // keeps accents in their order
      return u_getCombiningClass(static_cast<UChar32>(place.behind)) != 0;
    case 0x115f:
    case 0x1160:  // stand for a letter that a syllable lacks
      return IsJamo(place.before) || IsJamo(place.behind);
    case 0x17b4:
    case 0x17b5:
      return ScriptOf(place.before) == USCRIPT_KHMER;
    default:
      return IsBetween(hidden, 0x180b, 0x180f) && ScriptOf(place.before) == USCRIPT_MONGOLIAN;
  }
}

bool IsOutOfPlaceSoftHyphen(std::string_view text, size_t at) {
  assert(ReadCharacter(text, at).value == kSoftHyphen);
  const Piece before = PieceBeside(text, at, false), behind = PieceBeside(text, at + kSoftHyphenBytes, true);
  const bool doubled = (before.letters == 0 && !before.ends_word) || (behind.letters == 0 && !behind.ends_word);
  if (doubled) return true;
  if (before.letters == 0 || behind.letters == 0) return false;  // left over at the edge of a word
  if (before.other || behind.other) return false;
  const bool edge = (before.letters == 1 && before.ends_word) || (behind.letters == 1 && behind.ends_word);
  return edge || !before.vowel || !behind.vowel;
}

}  // namespace unspin
