// Whether ICU finds the data that this library asks it for: a data library that was cut too small lacks items.
#pragma once

#include <string>

namespace unspin {

// The first item that is missing, with what needs it and ICU's word for the failure; empty if none is. Costs some
// microseconds. Doors ask before anything else (Engine::SetupProblem), because the functions of code_point.h rely on
// these items, and because ICU answers some questions wrongly where it lacks the item, instead of saying so.
std::string MissingUnicodeData();

}  // namespace unspin
