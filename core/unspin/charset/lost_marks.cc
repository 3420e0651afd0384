#include "unspin/charset/lost_marks.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "unspin/article/ascii.h"
#include "unspin/article/mapped_text.h"

namespace unspin {
namespace {

constexpr size_t kNone = std::string_view::npos;

bool IsSmall(std::string_view text, size_t at) { return at < text.size() && text[at] >= 'a' && text[at] <= 'z'; }

bool IsLetter(std::string_view text, size_t at) {
  return at < text.size() &&
         (static_cast<unsigned char>((text[at] | 0x20) - 'a') < 26 || static_cast<unsigned char>(text[at]) >= 0x80);
}

// Whether words of English have an apostrophe between these letters: "don" and "t", "they" and "re".
bool IsContraction(std::string_view before, std::string_view behind) {
  constexpr size_t kMinOwner = 2;  // letters: "mayor" and "s"
  if (behind == "s") return before.size() >= kMinOwner;
  if (behind == "t") return before.ends_with('n');
  if (behind != "re" && behind != "ve" && behind != "ll" && behind != "d" && behind != "m") return false;
  const std::string lower = AsciiLower(before);
  for (const std::string_view word : {"i", "you", "he", "she", "it", "we", "they", "who", "that", "there", "what"}) {
    if (lower == word) return true;
  }
  return false;
}

// The next question mark from `at` on with a letter before it and a small letter behind it.
size_t NextInside(std::string_view text, size_t at) {
  for (at = text.find('?', at); at != kNone; at = text.find('?', at + 1)) {
    if (at > 0 && IsLetter(text, at - 1) && IsSmall(text, at + 1)) return at;
  }
  return kNone;
}

// Whether the characters around, up to white space or kMaxAround of them, are those of an address.
bool IsInAddress(std::string_view text, size_t at) {
  constexpr size_t kMaxAround = 40;
  const auto is_sign = [&](size_t i) { return std::strchr("/=&@#_", text[i]) != nullptr && text[i] != '\0'; };
  for (size_t i = at; i > 0 && at - i < kMaxAround && static_cast<unsigned char>(text[i - 1]) > ' '; --i) {
    if (is_sign(i - 1)) return true;
  }
  for (size_t i = at + 1; i < text.size() && i - at < kMaxAround && static_cast<unsigned char>(text[i]) > ' '; ++i) {
    if (is_sign(i)) return true;
  }
  return false;
}

}  // namespace

bool MayHoldLostMarks(std::string_view text) {
  constexpr size_t kHead = 2 << 10;  // bytes; where all marks were lost, some are among these
  return NextInside(text.substr(0, kHead), 0) != kNone;
}

void RestoreLostMarks(Article& article) {
  constexpr size_t kMinContractions = 3;
  constexpr size_t kMaxLetters = 32;  // that are looked at on each side
  constexpr size_t kMinOthers = 6;    // a writer who leaves out blanks is likelier
  const std::string_view old = article.text;
  if (!MayHoldLostMarks(old)) return;
  std::vector<size_t> contractions;
  size_t others = 0;
  for (size_t at = NextInside(old, 0); at != kNone; at = NextInside(old, at + 1)) {
    if (IsInAddress(old, at)) continue;
    size_t begin = at, end = at + 1;
    while (begin > 0 && at - begin < kMaxLetters && IsLetter(old, begin - 1)) --begin;
    while (end - at < kMaxLetters && IsLetter(old, end)) ++end;
    if (IsContraction(old.substr(begin, at - begin), old.substr(at + 1, end - at - 1))) {
      contractions.push_back(at);
    } else {
      ++others;
    }
  }
  if (contractions.size() < kMinContractions) {
    others += contractions.size();
    if (others >= kMinOthers) article.reading.alerts.push_back({"lost-characters", static_cast<uint32_t>(others)});
    return;
  }
  MappedText text(old);
  size_t begin = 0;
  for (const size_t at : contractions) {
    text.Append(old.substr(begin, at - begin), static_cast<uint32_t>(begin));
    text.AppendDecoded("'", static_cast<uint32_t>(at), static_cast<uint32_t>(at + 1));
    begin = at + 1;
  }
  if (begin < old.size()) text.Append(old.substr(begin), static_cast<uint32_t>(begin));
  text.MoveOnto(article);
  article.reading.alerts.push_back({"lost-characters", static_cast<uint32_t>(contractions.size() + others)});
}

}  // namespace unspin
