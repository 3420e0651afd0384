// JSON as bytes: where a value ends, and the fields of an object as they were written.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace unspin {

// The position after the value that starts at `at`, or npos where the text ends within it. Looks at quotes and brackets
// only: whether the value is valid is for a parser to say. Linear, without recursion.
size_t EndOfJsonValue(std::string_view json, size_t at);

size_t SkipJsonSpace(std::string_view json, size_t at);

// The fields of an object: keys as written between their quotes, values as written. REQUIRES: a valid object.
std::vector<std::pair<std::string_view, std::string_view>> RawJsonFields(std::string_view object);

}  // namespace unspin
