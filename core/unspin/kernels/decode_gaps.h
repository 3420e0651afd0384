// Varint gaps between ascending articles (d-gaps) → the articles.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace unspin {

struct GapList {
  const char *at, *end;  // the rest of the list
  uint64_t article = 0;  // the last article that was decoded
};

inline constexpr size_t kGapsPerCall = 512;
inline constexpr size_t kGapsRoom = kGapsPerCall + 32;  // whole vectors are written

// Decodes the next articles of the list: kGapsPerCall to kGapsRoom of them, or fewer where the list ends. Returns how
// many. A gap that is cut off, or leads to `limit` or beyond, ends the list. REQUIRES: articles.size() >= kGapsRoom.
size_t DecodeGaps(GapList& list, uint32_t limit, std::span<uint32_t> articles);

}  // namespace unspin
