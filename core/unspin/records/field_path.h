// The path of a nested field: "body.text" is the field "text" of the object in the field "body". A field whose own name
// contains the dot is found first.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace unspin {

// Whether a name may be the path of a nested field.
inline bool IsFieldPath(std::string_view name) { return name.find('.') != std::string_view::npos; }

// The value at `path`, seen from `root`; nothing if there is none. `child(value, name)` returns the
// std::optional<Value> of the field `name` within `value`: one step of a path, or the part of one that has a dot in its
// name. A longer name wins: of "a.b.c" it is asked for "a.b.c", for "c" within "a.b", and for "b.c" within "a", in this
// order.
template <typename Value, typename Child>
std::optional<Value> FindByPath(const Value& root, std::string_view path, const Child& child) {
  constexpr size_t kNone = std::string_view::npos;
  if (std::optional<Value> found = child(root, path)) return found;
  for (size_t dot = path.rfind('.'); dot != kNone; dot = dot == 0 ? kNone : path.rfind('.', dot - 1)) {
    const std::optional<Value> inner = child(root, path.substr(0, dot));
    if (!inner) continue;
    if (std::optional<Value> found = FindByPath(*inner, path.substr(dot + 1), child)) return found;
  }
  return std::nullopt;
}

}  // namespace unspin
