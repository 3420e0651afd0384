// Arrays indexed by an enum class, and tables of names whose rows follow its enumerators.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace unspin {

// One value per enumerator. REQUIRES: enumerators are 0 … kSize - 1.
template <typename Enum, typename Value, size_t kSize>
class EnumArray {
 public:
  constexpr Value& operator[](Enum index) { return values_[static_cast<size_t>(index)]; }
  constexpr const Value& operator[](Enum index) const { return values_[static_cast<size_t>(index)]; }

  constexpr size_t size() const { return kSize; }
  constexpr const Value* data() const { return values_.data(); }
  constexpr auto begin() const { return values_.begin(); }
  constexpr auto end() const { return values_.end(); }

 private:
  std::array<Value, kSize> values_{};
};

template <typename Enum>
struct EnumName {
  Enum value;
  std::string_view name;
};

// The names alone. Does not compile unless row i names enumerator i.
template <typename Enum, size_t kSize>
consteval std::array<std::string_view, kSize> NamesInOrder(const EnumName<Enum> (&rows)[kSize]) {
  std::array<std::string_view, kSize> names;
  for (size_t i = 0; i < kSize; ++i) {
    if (static_cast<size_t>(rows[i].value) != i) throw "a row does not name the enumerator of its position";
    names[i] = rows[i].name;
  }
  return names;
}

}  // namespace unspin
