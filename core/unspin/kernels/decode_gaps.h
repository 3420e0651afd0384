// Varint steps from article to article → the articles.
//
// Steps of one and two bytes, which nearly all are, are taken apart by the places of their last bytes among eight,
// looked up in a table (Plaisance, Kurz, Lemire: Vectorized VByte Decoding, 2015). Where the processor moves chosen
// lanes together, 32 bytes are taken at once: each is read as if a step began there, and those where one does stay.
#pragma once

#include <cstddef>
#include <cstdint>

namespace unspin {

struct GapList {
  const char *at, *end;  // what is left of the list
  uint64_t article = 0;  // the last one
};

inline constexpr size_t kStepsAtOnce = 512;
inline constexpr size_t kGapsRoom = kStepsAtOnce + 32;

// The next articles of the list, kStepsAtOnce or a few less unless it ends; returns how many. A step that is cut off or
// leads to `limit` or beyond ends the list.
size_t DecodeGaps(GapList& list, uint32_t limit, uint32_t* articles);

}  // namespace unspin
