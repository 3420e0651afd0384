// The two texts of a finding as markup: a map of its passages, and both articles side by side.
#pragma once

#include <cstddef>
#include <string>

#include "unspin/report/report.h"

namespace unspin::html {

// `number` counts findings from 1. Passage p of finding f has the ids "f{f}-s{p}" in the suspect and "f{f}-o{p}" in
// the original, counted from 1.
std::string PassageMap(const Report& report, const Finding& finding, size_t number);
std::string SideBySide(const Report& report, const Finding& finding, size_t number);

// The CSS class of changed words, one letter.
char ClassOf(WordChange change);

}  // namespace unspin::html
