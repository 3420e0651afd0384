// The two texts of a finding as markup: the map of where text was taken from, and both articles side by side.
#pragma once

#include <cstddef>
#include <string>

#include "unspin/report/report.h"

namespace unspin::html {

// Ids on the page: passage p of finding f is "f{f}-s{p}" in the suspect and "f{f}-o{p}" in the original, from 1 on.
std::string PassageMap(const Report& report, const Finding& finding, size_t number);
std::string SideBySide(const Report& report, const Finding& finding, size_t number);

// One letter per change, the class its words carry.
char ClassOf(WordChange change);

}  // namespace unspin::html
