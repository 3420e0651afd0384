#include "unspin/records/header_fields.h"

#include <algorithm>
#include <set>

#include "unspin/article/ascii.h"

namespace unspin {

size_t EndOfHeader(std::string_view bytes) {
  for (size_t end = bytes.find('\n'); end != std::string_view::npos; end = bytes.find('\n', end + 1)) {
    const std::string_view next = bytes.substr(end + 1);
    if (next.starts_with('\n')) return end + 2;
    if (next.starts_with("\r\n")) return end + 3;
  }
  return std::string_view::npos;
}

std::string_view FirstLine(std::string_view header) {
  std::string_view line = header.substr(0, header.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

HeaderFields::HeaderFields(std::string_view header) {
  for (size_t begin = header.find('\n'); begin != std::string_view::npos;) {
    ++begin;
    const size_t end = header.find('\n', begin);
    const std::string_view line = header.substr(begin, end == std::string_view::npos ? end : end - begin);
    begin = end;
    if ((line.starts_with(' ') || line.starts_with('\t')) && !fields_.empty()) {
      const std::string_view more = Trimmed(line);
      if (!more.empty()) fields_.back().second.append(" ").append(more);
      continue;
    }
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    fields_.emplace_back(AsciiLower(Trimmed(line.substr(0, colon))), Trimmed(line.substr(colon + 1)));
  }
}

std::string_view HeaderFields::First(std::string_view name) const {
  const auto found =
      std::find_if(fields_.begin(), fields_.end(), [&](const auto& field) { return field.first == name; });
  return found == fields_.end() ? std::string_view() : std::string_view(found->second);
}

std::vector<std::string_view> HeaderFields::All(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const auto& [field, value] : fields_) {
    if (field == name) values.emplace_back(value);
  }
  return values;
}

bool HeaderFields::SharesName(const HeaderFields& other) const {
  std::set<std::string_view> names;
  for (const auto& [name, value] : fields_) names.insert(name);
  return std::any_of(other.fields_.begin(), other.fields_.end(),
                     [&](const auto& field) { return names.contains(field.first); });
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && IsHtmlSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsHtmlSpace(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace unspin
