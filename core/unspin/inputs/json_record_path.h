// Where the records stand in a JSON file: in which list of an object that wraps them.
#pragma once

#include <string>
#include <vector>

namespace unspin {

// A step from a value to one that it holds.
struct JsonStep {
  bool to_elements = false;  // to each element of a list; else to the field `name` of an object
  std::string name;          // as it is written between its quotes
  friend bool operator==(const JsonStep&, const JsonStep&) = default;
  friend auto operator<=>(const JsonStep&, const JsonStep&) = default;
};

// The steps from each value of a file to its records, the elements of a list; empty: the values are the records. A list
// that is a whole value of the file counts as its elements, so it takes no step.
using JsonRecordPath = std::vector<JsonStep>;

}  // namespace unspin
