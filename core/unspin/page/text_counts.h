// What one pass over the text of a block counts: words, letters, signs, and words of page furniture.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace unspin {

// Words of page furniture, by what they are for.
enum class Furniture { kAction, kAdvertisement, kLegal, kMedia, kMeta, kMore, kCount };
inline constexpr size_t kFurniture = static_cast<size_t>(Furniture::kCount);

struct TextCounts {
  uint32_t words = 0, short_words = 0, letters = 0, upper = 0, digits = 0, stops = 0, separators = 0;
  std::array<uint32_t, kFurniture> furniture = {};
  bool starts_upper = false;

  double FurnitureShare(Furniture kind) const {
    return static_cast<double>(furniture[static_cast<size_t>(kind)]) / std::max<uint32_t>(words, 1);
  }
  double FurnitureShare() const {
    uint32_t all = 0;
    for (const uint32_t count : furniture) all += count;
    return static_cast<double>(all) / std::max<uint32_t>(words, 1);
  }
};

// The words of furniture are those of seven languages.
TextCounts CountText(std::string_view text);

}  // namespace unspin
