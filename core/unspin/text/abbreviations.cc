#include "unspin/text/abbreviations.h"

#include <algorithm>
#include <array>

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

}  // namespace

bool IsAbbreviation(std::string_view word) {
  return std::find(kAbbreviations.begin(), kAbbreviations.end(), word) != kAbbreviations.end();
}

}  // namespace unspin
