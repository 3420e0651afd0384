// Small helpers on strings, among them the bridge to Abseil builds whose string_view is not std::string_view.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "unspin/base/hash.h"

namespace unspin {

inline absl::string_view AbslView(std::string_view text) { return {text.data(), text.size()}; }
inline std::string_view StdView(absl::string_view text) { return {text.data(), text.size()}; }

// Also true of the empty string. ASCII white space only.
inline bool IsWhiteSpace(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos;
}

inline std::string Concatenated(std::span<const std::string_view> chunks) {
  std::string whole;
  for (const std::string_view chunk : chunks) whole.append(chunk);
  return whole;
}

// The fields of one line of a tab-separated table. Carriage returns are left out.
inline std::vector<std::string> SplitFields(std::string_view line) {
  std::vector<std::string> fields(1);
  for (const char c : line) {
    if (c == '\t') {
      fields.emplace_back();
    } else if (c != '\r') {
      fields.back().push_back(c);
    }
  }
  return fields;
}

// Lets a map with std::string keys be searched by std::string_view without a copy.
struct StringHash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return Hash64(text); }
};

template <typename Value>
using StringMap = absl::flat_hash_map<std::string, Value, StringHash, std::equal_to<>>;
using StringSet = absl::flat_hash_set<std::string, StringHash, std::equal_to<>>;

}  // namespace unspin
