// A pair's view → how many words the two share, by what they are.
#pragma once

#include "unspin/report/report.h"
#include "unspin/verdict/pair_view.h"

namespace unspin {

// Words in shared runs by their zone; narration that was aligned outside of runs, kept or with other forms of the same
// words; and elsewhere the names and numbers that the other article has as well.
SharedWords CountSharedWords(const PairView& view);

}  // namespace unspin
