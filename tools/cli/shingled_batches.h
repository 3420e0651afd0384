// Articles in batches, with their sets of shingles made by many threads and handed over in the order of the input.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "cli/input.h"

namespace unspin::cli {

struct ShingledText {
  std::string_view id, published;
  uint64_t bytes = 0;  // of the text
  const ShingleSet& set;
};

// Shows progress; returns the seconds that it took.
double ForEachShingled(Input& input, uint32_t words, const CommonOptions& common,
                       const std::function<void(const ShingledText&)>& take);

}  // namespace unspin::cli
