// The common-source rule: an original that only shares with the suspect what an older article, stronger than it, has.
//
// It is one of the rules that explain a resemblance away: each takes the judged pairs of one suspect, weakens verdicts,
// and adds a reason that says why. Another one is another module like this and another step of Check (engine/check.cc).
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "unspin/verdict/judged_pair.h"

namespace unspin {

// Turns the verdict of a derivation into kCommonSource, with a reason in front, where a stronger original appeared
// before both that original and the suspect, and has nearly all that the two share, and much more of the suspect. Dates
// compare as far as both are precise; where one is unknown or they are equal, nothing is concluded. Copies of one text
// do not explain each other: versions of an article (equal ids), equal texts, and an original most of which stands in
// the stronger one. `pairs`: strongest first; their originals' `published` is set where it is known.
// `suspect_published`: a date as it was given, or empty. `suspect_tokens`: the suspect's length.
void MarkCommonSources(std::span<const JudgedPair> pairs, std::string_view suspect_published, size_t suspect_tokens);

}  // namespace unspin
