// Two versions of a file that should be the same → where they differ, with both values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace unspin::evidence {

// How a pack's file of this kind is compared.
enum class Compared { kAsJson, kAsJsonLines, kAsLines, kAsBytes };

// One sentence for each place where `given`, from `holder`, is not `made`, which was made again; at most
// kMaxDifferences of them and one that says that there are more. Empty only where the bytes are equal.
//
// JSON is compared value by value: "findings[0].probability: the pack has 0.5, made again 0.991". Lines are named by
// their number, from 1. Any bytes are valid arguments.
std::vector<std::string> DifferencesOf(std::string_view given, std::string_view made, Compared compared,
                                       std::string_view holder = "the pack");

inline constexpr size_t kMaxDifferences = 20;  // a person reads no more

// The text as it stands in a message: at most some hundred bytes, without line breaks and controls.
std::string Shortened(std::string_view text);

}  // namespace unspin::evidence
