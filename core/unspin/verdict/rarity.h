// From which idf on a word counts as uncommon or rare: measured by the signals, and told by the reasons.
#pragma once

namespace unspin {

inline constexpr float kUncommonIdf = 2.0f;  // in fewer than one article in seven
inline constexpr float kRareIdf = 4.0f;      // in fewer than one article in fifty

}  // namespace unspin
