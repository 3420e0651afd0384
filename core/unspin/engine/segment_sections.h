// The sections of a segment file, in the order of the file.
#pragma once

#include <cstdint>
#include <string_view>

namespace unspin {

struct SegmentSection {
  std::string_view name;
  uint32_t version = 1;
};
inline constexpr SegmentSection kIdentities{"identities"};       // rows of ArticleIdentity
inline constexpr SegmentSection kIndex{"index"};                 // index/index_layout.h
inline constexpr SegmentSection kAnchorCounts{"anchor-counts"};  // uint32 by article; early archives lack it
inline constexpr SegmentSection kStandingRuns{"standing-runs"};  // standing/run_lists.h; early archives lack it
inline constexpr SegmentSection kStore{"store"};                 // store/layout.h
inline constexpr uint32_t kSegmentSections = 5;

}  // namespace unspin
