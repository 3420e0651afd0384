#include "unspin/inputs/teaser.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "unspin/article/ascii.h"

namespace unspin {
namespace {

constexpr size_t kNone = std::string_view::npos;
constexpr size_t kMinSummaryWords = 100;  // of a summary that is an article
constexpr size_t kEnoughWords = 200;      // of a text that is worth comparing even if it goes on elsewhere
constexpr size_t kMaxClosing = 600;       // bytes at the end that are looked at
constexpr size_t kMaxLink = 160;          // bytes of a last line that is a link to the article

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kNoBreak = "\xc2\xa0";
  for (;;) {
    const size_t size = text.size();
    while (!text.empty() && IsHtmlSpace(text.back())) text.remove_suffix(1);
    if (text.ends_with(kNoBreak)) text.remove_suffix(kNoBreak.size());
    if (text.size() == size) return text;
  }
}

// "The post Bridge opens appeared first on The Courier."
std::string_view WithoutPostedLine(std::string_view text) {
  const std::string_view closing = text.substr(text.size() - std::min(text.size(), kMaxClosing));
  const size_t line = closing.rfind('\n');
  const std::string_view last = closing.substr(line == kNone ? 0 : line + 1);
  if (last.find("appeared first on") == kNone) return text;
  for (const std::string_view begin : {"The post ", "The article "}) {
    const size_t at = last.rfind(begin);
    if (at != kNone && last.find("appeared first on", at) != kNone)
      return Trim(text.substr(0, text.size() - (last.size() - at)));
  }
  return text;
}

bool EndsInBracketedEllipsis(std::string_view text) {
  constexpr std::array kEndings = {"[\u2026]", "[...]", "[.\u2026]", "(\u2026)", "(...)", "[\u2026", "[..."};
  return std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view ending) { return text.ends_with(ending); });
}

// The last line, if it is short enough to be a link, or the words behind the last sentence or ellipsis of a longer one.
std::string_view LastWords(std::string_view text) {
  const std::string_view closing = text.substr(text.size() - std::min(text.size(), kMaxLink));
  size_t begin = 0;
  if (const size_t line = closing.rfind('\n'); line != kNone) begin = line + 1;
  for (const std::string_view mark : {". ", "! ", "? ", "\u2026 ", ".\u201d ", ".\" ", "] ", "\u2026"}) {
    const size_t at = closing.rfind(mark);
    if (at == kNone || at + mark.size() >= closing.size()) continue;
    // A mark at the end belongs to the words themselves: "(more…)".
    if (mark.ends_with(' ') || IsAsciiLetter(closing[at + mark.size()])) begin = std::max(begin, at + mark.size());
  }
  return closing.substr(begin);
}

// A colon makes a pointer to another article of it: "Read more: How bridges are built".
bool AsksToReadOn(std::string_view text) {
  constexpr std::array kPhrases = {
      "read more",        "read the full", "read full", "read the rest",    "read the whole",
      "read the article", "read this",     "read on",   "continue reading", "keep reading",
      "more...",          "more\u2026",    "more)",     "full story",       "full article"};
  std::string words = AsciiLower(LastWords(text));
  words.erase(0, words.find_first_not_of(" \t\r\n[("));
  if (words.find(':') != std::string::npos) return false;
  return std::any_of(kPhrases.begin(), kPhrases.end(),
                     [&](std::string_view phrase) { return words.starts_with(phrase); });
}

// The words of a text, or `enough` of them and some more. A branch at the ends of words would be guessed wrong at most.
size_t CountWords(std::string_view text, size_t enough) {
  constexpr size_t kStep = 64;  // bytes between looks at the number
  constexpr auto kIsSpace = [] {
    std::array<bool, 256> is_space = {};
    for (size_t c = 0; c < is_space.size(); ++c) is_space[c] = IsHtmlSpace(static_cast<char>(c));
    return is_space;
  }();
  size_t words = 0, after_space = 1;
  for (size_t at = 0; at < text.size() && words < enough;) {
    for (const size_t end = std::min(at + kStep, text.size()); at < end; ++at) {
      const size_t space = kIsSpace[static_cast<unsigned char>(text[at])];
      words += after_space & (space ^ 1);
      after_space = space;
    }
  }
  return words;
}

}  // namespace

bool IsTeaser(std::string_view text, FeedText field) {
  text = Trim(WithoutPostedLine(Trim(text)));
  const size_t words = CountWords(text, kEnoughWords);
  if (words >= kEnoughWords) return false;
  if (words == 0 || EndsInBracketedEllipsis(text) || AsksToReadOn(text)) return true;
  if (field == FeedText::kContent) return false;
  return text.ends_with("\u2026") || text.ends_with("...") || words < kMinSummaryWords;
}

}  // namespace unspin
