// Which of the words that are known was probably meant by one that is not.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace unspin::cli {

// Characters inserted, deleted, replaced, or exchanged with their neighbour to make `b` of `a`: the optimal string
// alignment distance.
size_t EditDistance(std::string_view a, std::string_view b);

// The word that differs least from `typed`, by at most one edit in three characters, or the only one that begins with
// it; empty if there is none. Case and dashes in front do not count.
std::string NearestWord(std::string_view typed, const std::vector<std::string>& words);

// "; did you mean check?", or nothing.
std::string DidYouMean(std::string_view typed, const std::vector<std::string>& words);

}  // namespace unspin::cli
