// The sets of shingles of a whole corpus, wherever they lie.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/statusor.h"

namespace unspin {

// Safe to share between threads.
class Sets {
 public:
  virtual ~Sets() = default;

  virtual size_t SizeOf(uint32_t article) const = 0;
  // How many of the elements are sampled, 65535 at most; for containment only.
  virtual uint32_t SampleOf(uint32_t article) const = 0;
  // `room` holds them where they cannot be looked at in place; they last until it is used again.
  virtual absl::StatusOr<std::span<const uint32_t>> ElementsOf(uint32_t article, std::vector<uint32_t>& room) const = 0;
};

}  // namespace unspin
