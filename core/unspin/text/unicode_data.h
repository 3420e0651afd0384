// Whether ICU finds the data that this library asks it for: a data library that was cut too small lacks items.
#pragma once

#include <string>

namespace unspin {

// Names the first item that is missing, and says what to do; empty if nothing is missing. Costs some microseconds the
// first time. Doors call it before anything else, because the functions of code_point.h rely on these items.
const std::string& UnicodeDataProblem();

}  // namespace unspin
