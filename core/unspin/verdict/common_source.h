// The common-source rule: an original that only shares with the suspect what a stronger original has as well.
//
// It is one of the rules that explain a resemblance away: each takes the judged pairs of one suspect, weakens verdicts,
// and adds a reason that says why. Another one is another module like this and another step of Check (engine/check.cc).
#pragma once

#include <cstddef>
#include <span>

#include "unspin/verdict/judged_pair.h"

namespace unspin {

// Turns the verdict of a derivation into kCommonSource, with a reason in front, where nearly all of what the suspect
// shares with that original it shares with a stronger one too, and much more with the stronger one. Versions of one
// article (equal ids) and equal texts (equal sha256) are one source and do not explain each other.
// `pairs`: strongest first. `suspect_tokens`: the suspect's length.
void MarkCommonSources(std::span<const JudgedPair> pairs, size_t suspect_tokens);

}  // namespace unspin
