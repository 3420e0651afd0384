#include "unspin/charset/mojibake.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "unspin/article/ascii.h"
#include "unspin/article/mapped_text.h"
#include "unspin/charset/bytes_of_set.h"

namespace unspin {
namespace {

constexpr std::string_view kAlert = "mojibake";

// The sets in which UTF-8 is read by mistake.
constexpr std::array<std::string_view, 8> kWrongSets = {"windows-1252", "macintosh", "windows-1250", "windows-1251",
                                                        "ibm850",       "ibm437",    "ibm866",       "koi8-r"};

const BytesOfSet& SetNumber(size_t number) {
  static const auto* const sets = [] {
    auto* all = new std::vector<BytesOfSet>;
    for (const std::string_view name : kWrongSets) all->emplace_back(name);
    return all;
  }();
  return (*sets)[number];
}

// Characters that were one.
struct Place {
  uint32_t begin = 0, end = 0;  // in the text
  char32_t value = 0;           // what they were
};

struct Point {
  char32_t value = 0;
  uint32_t size = 1;
};

Point PointAt(std::string_view text, size_t at) {
  int32_t size = 0;
  UChar32 c;
  U8_NEXT_OR_FFFD(reinterpret_cast<const uint8_t*>(text.data()) + at, size,
                  static_cast<int32_t>(std::min<size_t>(text.size() - at, 4)), c);
  return {static_cast<char32_t>(c), static_cast<uint32_t>(size)};
}

// Whether a character of a sequence of this many bytes is not too small for it, and no surrogate.
bool IsShortest(char32_t c, int size) {
  if (size == 2) return c >= 0x80;
  if (size == 3) return c >= 0x800 && (c < 0xd800 || c > 0xdfff);
  return c >= 0x10000 && c <= 0x10ffff;
}

// Whether the letters of words of Russian are bytes of UTF-8 too: "сам" in IBM's set, "её" in KOI8. Of these sets only
// signs that draw boxes, and what follows "т", are taken.
bool IsWordOfRussian(char32_t first, char32_t second) {
  constexpr char32_t kSmallTe = 0x442, kCapitalA = 0x410, kCapitalIo = 0x401, kSmallIo = 0x451;
  if (second == kCapitalIo || second == kSmallIo) return true;
  const auto is_cyrillic = [](char32_t c) { return c >= 0x400 && c < 0x460; };
  return is_cyrillic(first) && is_cyrillic(second) && !(first == kSmallTe && second == kCapitalA);
}

// Reads the characters from `at` on as one; `end` stays at `begin` where they were none.
Place ReadPlace(std::string_view text, size_t at, const BytesOfSet& set) {
  Place place{static_cast<uint32_t>(at), static_cast<uint32_t>(at), 0};
  const Point first = PointAt(text, at);
  const int lead = set.ByteOf(first.value);
  if (lead < 0xc2 || lead > 0xf4) return place;
  const int size = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  auto value = static_cast<char32_t>(lead & (0xff >> (size + 1)));
  size_t next = at + first.size;
  for (int i = 1; i < size; ++i) {
    if (next >= text.size()) return place;
    const Point point = PointAt(text, next);
    const int byte = set.ByteOf(point.value);
    if (byte < 0x80 || byte > 0xbf) return place;
    if (i == 1 && set.mixes_cyrillic() && IsWordOfRussian(first.value, point.value)) return place;
    value = value << 6 | static_cast<char32_t>(byte & 0x3f);
    next += point.size;
  }
  if (!IsShortest(value, size)) return place;
  place.end = static_cast<uint32_t>(next);
  place.value = value;
  return place;
}

bool IsTypographic(char32_t c) {
  return (c >= 0x2010 && c <= 0x2015) || (c >= 0x2018 && c <= 0x201f) || (c >= 0x2020 && c <= 0x2026) || c == 0x2039 ||
         c == 0x203a || c == 0x20ac || c == 0x2122;
}
bool IsLatinLetter(char32_t c) { return c >= 0xc0 && c <= 0x17f && c != 0xd7 && c != 0xf7; }
bool IsLatinSign(char32_t c) {
  return c == 0xa0 || c == 0xa3 || c == 0xa7 || c == 0xa9 || c == 0xab || c == 0xae || c == 0xb0 || c == 0xb7 ||
         c == 0xbb;
}
bool IsEmoji(char32_t c) { return c >= 0x1f300 && c <= 0x1faff; }

// Letters of scripts other than Latin.
bool IsForeignLetter(char32_t c) { return c > 0x36f && u_isalpha(static_cast<UChar32>(c)); }

UScriptCode ScriptOf(char32_t c) {
  UErrorCode error = U_ZERO_ERROR;
  return uscript_getScript(static_cast<UChar32>(c), &error);
}

// Quotation marks, dashes and the ellipsis as second halves: "Ä“" may be the end of a quotation.
bool EndsAsQuotation(std::string_view text, const Place& place) {
  size_t at = place.end;
  do --at;
  while (at > place.begin && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80);
  return IsTypographic(PointAt(text, at).value);
}

struct Evidence {
  uint32_t weight = 0;  // in halves: how many places nobody writes
  bool marks = false;   // typographic marks are among them
  std::vector<char32_t> letters;
};

// What one place proves. `neighbour` is whether a place is right before or behind it that was of the same script.
void Weigh(std::string_view text, const Place& place, bool neighbour, Evidence& evidence) {
  constexpr uint32_t kHalf = 1, kWhole = 2, kInsideWord = 3;
  const auto is_letter = [&](size_t at) {
    return at < text.size() && (IsAsciiAlphanumeric(text[at]) || static_cast<unsigned char>(text[at]) >= 0x80);
  };
  const bool before = place.begin > 0 && is_letter(place.begin - 1), behind = is_letter(place.end);
  if (IsTypographic(place.value)) {
    evidence.marks = true;
    evidence.weight += before && behind ? kInsideWord : before || behind ? kWhole : kHalf;
  } else if (IsLatinLetter(place.value)) {
    if (!before && !behind) return;
    if (EndsAsQuotation(text, place) && !(before && behind)) return;
    evidence.weight += kWhole;
    if (std::find(evidence.letters.begin(), evidence.letters.end(), place.value) == evidence.letters.end())
      evidence.letters.push_back(place.value);
  } else if (IsLatinSign(place.value)) {
    evidence.weight += kWhole;
    evidence.marks = true;
  } else if (IsEmoji(place.value)) {
    evidence.weight += kInsideWord;
    evidence.marks = true;
  } else if (IsForeignLetter(place.value) && neighbour) {
    evidence.weight += kWhole;
    evidence.marks = true;
  }
}

bool IsKnown(const Place& place) {
  return IsTypographic(place.value) || IsLatinLetter(place.value) || IsLatinSign(place.value) || IsEmoji(place.value) ||
         IsForeignLetter(place.value) || (place.value >= 0x80 && place.value < 0x100) || place.value == 0x192 ||
         (place.value >= 0x2190 && place.value < 0x2600) ||  // what was read wrong before
         (place.value >= 0x3000 && place.value < 0x3100) || (place.value >= 0xff00 && place.value < 0xfff0);
}

bool IsBox(char32_t c) { return c >= 0x2500 && c <= 0x25a0; }

char32_t PointBefore(std::string_view text, size_t end) {
  size_t at = end;
  while (at > 0 && (static_cast<unsigned char>(text[at - 1]) & 0xc0) == 0x80) --at;
  return at > 0 ? PointAt(text, at - 1).value : U' ';
}

// Whether a place is part of a table or a tree that signs draw: "──┐". A letter that became two such signs stands
// beside letters: "f├╝r".
bool IsDrawing(std::string_view text, const Place& place) {
  if (!IsLatinLetter(place.value) || !IsBox(PointAt(text, place.begin).value)) return false;
  if (!IsBox(PointBefore(text, place.end))) return false;
  const char32_t before = PointBefore(text, place.begin);
  const char32_t behind = place.end < text.size() ? PointAt(text, place.end).value : U' ';
  const auto is_letter = [](char32_t c) { return u_isalpha(static_cast<UChar32>(c)) != 0; };
  return IsBox(before) || IsBox(behind) || (!is_letter(before) && !is_letter(behind));
}

struct Found {
  std::vector<Place> places;
  uint32_t weight = 0;
};

// A single foreign letter is as likely an accident: "é", a no-break space and "»" were one ideograph.
void LeaveOutLoneLetters(Found& found) {
  auto& places = found.places;
  std::vector<Place> kept;
  for (size_t i = 0; i < places.size(); ++i) {
    const bool joined = (i > 0 && places[i - 1].end == places[i].begin) ||
                        (i + 1 < places.size() && places[i + 1].begin == places[i].end);
    if (!IsForeignLetter(places[i].value) || joined) kept.push_back(places[i]);
  }
  places = std::move(kept);
}

// The first byte beyond ASCII from `at` on, or the end of the text.
size_t SkipAscii(std::string_view text, size_t at) {
  constexpr uint64_t kHighBits = 0x8080808080808080u;
  for (uint64_t eight = 0; at + sizeof eight <= text.size(); at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    if ((eight & kHighBits) != 0) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

Found FindPlaces(std::string_view text, const BytesOfSet& set) {
  constexpr size_t kMinLetters = 2;  // different ones: "Ăş" begins words of Romanian
  Found found;
  for (size_t at = 0; at < text.size();) {
    at = SkipAscii(text, at);
    if (at == text.size()) break;
    const Place place = ReadPlace(text, at, set);
    if (place.end > place.begin && IsKnown(place) && !IsDrawing(text, place)) {
      found.places.push_back(place);
      at = place.end;
    } else {
      at += PointAt(text, at).size;
    }
  }
  Evidence evidence;
  for (size_t i = 0; i < found.places.size(); ++i) {
    const Place& place = found.places[i];
    const auto joins = [&](size_t other, bool touches) {
      return touches && ScriptOf(found.places[other].value) == ScriptOf(place.value);
    };
    const bool neighbour = (i > 0 && joins(i - 1, found.places[i - 1].end == place.begin)) ||
                           (i + 1 < found.places.size() && joins(i + 1, found.places[i + 1].begin == place.end));
    Weigh(text, place, neighbour, evidence);
  }
  if (evidence.marks || evidence.letters.size() >= kMinLetters) found.weight = evidence.weight;
  LeaveOutLoneLetters(found);
  return found;
}

// Whether the text speaks of character sets, so that it may show what goes wrong with them.
bool IsAboutCharacters(std::string_view text) {
  const std::string lower = AsciiLower(text);
  for (const std::string_view word : {"mojibake", "utf-8", "utf8", "unicode", "character encoding", "character set",
                                      "windows-1252", "latin-1", "iso-8859"}) {
    if (lower.find(word) != std::string::npos) return true;
  }
  return false;
}

// Remains that no longer say what they were: "â€" without its third character, and "Ã" before a blank.
uint32_t CountRemains(std::string_view text) {
  uint32_t remains = 0;
  for (const std::string_view remain : {"\u00e2\u20ac", "\u00c3\u0192", "\u00e2\u0080", "\u201a\u00c4"}) {
    for (size_t at = text.find(remain); at != std::string_view::npos; at = text.find(remain, at + remain.size()))
      ++remains;
  }
  return remains;
}

// Whether a sign that draws boxes, or the "ΓÇ" that a quotation mark became, stands behind a letter.
bool HoldsBoxInWord(std::string_view text) {
  if (text.find("\u0393\u00c7") != std::string_view::npos) return true;
  for (size_t at = text.find('\xe2'); at != std::string_view::npos; at = text.find('\xe2', at + 1)) {
    const std::string_view sign = text.substr(at, 2);
    if ((sign == "\xe2\x94" || sign == "\xe2\x95") && at > 0 && static_cast<unsigned char>(text[at - 1]) > ' ')
      return true;
  }
  return false;
}

std::string EncodedPoint(char32_t c) {
  char bytes[4];
  int32_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, static_cast<UChar32>(c));
  return {bytes, static_cast<size_t>(size)};
}

void Replace(const std::vector<Place>& places, Article& article) {
  MappedText text(article.text);
  uint32_t begin = 0;
  const std::string_view old = article.text;
  for (const Place& place : places) {
    if (place.begin > begin) text.Append(old.substr(begin, place.begin - begin), begin);
    text.AppendDecoded(EncodedPoint(place.value), place.begin, place.end);
    begin = place.end;
  }
  if (begin < old.size()) text.Append(old.substr(begin), begin);
  text.MoveOnto(article);
}

}  // namespace

bool MayHoldMojibake(std::string_view text) {
  constexpr size_t kHead = 512;  // bytes that have such a letter in any text in Cyrillic
  if (HoldsBoxInWord(text)) return true;
  // Windows-1250 reads the first of two bytes as "Ă".
  for (size_t at = text.find("\xc4\x82"); at != std::string_view::npos; at = text.find("\xc4\x82", at + 1)) {
    if (at + 2 < text.size() && static_cast<unsigned char>(text[at + 2]) >= 0x80) return true;
  }
  if (std::memchr(text.data(), 0xd0, std::min(text.size(), kHead)) != nullptr) return true;
  const auto byte_at = [&](size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0; };
  for (size_t at = text.find('\xc3'); at != std::string_view::npos; at = text.find('\xc3', at + 1)) {
    // Capitals stand for the first of two bytes, small letters for the first of three. A Mac reads the first as "√".
    const bool small = byte_at(at + 1) >= 0xa2, after_root = at > 0 && byte_at(at - 1) == 0x9a;
    const unsigned char next = byte_at(at + 2);
    const size_t size = next < 0x80 ? 1 : next < 0xe0 ? 2 : 3;
    const bool before_euro = small && text.substr(at + 2).starts_with("\u20ac");  // what remains of a quotation mark
    if (after_root || before_euro || (next >= 0x80 && (!small || byte_at(at + 2 + size) >= 0x80))) return true;
  }
  return false;
}

void UndoMojibake(Article& article) {
  constexpr int kMaxTimes = 3;        // that a text was read wrong
  constexpr uint32_t kMinWeight = 6;  // halves: three places, or two inside words
  constexpr uint32_t kMinRemains = 2;
  if (!MayHoldMojibake(article.text)) return;
  uint32_t count = 0;
  for (int time = 0; time < kMaxTimes; ++time) {
    Found best;
    for (size_t set = 0; set < kWrongSets.size(); ++set) {
      Found found = FindPlaces(article.text, SetNumber(set));
      if (found.weight > best.weight) best = std::move(found);
    }
    if (best.weight < kMinWeight || IsAboutCharacters(article.text)) break;
    count = std::max(count, static_cast<uint32_t>(best.places.size()));
    Replace(best.places, article);
  }
  if (count == 0) {
    count = CountRemains(article.text);
    if (count < kMinRemains || IsAboutCharacters(article.text)) return;
  }
  article.reading.alerts.push_back({std::string(kAlert), count});
}

}  // namespace unspin
