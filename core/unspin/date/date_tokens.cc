#include "unspin/date/date_tokens.h"

namespace unspin {
namespace {

constexpr uint16_t kMaxDigits = 18;  // of a number in 64 bits

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }
constexpr bool IsLower(char c) { return c >= 'a' && c <= 'z'; }

// The letter at the start of a text in lower case without its accent, and its size in bytes; 0 bytes if there is none.
struct Letter {
  char letter = 0;
  size_t size = 0;
};

Letter LetterAt(std::string_view text) {
  if (IsLower(Lower(text[0]))) return {Lower(text[0]), 1};
  if (text[0] != '\xc3' || text.size() < 2) return {};
  // U+00C0 to U+00FF. '?': no letter of these languages, or one that is written with two.
  constexpr std::string_view kFolded = "aaaaaa?ceeeeiiii?nooooo?ouuuuy??";
  const auto second = static_cast<unsigned char>(text[1]);
  if (second < 0x80 || second > 0xbf) return {};
  const char folded = kFolded[(second - 0x80) % kFolded.size()];
  return folded == '?' ? Letter{} : Letter{folded, 2};
}

// White space at the start of a text, no-break spaces and marks of direction among it: its bytes.
size_t SpaceAt(std::string_view text) {
  const char c = text[0];
  if (c == ' ' || (c >= '\t' && c <= '\r')) return 1;
  if (text.starts_with("\xc2\xa0")) return 2;
  if (text.starts_with("\xe2\x80\xaf") || text.starts_with("\xe2\x80\x89") || text.starts_with("\xe2\x80\x8e"))
    return 3;
  return 0;
}

// A sign of any length.
DateToken SignAt(std::string_view text, size_t& size) {
  DateToken token;
  size = 1;
  if (static_cast<unsigned char>(text[0]) < 0x80) {
    token.sign = text[0];
    return token;
  }
  token.sign = '?';
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80) ++size;
  const std::string_view bytes = text.substr(0, size);
  if (bytes == "\xe2\x80\x90" || bytes == "\xe2\x80\x91" || bytes == "\xe2\x80\x93" || bytes == "\xe2\x80\x94" ||
      bytes == "\xe2\x88\x92")
    token.sign = '-';
  if (bytes == "\xc2\xa9") token.sign = 'c';
  if (bytes == "\xc2\xba" || bytes == "\xc2\xaa" || bytes == "\xc2\xb0") token.sign = 'o';
  return token;
}

DateToken NumberAt(std::string_view text, size_t& size) {
  DateToken token;
  token.kind = DateToken::Kind::kNumber;
  for (size = 0; size < text.size() && IsDigit(text[size]); ++size) {
    if (size < kMaxDigits) token.number = token.number * 10 + static_cast<uint64_t>(text[size] - '0');
  }
  token.digits = static_cast<uint16_t>(size < UINT16_MAX ? size : UINT16_MAX);
  if (size > kMaxDigits) token.number = 0;
  return token;
}

DateToken WordAt(std::string_view text, size_t& size) {
  DateToken token;
  token.kind = DateToken::Kind::kWord;
  size_t letters = 0;
  for (size = 0; size < text.size(); ++letters) {
    const Letter letter = LetterAt(text.substr(size));
    if (letter.size == 0) break;
    if (letters < DateToken::kMaxLetters) token.word_bytes[letters] = letter.letter;
    size += letter.size;
  }
  if (letters <= DateToken::kMaxLetters) token.letters = static_cast<uint8_t>(letters);
  return token;
}

}  // namespace

std::vector<DateToken> DateTokensOf(std::string_view text) {
  std::vector<DateToken> tokens;
  bool adjacent = false;
  for (size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    if (const size_t space = SpaceAt(rest)) {
      at += space;
      adjacent = false;
      continue;
    }
    size_t size = 0;
    tokens.push_back(IsDigit(rest[0])          ? NumberAt(rest, size)
                     : LetterAt(rest).size > 0 ? WordAt(rest, size)
                                               : SignAt(rest, size));
    tokens.back().adjacent = adjacent;
    adjacent = true;
    at += size;
  }
  return tokens;
}

}  // namespace unspin
