// The header of a WARC record or of an HTTP answer: lines "Name: value" up to a blank line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace unspin {

// The offset behind the blank line that ends a header whose first line begins here, or npos. Lines end with a line
// feed, or a carriage return and a line feed.
size_t EndOfHeader(std::string_view bytes);

// The first line of a header, without its end.
std::string_view FirstLine(std::string_view header);

// Names in any case, values without white space around them, folded lines joined. Lines without a colon are passed
// over, as browsers do. Borrows nothing.
class HeaderFields {
 public:
  // The fields below the first line.
  explicit HeaderFields(std::string_view header);

  // The first value of this name; empty if there is none. `name` is in lower case.
  std::string_view First(std::string_view name) const;
  // All values of this name, in their order.
  std::vector<std::string_view> All(std::string_view name) const;
  // Whether a name occurs in both.
  bool SharesName(const HeaderFields& other) const;

 private:
  std::vector<std::pair<std::string, std::string>> fields_;  // names in lower case
};

// `text` without spaces, tabs and line ends around it.
std::string_view Trimmed(std::string_view text);

}  // namespace unspin
