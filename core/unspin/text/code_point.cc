#include "unspin/text/code_point.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>
#include <unicode/utf.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <iterator>
#include <utility>

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

// Small capitals and letters of phonetics → the Latin letters that readers take them for. In order.
constexpr std::array<std::pair<char32_t, char>, 28> kSmallCapitals = {{
    {0x0251, 'a'}, {0x0261, 'g'}, {0x0262, 'g'}, {0x026a, 'i'}, {0x0274, 'n'}, {0x0280, 'r'}, {0x028f, 'y'},
    {0x0299, 'b'}, {0x029c, 'h'}, {0x029f, 'l'}, {0x1d00, 'a'}, {0x1d04, 'c'}, {0x1d05, 'd'}, {0x1d07, 'e'},
    {0x1d0a, 'j'}, {0x1d0b, 'k'}, {0x1d0d, 'm'}, {0x1d0f, 'o'}, {0x1d18, 'p'}, {0x1d1b, 't'}, {0x1d1c, 'u'},
    {0x1d20, 'v'}, {0x1d21, 'w'}, {0x1d22, 'z'}, {0xa730, 'f'}, {0xa731, 's'}, {0xa7ae, 'i'}, {0xa7af, 'q'},
}};
constexpr char32_t kDotlessI = 0x0131;

char SmallCapital(char32_t c) {
  const auto* const found = std::lower_bound(kSmallCapitals.begin(), kSmallCapitals.end(), c,
                                             [](const auto& row, char32_t value) { return row.first < value; });
  return found != kSmallCapitals.end() && found->first == c ? found->second : '\0';
}

// Whether letters of the script look like Latin ones.
bool HasLatinLookAlikes(UScriptCode script) {
  switch (script) {
    case USCRIPT_CYRILLIC:
    case USCRIPT_GREEK:
    case USCRIPT_ARMENIAN:
    case USCRIPT_CHEROKEE:
    case USCRIPT_COPTIC:
    case USCRIPT_LISU:
    case USCRIPT_DESERET:
    case USCRIPT_OSAGE:
    case USCRIPT_TIFINAGH:
    case USCRIPT_CANADIAN_ABORIGINAL:
      return true;
    default:
      return false;
  }
}

// Other spellings of a letter → the one that stands for all; an empty one is left out. In order.
struct Variant {
  char32_t letter;
  std::string_view folded;
};
constexpr auto kVariants = std::to_array<Variant>({
    {0x00e4, "ae"},     {0x00e5, "aa"},     {0x00e6, "ae"},     {0x00f6, "oe"},     {0x00f8, "oe"},
    {0x00fc, "ue"},     {0x0153, "oe"},     {0x0219, "\u015f"}, {0x021b, "\u0163"}, {0x0390, "\u03ca"},
    {0x03ac, "\u03b1"}, {0x03ad, "\u03b5"}, {0x03ae, "\u03b7"}, {0x03af, "\u03b9"}, {0x03b0, "\u03cb"},
    {0x03cc, "\u03bf"}, {0x03cd, "\u03c5"}, {0x03ce, "\u03c9"}, {0x0451, "\u0435"}, {0x0622, "\u0627"},
    {0x0623, "\u0627"}, {0x0624, "\u0648"}, {0x0625, "\u0627"}, {0x0626, "\u064a"}, {0x0629, "\u0647"},
    {0x0640, ""},       {0x0649, "\u064a"}, {0x0670, ""},       {0x0671, "\u0627"}, {0x06a9, "\u0643"},
    {0x06c1, "\u0647"}, {0x06cc, "\u064a"},
});

bool IsPoint(char32_t c) {
  return (c >= 0x0591 && c <= 0x05bd) || c == 0x05bf || c == 0x05c1 || c == 0x05c2 || c == 0x05c4 || c == 0x05c5 ||
         c == 0x05c7 || (c >= 0x064b && c <= 0x065f) || (c >= 0x06d6 && c <= 0x06dc) || (c >= 0x06df && c <= 0x06e8) ||
         (c >= 0x06ea && c <= 0x06ed);
}

// Makes one of the spellings of the same letters. REQUIRES: the word is folded.
std::string FoldVariants(std::string word) {
  const auto is_beyond = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
  if (std::none_of(word.begin(), word.end(), is_beyond)) return word;
  std::string folded;
  for (size_t at = 0; at < word.size();) {
    const DecodedCodePoint point = DecodeCodePoint(word, at);
    const std::string_view letter = std::string_view(word).substr(at, point.size);
    at += point.size;
    const auto* const variant = std::lower_bound(kVariants.begin(), kVariants.end(), point.value,
                                                 [](const Variant& row, char32_t c) { return row.letter < c; });
    if (variant != kVariants.end() && variant->letter == point.value) {
      folded += variant->folded;
    } else if (!IsPoint(point.value)) {
      folded += letter;
    }
  }
  return folded.empty() ? word : folded;  // a point alone stays
}

