// JSON as bytes: the end of a value, and the fields of an object as they are written.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace unspin {

// The end of the value that begins at `begin`; npos if the text ends within it. Looks at quotes and brackets only: a
// parser must decide whether the value is valid. Linear, without recursion.
size_t EndOfJsonValue(std::string_view json, size_t begin);

// The first offset from `begin` on that is not white space; the size of the text if there is none.
size_t SkipJsonSpace(std::string_view json, size_t begin);

// The fields of a valid object: keys as written between their quotes, values as written. Other bytes give arbitrary
// fields.
std::vector<std::pair<std::string_view, std::string_view>> RawJsonFields(std::string_view object);

}  // namespace unspin
