// The sets of shingles of a whole corpus, in memory or in files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/statusor.h"

namespace unspin {

// Safe to share between threads.
class ShingleSets {
 public:
  virtual ~ShingleSets() = default;

  // The number of elements.
  virtual size_t SizeOf(uint32_t article) const = 0;
  // The number of sampled elements, at most 65535. For containment only.
  virtual uint32_t SampleOf(uint32_t article) const = 0;
  // Ascending. The result may lie in `buffer`, and is valid until the buffer is used again.
  virtual absl::StatusOr<std::span<const uint32_t>> ElementsOf(uint32_t article,
                                                               std::vector<uint32_t>& buffer) const = 0;
};

}  // namespace unspin