// Whether it stands for the apostrophe of a word. Some are accents by name, typed by mistake.
bool IsApostrophe(char32_t c) {
  switch (c) {
    case '\'':
    case '`':
    case 0x0092:  // the curly apostrophe of windows-1252, read as Latin-1
    case 0x00b4:
    case 0x02b9:
    case 0x02bb:
    case 0x02bc:
    case 0x02bd:
    case 0x02be:
    case 0x02bf:
    case 0x02ca:
    case 0x02cb:
    case 0x055a:
    case 0x05f3:
    case 0x1fbd:
    case 0x1fbf:
    case 0x1fef:
    case 0x1ffd:
    case 0x2018:
    case 0x2019:
    case 0x201b:
    case 0x2032:
    case 0x2035:
    case 0x275b:
    case 0x275c:
    case 0xa78b:
    case 0xa78c:
    case 0xff07:
    case 0xff40:
      return true;
    default:
      return false;
  }
}

// Control characters that are no white space, but for zero. In windows-1252, U+0091 to U+0097 are quotation marks and
// dashes between words.
bool IsControl(char32_t c) {
  if (c >= 0x80) return c < 0xa0 && c != 0x85 && (c < 0x91 || c > 0x97);
  return (c != 0 && c < ' ' && (c < '\t' || c > '\r')) || c == 0x7f;
}

