#include "unspin/text/layout.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace unspin {

bool LinesAreParagraphs(std::string_view text) {
  constexpr size_t kMaxWrappedLine = 160;  // bytes
  size_t begin = 0;
  while (begin < text.size()) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    if (end - begin > kMaxWrappedLine) return true;
    begin = end + 1;
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
