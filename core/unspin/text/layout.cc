#include "unspin/text/layout.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "unspin/kernels/find_rare_bytes.h"
#include "unspin/text/character.h"

namespace unspin {

namespace {

// The length of a line in characters, without the blanks at its end.
size_t LengthOf(std::string_view line) {
  line = line.substr(0, line.find_last_not_of(" \t") + 1);
  return static_cast<size_t>(
      std::count_if(line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

constexpr std::string_view kSoftHyphen = "\xc2\xad";

}  // namespace

bool LinesAreParagraphs(std::string_view text) {
  constexpr size_t kMaxWrappedLine = 160;      // characters,
  constexpr size_t kMaxBytesPerCharacter = 4;  // of which a line's first bytes have enough
  while (!text.empty()) {
    const std::string_view to_line_feed = text.substr(0, text.find('\n'));
    const std::string_view line = to_line_feed.substr(0, to_line_feed.find('\r'));
    if (line.size() > kMaxWrappedLine &&
        LengthOf(line.substr(0, (kMaxWrappedLine + 1) * kMaxBytesPerCharacter)) > kMaxWrappedLine)
      return true;
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return false;
}

bool LacksCapitals(std::string_view text) {
  constexpr size_t kSmallPerCapital = 300;
  constexpr size_t kStep = 64;  // bytes, counted without branches
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  size_t capitals = 0, at = 0;
  for (; text.size() - at >= kStep; at += kStep) {
    uint8_t more = 0;
    for (size_t i = at; i < at + kStep; ++i) more += is_capital(text[i]);
    capitals += more;
    // Enough for any number of small letters: the first lines of most texts decide.
    if (capitals * kSmallPerCapital >= text.size()) return false;
  }
  capitals +=
      static_cast<size_t>(std::count_if(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), is_capital));
  const auto small = std::count_if(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  return capitals * kSmallPerCapital < static_cast<size_t>(small);
}

WordBreak WordBreakAt(std::string_view text, size_t at) {
  const bool soft = text.substr(at).starts_with(kSoftHyphen);
  if (at == 0 || (!soft && text[at] != '-')) return {};
  size_t behind = at + (soft ? kSoftHyphen.size() : 1);
  if (text.substr(behind).starts_with('\r')) ++behind;
  if (!text.substr(behind).starts_with('\n') || ++behind >= text.size()) return {};
  const auto is_small_letter = [](const Character& c) { return c.type == CodePointClass::kLetter && !IsUpper(c); };
  if (!is_small_letter(ReadCharacter(text, BeginOfCharacterBefore(text, at)))) return {};
  if (!is_small_letter(ReadCharacter(text, behind))) return {};
  return {behind, soft};
}

BrokenWords FindBrokenWords(std::string_view text) {
  // A text broken at blanks, and at the hyphens that compounds have anyway, has more lines.
  constexpr size_t kMaxLinesPerBroken = 8;
  if (!HoldsHyphenAtLineEnd(text)) return {};
  size_t lines = 0, broken = 0;
  BrokenWords found;
  for (size_t feed = text.find('\n'); feed != std::string_view::npos; feed = text.find('\n', feed + 1)) {
    ++lines;
    const std::string_view line = text.substr(0, feed - (feed > 0 && text[feed - 1] == '\r'));
    const bool soft = line.ends_with(kSoftHyphen);
    if (!soft && !line.ends_with('-')) continue;
    if (WordBreakAt(text, line.size() - (soft ? kSoftHyphen.size() : 1)).behind == 0) continue;
    broken += !soft;
    found.at_soft_hyphens |= soft;
  }
  found.at_hyphens = broken > 0 && broken * kMaxLinesPerBroken >= lines;
  return found;
}

}  // namespace unspin
