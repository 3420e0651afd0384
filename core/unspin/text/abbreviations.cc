#include "unspin/text/abbreviations.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "unspin/base/word_hash.h"

namespace unspin {
namespace {

constexpr auto kAbbreviations = std::to_array<std::string_view>({
    "a.m", "adm",  "al",   "apr",    "assn", "asst", "aug",  "ave",  "blvd", "bros", "brig", "capt", "cmdr",
    "co",  "col",  "corp", "cpl",    "ct",   "dec",  "dept", "det",  "dr",   "e.g",  "est",  "etc",  "feb",
    "ft",  "gen",  "gov",  "hon",    "hwy",  "i.e",  "inc",  "inst", "jan",  "jr",   "jul",  "jun",  "lt",
    "ltd", "maj",  "mar",  "messrs", "mon",  "mr",   "mrs",  "ms",   "mt",   "no",   "nos",  "nov",  "oct",
    "p.m", "ph.d", "pres", "prof",   "rd",   "rep",  "reps", "rev",  "sec",  "sen",  "sens", "sept", "sep",
    "sgt", "sr",   "st",   "supt",   "tel",  "univ", "u.n",  "u.s",  "v",    "vs",
});

static_assert(std::is_sorted(kAbbreviations.begin(), kAbbreviations.end(),
                             [](std::string_view a, std::string_view b) { return a[0] < b[0]; }));

// Of the abbreviations of each letter, and the end of the last one's.
constexpr auto kBegins = [] {
  std::array<uint8_t, 'z' - 'a' + 2> begins{};
  for (const std::string_view word : kAbbreviations) ++begins[word[0] - 'a' + 1];
  for (size_t letter = 1; letter < begins.size(); ++letter) begins[letter] += begins[letter - 1];
  return begins;
}();

// They fit a number each: their bytes, zeros behind.
constexpr size_t kMaxLength = 8;
constexpr auto kNumbers = [] {
  std::array<uint64_t, kAbbreviations.size()> numbers{};
  for (size_t i = 0; i < numbers.size(); ++i) {
    static_assert(std::all_of(kAbbreviations.begin(), kAbbreviations.end(),
                              [](std::string_view word) { return word.size() <= kMaxLength; }));
    for (size_t at = 0; at < kAbbreviations[i].size(); ++at)
      numbers[i] |= static_cast<uint64_t>(static_cast<unsigned char>(kAbbreviations[i][at])) << 8 * at;
  }
  return numbers;
}();

}  // namespace

bool IsAbbreviation(std::string_view word) {
  if (word.empty() || word.size() > kMaxLength || word[0] < 'a' || word[0] > 'z') return false;
  const auto begin = kNumbers.begin() + kBegins[word[0] - 'a'], end = kNumbers.begin() + kBegins[word[0] - 'a' + 1];
  return std::find(begin, end, LoadUpTo8(word.data(), word.size())) != end;
}

}  // namespace unspin
