#include "unspin/charset/crossed_charsets.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "unspin/article/mapped_text.h"
#include "unspin/charset/bytes_of_set.h"
#include "unspin/charset/charset_table.h"
#include "unspin/charset/letters_of_languages.h"

namespace unspin {
namespace {

constexpr size_t kSampleBytes = 4 << 10;  // that are judged

constexpr std::string_view kWrongSets[] = {"windows-1252", "windows-1251", "ibm850", "ibm437", "koi8-r", "ibm866"};
constexpr std::string_view kRightSets[] = {"windows-1252", "windows-1250", "iso-8859-2",  "windows-1251",
                                           "koi8-r",       "ibm866",       "iso-8859-5",  "windows-1253",
                                           "iso-8859-7",   "windows-1254", "windows-1257"};
// One set for each group of languages.
constexpr std::string_view kAllLanguages[] = {"windows-1252", "windows-1250", "windows-1254",
                                              "windows-1257", "iso-8859-3",   "iso-8859-14",
                                              "windows-1258", "windows-1251", "windows-1253"};

UChar32 NextPoint(std::string_view text, size_t& at) {
  UChar32 c;
  U8_NEXT_OR_FFFD(reinterpret_cast<const uint8_t*>(text.data()), at, text.size(), c);
  return c;
}

bool IsLatin1Letter(UChar32 c) { return c >= 0xc0 && c <= 0xff && c != 0xd7 && c != 0xf7; }
bool IsCyrillic(UChar32 c) { return c >= 0x400 && c < 0x460; }
bool IsSmallAsciiLetter(UChar32 c) { return c >= 'a' && c <= 'z'; }
bool IsAsciiLetter(UChar32 c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

// Signs that no language has inside of a word. Soft hyphens, middle dots, accents that stand for apostrophes and
// ordinals are there.
bool IsSignOfNoWord(UChar32 c) {
  if (c == 0xad || c == 0xb7 || c == 0xb4 || c == 0xa8 || c == 0xaa || c == 0xba || c == 0xae) return false;
  return (c >= 0xa1 && c <= 0xbf) || (c >= 0x2550 && c <= 0x25a0);
}

bool IsLetterBeside(UChar32 c) { return IsAsciiLetter(c) || IsCyrillic(c); }

struct Oddities {
  size_t odd = 0, beyond = 0;  // places as no language writes them; characters beyond ASCII
};

Oddities CountOddities(std::string_view text) {
  Oddities counts;
  UChar32 early = ' ', before = ' ', last = ' ';  // the three characters in front
  for (size_t at = 0; at < text.size();) {
    if (last < 0x80 && static_cast<unsigned char>(text[at]) < 0x80) {  // no place of two such characters is odd
      early = before;
      before = last;
      last = text[at++];
      continue;
    }
    const UChar32 c = NextPoint(text, at);
    counts.beyond += c >= 0x80;
    const bool run = IsLatin1Letter(before) && IsLatin1Letter(last) && IsLatin1Letter(c);
    const bool inverted = IsCyrillic(last) && IsCyrillic(c) && u_islower(last) && u_isupper(c);
    // Two letters stand before it, as in no formula: "a±b".
    const bool sign =
        IsSignOfNoWord(last) && IsLetterBeside(early) && IsLetterBeside(before) && IsLetterBeside(c) && u_islower(c);
    const bool capital = IsSmallAsciiLetter(last) && IsLatin1Letter(c) && u_isupper(c);
    counts.odd += run || inverted || sign || capital;
    early = before;
    before = last;
    last = c;
  }
  return counts;
}

// A pair of sets, and how a text would read.
struct SetPair {
  double bits = kImplausibleBits;
  std::string_view wrong, right;
};

// The bytes of a text in the wrong set; nothing where the set lacks some of its letters.
std::optional<std::string> BytesIn(const BytesOfSet& set, std::string_view text) {
  std::string bytes;
  for (size_t at = 0; at < text.size();) {
    const UChar32 c = NextPoint(text, at);
    const int byte = c < 0x80 ? static_cast<int>(c) : set.ByteOf(static_cast<char32_t>(c));
    if (byte == kNoByte && u_isalpha(c)) return std::nullopt;
    bytes += byte == kNoByte ? ' ' : static_cast<char>(byte);
  }
  return bytes;
}

SetPair BestPair(std::string_view sample, size_t beyond) {
  SetPair best;
  for (const std::string_view wrong : kWrongSets) {
    const std::optional<std::string> bytes = BytesIn(BytesOfSet(wrong), sample);
    if (!bytes) continue;
    for (const std::string_view right : kRightSets) {
      uint32_t broken = 0;
      const std::optional<std::string> text = ConvertFrom(CharsetNamed(right), *bytes, &broken);
      if (right == wrong || !text || broken > 0) continue;
      const double bits = CostOfReading(right, *text, beyond);
      if (bits < best.bits) best = {bits, wrong, right};
    }
  }
  return best;
}

double BitsAsItIs(std::string_view sample, size_t beyond) {
  double best = kImplausibleBits;
  for (const std::string_view set : kAllLanguages) best = std::min(best, CostOfReading(set, sample, beyond));
  return best;
}

std::string_view SampleOf(std::string_view text) {
  size_t end = std::min(text.size(), kSampleBytes);
  while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end);
}

// Reads every character again. Returns how many changed.
uint32_t Reread(const SetPair& sets, Article& article) {
  const BytesOfSet wrong(sets.wrong);
  const std::string_view old = article.text;
  MappedText text(old);
  uint32_t changed = 0;
  size_t begin = 0;  // of what is not appended yet
  for (size_t at = 0; at < old.size();) {
    const size_t here = at;
    const UChar32 c = NextPoint(old, at);
    const int byte = c < 0x80 ? kNoByte : wrong.ByteOf(static_cast<char32_t>(c));
    if (byte == kNoByte) continue;
    const char bytes = static_cast<char>(byte);
    uint32_t broken = 0;
    const auto read = ConvertFrom(CharsetNamed(sets.right), {&bytes, 1}, &broken);
    if (!read || broken > 0) continue;
    if (here > begin) text.Append(std::string_view(old).substr(begin, here - begin), static_cast<uint32_t>(begin));
    text.AppendDecoded(*read, static_cast<uint32_t>(here), static_cast<uint32_t>(at));
    begin = at;
    ++changed;
  }
  if (begin < old.size()) text.Append(std::string_view(old).substr(begin), static_cast<uint32_t>(begin));
  text.MoveOnto(article);
  return changed;
}

constexpr size_t kMinOdd = 3;  // places; fewer are accidents

// Whether as many characters are there that may be odd: Latin-1, Cyrillic, signs that draw boxes. English has a few
// accents, and quotation marks.
bool HoldsManyLeads(std::string_view text) {
  constexpr uint64_t kHighBits = 0x8080808080808080u;
  size_t leads = 0;
  for (size_t at = 0; at < text.size() && leads < kMinOdd;) {
    uint64_t eight = 0;
    if (at + sizeof eight <= text.size()) std::memcpy(&eight, text.data() + at, sizeof eight);
    if (at + sizeof eight <= text.size() && (eight & kHighBits) == 0) {
      at += sizeof eight;
      continue;
    }
    for (const size_t end = std::min(at + sizeof eight, text.size()); at < end; ++at) {
      const auto byte = static_cast<unsigned char>(text[at]);
      const auto next = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0;
      leads += byte == 0xc2 || byte == 0xc3 || byte == 0xd0 || byte == 0xd1 || (byte == 0xe2 && next >= 0x94);
    }
  }
  return leads >= kMinOdd;
}

}  // namespace

bool MayHoldCrossedCharsets(std::string_view text) {
  const std::string_view sample = SampleOf(text);
  return HoldsManyLeads(sample) && CountOddities(sample).odd >= kMinOdd;
}

void UndoCrossedCharsets(Article& article) {
  constexpr double kMaxBits = 6.5;      // per character: as the languages of the right set read
  constexpr double kClearlyBetter = 2;  // bits per character
  constexpr size_t kMinOddShare = 3;    // one in so many of the characters beyond ASCII is odd, for an alert alone
  constexpr size_t kManyOdd = 20;       // places, for an alert alone
  constexpr double kMinBitsOfNone = 8;  // no language reads so
  if (!MayHoldCrossedCharsets(article.text)) return;
  const std::string_view sample = SampleOf(article.text);
  const Oddities counts = CountOddities(sample);
  const SetPair best = BestPair(sample, counts.beyond);
  const double as_it_is = BitsAsItIs(sample, counts.beyond);
  uint32_t count = 0;
  if (best.bits <= kMaxBits && best.bits + kClearlyBetter <= as_it_is) {
    count = Reread(best, article);
  } else if (counts.odd >= kManyOdd && counts.odd * kMinOddShare >= counts.beyond && as_it_is >= kMinBitsOfNone) {
    count = static_cast<uint32_t>(counts.odd);
  }
  if (count > 0) article.reading.alerts.push_back({"mojibake", count});
}

}  // namespace unspin
