#include "unspin/text/code_point.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cassert>

namespace unspin {
namespace {

const icu::Normalizer2& CaseFolder() {
  static const icu::Normalizer2* const folder = [] {
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFKCCasefoldInstance(status);
  }();
  return *folder;
}

const USpoofChecker* SkeletonMaker() {
  static const USpoofChecker* const checker = [] {
    UErrorCode status = U_ZERO_ERROR;
    return uspoof_open(&status);
  }();
  return checker;
}

// The Latin letter that a foreign one looks like, or the letter itself.
std::string LatinLookAlike(std::string_view letter, char32_t c) {
  constexpr char32_t kBehindLatin = 0x0250;  // Latin letters with their accents come before
  if (c < kBehindLatin || c == kBrokenUtf8) return std::string(letter);
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString skeleton;
  uspoof_getSkeletonUnicodeString(SkeletonMaker(), 0, icu::UnicodeString(static_cast<UChar32>(c)), skeleton, &status);
  if (U_FAILURE(status) || skeleton.length() != 1) return std::string(letter);
  const char16_t like = skeleton[0];
  if (like == u'l' && IsUpper(c)) return "i";  // "I" and "l" have one skeleton
  const bool latin = (like >= u'a' && like <= u'z') || (like >= u'A' && like <= u'Z');
  return latin ? std::string(1, static_cast<char>(like)) : std::string(letter);
}

// Whether a letter is of a script that is written without spaces.
bool IsWrittenWithoutSpaces(char32_t c) {
  constexpr char32_t kFirstThai = 0x0e00;  // no such script has letters before
  if (c < kFirstThai) return false;
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(c), &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return true;
    default:
      return false;
  }
}

}  // namespace

DecodedCodePoint DecodeCodePoint(std::string_view text, size_t at) {
  assert(at < text.size());
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const int32_t limit = static_cast<int32_t>(std::min<size_t>(text.size() - at, 4));
  int32_t i = 0;
  UChar32 c;
  U8_NEXT(bytes + at, i, limit, c);
  if (c < 0) return {};
  return {static_cast<char32_t>(c), static_cast<uint32_t>(i)};
}

CodePointClass Classify(char32_t c) {
  switch (c) {
    case '\n':
    case '\r':
    case 0x2028:
    case 0x2029:
      return CodePointClass::kNewline;
    case '\'':
    case 0x2019:
    case 0x02bc:
    case 0xff07:
      return CodePointClass::kApostrophe;
    case 0x2800:  // the empty Braille pattern: a symbol to Unicode, a blank to the eye
      return CodePointClass::kHidden;
    case 0x061c:
    case 0x200e:
    case 0x200f:
    case 0x202a:
    case 0x202b:
    case 0x202c:
    case 0x202d:
    case 0x202e:
    case 0x2066:
    case 0x2067:
    case 0x2068:
    case 0x2069:
      return CodePointClass::kBidirectional;
    default:
      break;
  }
  if (c == kBrokenUtf8) return CodePointClass::kOther;
  const auto point = static_cast<UChar32>(c);
  // Soft hyphens, joiners, variation selectors, tags, fillers: some are letters by category, and folding removes all.
  if (u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return CodePointClass::kHidden;
  if (u_isUWhiteSpace(point)) return CodePointClass::kSpace;
  const uint32_t category = U_GET_GC_MASK(point);
  if (category & (U_GC_L_MASK | U_GC_M_MASK)) {
    return IsWrittenWithoutSpaces(c) ? CodePointClass::kIdeograph : CodePointClass::kLetter;
  }
  if (category & U_GC_ND_MASK) return CodePointClass::kDigit;
  if (category & U_GC_CF_MASK) return CodePointClass::kHidden;
  return CodePointClass::kOther;
}

bool IsStyledLatin(char32_t c) {
  const bool full_width = (c >= 0xff10 && c <= 0xff19) || (c >= 0xff21 && c <= 0xff3a) || (c >= 0xff41 && c <= 0xff5a);
  const bool mathematical = c >= 0x1d400 && c <= 0x1d7ff;
  return full_width || mathematical;
}

bool IsUpper(char32_t c) { return c != kBrokenUtf8 && u_isupper(static_cast<UChar32>(c)); }

std::string FoldWord(std::string_view word) {
  UErrorCode status = U_ZERO_ERROR;
  std::string folded;
  icu::StringByteSink<std::string> sink(&folded);
  CaseFolder().normalizeUTF8(0, icu::StringPiece(word.data(), static_cast<int32_t>(word.size())), sink, nullptr,
                             status);
  return U_SUCCESS(status) ? folded : std::string(word);
}

bool FoldLookAlikes(std::string_view word, std::string& folded) {
  bool latin = false, other = false;
  for (size_t at = 0; at < word.size();) {
    const DecodedCodePoint point = DecodeCodePoint(word, at);
    at += point.size;
    if (point.value == kBrokenUtf8) continue;
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(static_cast<UChar32>(point.value), &status);
    latin |= script == USCRIPT_LATIN;
    other |= script == USCRIPT_CYRILLIC || script == USCRIPT_GREEK || script == USCRIPT_ARMENIAN ||
             script == USCRIPT_CHEROKEE;
  }
  if (!latin || !other) return false;
  // Letter by letter, and Latin ones stay: the skeleton of "m" is "rn".
  folded.clear();
  for (size_t at = 0; at < word.size();) {
    const DecodedCodePoint point = DecodeCodePoint(word, at);
    const std::string_view letter = word.substr(at, point.size);
    at += point.size;
    folded += FoldWord(LatinLookAlike(letter, point.value));
  }
  folded = FoldWord(folded);
  return true;
}

}  // namespace unspin
