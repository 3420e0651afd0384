#include "unspin/records/file_name.h"

#include <algorithm>

#include "unspin/article/ascii.h"
#include "unspin/io/byte_stream.h"

namespace unspin {
namespace {

// Removes the last extension from `name` and returns it. A dot at the beginning starts none.
std::string TakeExtension(std::string& name) {
  const size_t dot = name.rfind('.');
  if (dot == std::string::npos || dot == 0) return "";
  const std::string extension = name.substr(dot + 1);
  name.resize(dot);
  return extension;
}

}  // namespace

std::string FileExtension(std::string_view path) {
  std::string name = AsciiLower(path.substr(path.rfind('/') + 1));
  std::string last = TakeExtension(name);
  while (IsCompressionExtension(last)) last = TakeExtension(name);
  return last;
}

std::string_view SkipBlank(std::string_view head) {
  const size_t begin = head.starts_with("\xef\xbb\xbf") ? 3 : 0;
  return head.substr(std::min(head.find_first_not_of(" \t\r\n\f", begin), head.size()));
}

}  // namespace unspin
