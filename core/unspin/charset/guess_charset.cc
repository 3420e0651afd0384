#include "unspin/charset/guess_charset.h"

#include <simdjson.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <string>

#include "unspin/charset/letters_of_languages.h"

namespace unspin {
namespace {

// The likelier ones first: of two that cost the same, the first is taken.
constexpr std::string_view kCandidates[] = {
    "windows-1252", "windows-1251", "gb18030",     "shift_jis",  "euc-kr",         "euc-jp",       "big5",
    "windows-1250", "iso-8859-2",   "koi8-r",      "koi8-u",     "iso-8859-15",    "windows-1253", "iso-8859-7",
    "windows-1254", "windows-1256", "iso-8859-6",  "iso-8859-5", "windows-1255",   "iso-8859-8",   "windows-1257",
    "iso-8859-13",  "windows-1258", "windows-874", "macintosh",  "x-mac-cyrillic", "ibm866",       "ibm850",
    "ibm852",       "iso-8859-16",  "iso-8859-3",  "iso-8859-4", "iso-8859-10",    "iso-8859-14",
};

constexpr double kMaxBits = 8;        // per byte; above it the reading is no language that we know
constexpr double kClearlyBetter = 2;  // bits per byte

bool IsBeyond(char c) { return static_cast<unsigned char>(c) >= 0x80; }
bool IsBreak(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '<' || c == '>' || c == '"'; }

struct Sample {
  std::string bytes;  // the words that have bytes beyond ASCII
  size_t beyond = 0;  // of them
};

// None of the sets uses a break as the second byte of a character.
Sample SampleOf(std::string_view bytes) {
  constexpr size_t kMaxBytes = 6 << 10;
  constexpr size_t kMaxWord = 1 << 10;  // longer ones, of languages without spaces, are cut
  Sample sample;
  for (size_t at = 0; at < bytes.size() && sample.bytes.size() < kMaxBytes;) {
    const auto* const first = std::find_if(bytes.begin() + static_cast<std::ptrdiff_t>(at), bytes.end(), IsBeyond);
    if (first == bytes.end()) break;
    const auto found = static_cast<size_t>(first - bytes.begin());
    size_t begin = found;
    while (begin > at && found - begin < kMaxWord && !IsBreak(bytes[begin - 1])) --begin;
    size_t end = found;
    while (end < bytes.size() && end - begin < 2 * kMaxWord && !IsBreak(bytes[end])) ++end;
    const std::string_view word = bytes.substr(begin, end - begin);
    sample.bytes.append(word).push_back(' ');
    sample.beyond += static_cast<size_t>(std::count_if(word.begin(), word.end(), IsBeyond));
    at = end;
  }
  return sample;
}

double CostOfSample(const Charset& charset, const Sample& sample) {
  constexpr uint32_t kBytesPerBroken = 200;  // a cut at the sample's end and a stray byte are no proof against a set
  uint32_t broken = 0;
  const std::optional<std::string> text = ConvertFrom(charset, sample.bytes, &broken);
  if (!text || broken > 1 + sample.beyond / kBytesPerBroken) return kImplausibleBits;
  return CostOfReading(charset.name, *text, sample.beyond);
}

// Whether `text` is made of characters that texts are made of.
bool IsText(std::string_view text) {
  constexpr size_t kMinShare = 50;  // one character in so many may be odd
  size_t characters = 0, odd = 0, plain = 0;
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  for (size_t i = 0; i < text.size();) {
    UChar32 c;
    U8_NEXT_OR_FFFD(bytes, i, text.size(), c);
    const bool control = c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f';
    const uint32_t category = U_GET_GC_MASK(c);
    ++characters;
    odd += control || c == 0xfffd || (category & (U_GC_CN_MASK | U_GC_CO_MASK | U_GC_CS_MASK)) != 0;
    plain += c == ' ' || c == '\n' || (c >= 0x3000 && c <= 0x3002);
  }
  // The wrong byte order turns spaces and line feeds into rare letters.
  return characters > 0 && odd * kMinShare <= characters && plain * kMinShare * 4 >= characters;
}

// Whether it is UTF-8 in which some characters are zeros, as programs leave them behind. Of UTF-16 in Latin letters
// half the bytes are zeros. In Greek and the scripts up to Thai half of them are other control characters, and in later
// ones it is no UTF-8.
bool IsUtf8WithZeros(std::string_view sample) {
  constexpr size_t kBytesPerControl = 4;  // at least
  constexpr size_t kMaxCut = 3;           // bytes of a character that the sample's end cuts
  const auto controls = std::count_if(sample.begin(), sample.end(), [](char c) {
    return static_cast<unsigned char>(c) < ' ' && (c < '\t' || c > '\r');
  });
  if (static_cast<size_t>(controls) * kBytesPerControl > sample.size()) return false;
  for (size_t cut = 0; cut <= std::min(kMaxCut, sample.size()); ++cut) {
    if (simdjson::validate_utf8(sample.data(), sample.size() - cut)) return true;
  }
  return false;
}

}  // namespace

const Charset* WideCharset(std::string_view head, size_t& mark) {
  using namespace std::string_view_literals;
  struct Marked {
    std::string_view mark, name;
  };
  constexpr Marked kMarks[] = {{"\xff\xfe\0\0"sv, "utf-32le"},
                               {"\0\0\xfe\xff"sv, "utf-32be"},
                               {"\xff\xfe"sv, "utf-16le"},
                               {"\xfe\xff"sv, "utf-16be"}};
  mark = 0;
  for (const Marked& row : kMarks) {
    if (!head.starts_with(row.mark)) continue;
    mark = row.mark.size();
    return &CharsetNamed(row.name);
  }
  constexpr size_t kSampleBytes = 8 << 10;  // a multiple of four
  const std::string_view sample = head.substr(0, kSampleBytes);
  if (sample.find('\0') == std::string_view::npos || IsUtf8WithZeros(sample)) return nullptr;
  constexpr size_t kMinBytes = 8;  // two characters of UTF-32
  for (const std::string_view name : {"utf-32le", "utf-32be", "utf-16le", "utf-16be"}) {
    const size_t unit = name.starts_with("utf-32") ? 4 : 2;
    const std::string_view whole = sample.substr(0, sample.size() / unit * unit);
    if (whole.size() < kMinBytes) continue;
    const std::optional<std::string> text = ConvertFrom(CharsetNamed(name), whole);
    if (text && IsText(*text)) return &CharsetNamed(name);
  }
  return nullptr;
}

const Charset* EscapedCharset(std::string_view bytes) {
  for (size_t at = bytes.find('\x1b'); at != std::string_view::npos; at = bytes.find('\x1b', at + 1)) {
    const std::string_view rest = bytes.substr(at + 1);
    if (rest.starts_with("$B") || rest.starts_with("$@") || rest.starts_with("(J")) return &CharsetNamed("iso-2022-jp");
    if (rest.starts_with("$)C")) return &CharsetNamed("iso-2022-kr");
  }
  return nullptr;
}

std::optional<CharsetGuess> GuessCharset(std::string_view bytes) {
  const Sample sample = SampleOf(bytes);
  assert(sample.beyond > 0);
  constexpr size_t kMinBeyond = 8;  // fewer bytes are names and marks in a text of ASCII, and prove nothing else
  constexpr double kMaxBitsOfFew = 6.5;
  const bool few = sample.beyond < kMinBeyond;
  CharsetGuess best{nullptr, few ? kMaxBitsOfFew : kMaxBits};
  for (const std::string_view name : kCandidates) {
    if (few && name != "windows-1252" && name != "macintosh") continue;
    const Charset& charset = CharsetNamed(name);
    const double bits = CostOfSample(charset, sample);
    if (bits < best.bits) best = {&charset, bits};
  }
  if (best.charset == nullptr) return std::nullopt;
  return best;
}

bool IsPlausibleReading(const Charset& declared, std::string_view bytes) {
  const Sample sample = SampleOf(bytes);
  constexpr double kCertainBits = 6;  // per byte: so well a wrong set does not read, and a guess costs more
  if (sample.beyond == 0) return true;
  const double bits = CostOfSample(declared, sample);
  if (bits <= kCertainBits) return true;
  const std::optional<CharsetGuess> guess = GuessCharset(bytes);
  if (!guess) return true;
  return bits <= guess->bits + kClearlyBetter;
}

}  // namespace unspin