// Letters in circles, brackets and squares, and Roman numerals in code points of their own: they fold to Latin ones.
bool IsEnclosedLatin(char32_t c) {
  return (c >= 0x2160 && c <= 0x217f) || (c >= 0x249c && c <= 0x24e9) || (c >= 0x1f110 && c <= 0x1f12a) ||
         (c >= 0x1f130 && c <= 0x1f149);
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
  if (IsApostrophe(c)) return CodePointClass::kApostrophe;
  if (IsControl(c) || IsOverlay(c) || c == 0xfffc) return CodePointClass::kIntruder;
  const auto point = static_cast<UChar32>(c);
  // Soft hyphens, joiners, variation selectors, tags, fillers: some are letters by category, and folding removes all.
  if (u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return CodePointClass::kHidden;
  if (u_isUWhiteSpace(point)) return CodePointClass::kSpace;
  const uint32_t category = U_GET_GC_MASK(point);
  if (category & (U_GC_L_MASK | U_GC_M_MASK)) {
    return IsWrittenWithoutSpaces(c) ? CodePointClass::kIdeograph : CodePointClass::kLetter;
  }
  if (IsEnclosedLatin(c)) return CodePointClass::kLetter;
  if (c >= 0x2e80 && c <= 0x2fd5 && IsWrittenWithoutSpaces(c)) return CodePointClass::kIdeograph;  // radicals
  if (category & U_GC_CO_MASK || U_IS_UNICODE_NONCHAR(point)) return CodePointClass::kIntruder;
  if (category & U_GC_ND_MASK) return CodePointClass::kDigit;
  if (category & U_GC_CF_MASK) return CodePointClass::kHidden;
  return CodePointClass::kOther;
}

bool IsOverlay(char32_t c) {
  const bool line = c == 0x0305 || c == 0x0332 || c == 0x0333 || (c >= 0x0334 && c <= 0x0338);
  const bool unused = (c >= 0x033d && c <= 0x033f) || (c >= 0x0346 && c <= 0x034e) || (c >= 0x0350 && c <= 0x035b);
  return line || unused || c == 0x0488 || c == 0x0489 || (c >= 0x20d0 && c <= 0x20f0);
}

bool IsVoicingMark(char32_t c) { return c == 0x3099 || c == 0x309a || c == 0xff9e || c == 0xff9f; }

bool IsStyledLatin(char32_t c) {
  const bool full_width = (c >= 0xff10 && c <= 0xff19) || (c >= 0xff21 && c <= 0xff3a) || (c >= 0xff41 && c <= 0xff5a);
  return full_width || IsMathematicalLatin(c) || IsEnclosedLatin(c);
}

bool IsUpper(char32_t c) { return c != kBrokenUtf8 && u_isupper(static_cast<UChar32>(c)); }

std::string FoldWord(std::string_view word) {
  UErrorCode status = U_ZERO_ERROR;
  std::string folded;
  icu::StringByteSink<std::string> sink(&folded);
  CaseFolder().normalizeUTF8(0, icu::StringPiece(word.data(), static_cast<int32_t>(word.size())), sink, nullptr,
                             status);
  if (U_FAILURE(status)) return std::string(word);
  std::string varied = FoldVariants(folded);
  // Where a character was left out, an accent may have come behind another letter.
  return varied.size() < folded.size() && varied != word ? FoldWord(varied) : varied;
}

namespace {

// The scripts of a word's letters, as far as they matter here.
struct Scripts {
  bool latin = false, other = false;  // other: a script with letters like Latin ones
  bool small_capitals = false;        // SmallCapital of some letter
  bool ascii_else = true;             // all other letters are ASCII, or the dotless i
};

Scripts ScriptsOf(std::string_view word) {
  Scripts scripts;
  for (size_t at = 0; at < word.size();) {
    const DecodedCodePoint point = DecodeCodePoint(word, at);
    at += point.size;
    if (point.value == kBrokenUtf8) continue;
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(static_cast<UChar32>(point.value), &status);
    scripts.latin |= script == USCRIPT_LATIN;
    scripts.other |= HasLatinLookAlikes(script);
    const bool small_capital = SmallCapital(point.value) != '\0';
    scripts.small_capitals |= small_capital;
    scripts.ascii_else &= small_capital || point.value < 0x80 || point.value == kDotlessI;
  }
  return scripts;
}

std::string FoldSmallCapitals(std::string_view word) {
  std::string folded;
  for (size_t at = 0; at < word.size();) {
    const DecodedCodePoint point = DecodeCodePoint(word, at);
    const char latin = point.value == kDotlessI ? 'i' : SmallCapital(point.value);
    if (latin != '\0') {
      folded.push_back(latin);
    } else {
      folded += word.substr(at, point.size);
    }
    at += point.size;
  }
  return FoldWord(folded);
}

}  // namespace

bool FoldLookAlikes(std::string_view word, std::string& folded) {
  const Scripts scripts = ScriptsOf(word);
  if (scripts.small_capitals && scripts.ascii_else) {
    folded = FoldSmallCapitals(word);
    return true;
  }
  if (!scripts.latin || !scripts.other) return false;
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

bool IsLookAlikeTrick(std::string_view word) {
  constexpr size_t kMaxSymbol = 3;                                         // letters: a Greek one and its unit or index
  constexpr char32_t kOmicron = 0x03bf, kCapitalOmicron = 0x039f;          // no symbols: they look like "o"
  constexpr std::string_view kLikeOthers = "aceijhkopsxyABCEHIJKMOPSTXY";  // Latin letters that Cyrillic or Greek has
  size_t latin = 0, capitals = 0, latin_like = 0, other = 0, other_like = 0, symbols = 0;
  for (size_t at = 0; at < word.size();) {
    const DecodedCodePoint point = DecodeCodePoint(word, at);
    const std::string_view letter = word.substr(at, point.size);
    at += point.size;
    if (SmallCapital(point.value) != '\0') return true;
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script =
        point.value == kBrokenUtf8 ? USCRIPT_COMMON : uscript_getScript(static_cast<UChar32>(point.value), &status);
    if (script == USCRIPT_LATIN) {
      ++latin;
      capitals += IsUpper(point.value);
      latin_like += letter.size() == 1 && kLikeOthers.find(letter[0]) != std::string_view::npos;
    } else if (HasLatinLookAlikes(script)) {
      ++other;
      other_like += LatinLookAlike(letter, point.value) != letter;
      symbols += script == USCRIPT_GREEK && point.value != kOmicron && point.value != kCapitalOmicron;
    }
  }
  const bool name = capitals == latin;  // of a substance: TNFα
  if (other == 1 && symbols == 1 && (latin < kMaxSymbol || name)) return false;
  return other_like == other || (other > latin && latin_like == latin);
}

std::string WithoutAccents(std::string_view word) {
  UErrorCode status = U_ZERO_ERROR;
  static const icu::Normalizer2* const decomposer = icu::Normalizer2::getNFKDInstance(status);
  std::string decomposed;
  icu::StringByteSink<std::string> sink(&decomposed);
  decomposer->normalizeUTF8(0, icu::StringPiece(word.data(), static_cast<int32_t>(word.size())), sink, nullptr, status);
  if (U_FAILURE(status)) return "";
  std::string letters;
  for (size_t at = 0; at < decomposed.size();) {
    const DecodedCodePoint point = DecodeCodePoint(decomposed, at);
    at += point.size;
    if (IsCombiningAccent(point.value)) continue;
    constexpr std::pair<char32_t, char> kStrokes[] = {{kDotlessI, 'i'}, {0x0142, 'l'}, {0x00f8, 'o'}, {0x00d8, 'o'},
                                                      {0x0111, 'd'},    {0x0127, 'h'}, {0x0167, 't'}, {0x0180, 'b'},
                                                      {0x0268, 'i'},    {0x0289, 'u'}, {0x024d, 'r'}, {0x0269, 'i'}};
    const auto* const stroke = std::find_if(std::begin(kStrokes), std::end(kStrokes),
                                            [&](const auto& row) { return row.first == point.value; });
    char letter = stroke != std::end(kStrokes) ? stroke->second : SmallCapital(point.value);
    if (point.value < 0x80) letter = static_cast<char>(point.value | 0x20);
    if (letter < 'a' || letter > 'z') return "";
    letters.push_back(letter);
  }
  return letters;
}

}  // namespace unspin
