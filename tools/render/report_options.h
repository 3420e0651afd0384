// The options that change what a report says, as the report names them.
#pragma once

#include <string>

#include "render/offsets.h"
#include "unspin/engine/engine.h"
#include "unspin/records/reader_options.h"

namespace unspin {

// What the command line and reports call it.
std::string Name(TextIs text_is);

// The options that change what a report says and are not at their defaults, by their names on the command line, as JSON
// for JsonOptions::options; empty if there are none. A command's other options change no report.
std::string OptionsInReports(const ReaderOptions& reader, const CheckOptions& check, OffsetUnit offsets);

}  // namespace unspin
