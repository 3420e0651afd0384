// Articles in batches, with their sets of shingles made by many threads and handed over in the order of the input.
#pragma once

#include <functional>

#include "cli/input.h"

namespace unspin::cli {

// Shows progress; returns the seconds that it took.
double ForEachShingled(Input& input, uint32_t words, const CommonOptions& common,
                       const std::function<void(const Article&, const ShingleSet&)>& take);

}  // namespace unspin::cli
