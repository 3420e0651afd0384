#include "unspin/text/layout.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace unspin {

namespace {

// The length of a line in characters, without the blanks at its end.
size_t LengthOf(std::string_view line) {
  line = line.substr(0, line.find_last_not_of(" \t") + 1);
  return static_cast<size_t>(
      std::count_if(line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

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

}  // namespace unspin
