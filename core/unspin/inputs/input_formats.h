// The formats that inputs are read in. The table, and how to add a format: input_format_table.h.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/records/input_format.h"

namespace unspin {

// The formats that are read, in the order of the table. The first one is the format of files that no other recognises.
std::span<const InputFormat* const> InputFormats();

// The format that is read under this name; null if there is none.
const InputFormat* InputFormatNamed(std::string_view name);
// The names of InputFormats().
std::vector<std::string> InputFormatNames();

}  // namespace unspin
