#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <system_error>

#include "render/ascii.h"

namespace unspin::cli {
namespace {

std::string_view Environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// The character set of the locale is found by its name, as setlocale would find it: setlocale fails where that locale
// is not installed, as in most containers.
bool IsLocaleUtf8() {
  std::string_view locale;
  for (const char* const name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    locale = Environment(name);
    if (!locale.empty()) break;
  }
  std::string letters;  // "en_GB.UTF-8" and "C.utf8" → "engbutf8", "cutf8"
  for (const char c : locale) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) letters += c;
    if (c >= 'A' && c <= 'Z') letters += static_cast<char>(c - 'A' + 'a');
  }
  return letters.find("utf8") != letters.npos;
}

}  // namespace

bool TakesColours() {
  return isatty(STDOUT_FILENO) != 0 && Environment("NO_COLOR").empty() && Environment("TERM") != "dumb";
}

bool TakesProgress() { return isatty(STDERR_FILENO) != 0 && Environment("TERM") != "dumb"; }

bool TakesOnlyAscii(int stream) { return isatty(stream) != 0 && !IsLocaleUtf8(); }

std::string ForStream(int stream, std::string_view text) {
  return TakesOnlyAscii(stream) ? AsciiOnly(text) : std::string(text);
}

size_t Columns(int stream, size_t otherwise, size_t max) {
  const std::string_view set = Environment("COLUMNS");
  size_t columns = 0;
  const auto [end, error] = std::from_chars(set.data(), set.data() + set.size(), columns);
  if (error == std::errc() && end == set.data() + set.size() && columns > 0) return std::min(columns, max);
  winsize size{};
  if (isatty(stream) != 0 && ioctl(stream, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return std::min<size_t>(size.ws_col, max);
  return std::min(otherwise, max);
}

TextOptions TerminalText() {
  TextOptions text;
  text.colour = TakesColours();
  text.ascii = TakesOnlyAscii(STDOUT_FILENO);
  text.width = Columns(STDOUT_FILENO, text.width, text.width);  // longer lines are hard to read
  return text;
}

}  // namespace unspin::cli
