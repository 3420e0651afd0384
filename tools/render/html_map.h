// The map of a finding: both articles as bars, the passages as blocks that are joined; and the same as a table.
#pragma once

#include <cstddef>
#include <string>

#include "render/html_texts.h"
#include "unspin/report/report.h"

namespace unspin::html {

// `finding`: its place in the report. Empty where the two share no passage.
std::string PassageMap(const Report& report, size_t finding, const Texts& texts);

}  // namespace unspin::html
