// Where an article of an archive is: its segment, and its position in that segment.
#pragma once

#include <compare>
#include <cstdint>

namespace unspin {

// Ascends in the order in which articles were added.
struct ArticleAddress {
  uint32_t segment = 0;  // position in the manifest's list, oldest first
  uint32_t article = 0;  // position in the segment
  friend auto operator<=>(const ArticleAddress&, const ArticleAddress&) = default;
};

}  // namespace unspin
