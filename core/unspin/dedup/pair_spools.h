// Candidate pairs that many threads find, distributed by hash over temporary files.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/io/spool.h"

namespace unspin {

// Two article numbers, a < b, and in how many buckets both were. Files of pairs hold this struct as it is in memory.
struct CandidatePair {
  uint32_t a = 0, b = 0, collisions = 0;
};
static_assert(sizeof(CandidatePair) == 12);

// The same for (a, b) and (b, a).
uint64_t HashOfPair(uint32_t a, uint32_t b);

class PairSpools {
 public:
  static constexpr uint32_t kFiles = 32;

  // Temporary files whose names begin with `prefix`. They are removed with this value.
  static absl::StatusOr<PairSpools> Make(const std::string& prefix);
  // Call once all buffers are destroyed.
  absl::Status Finish();

  // The pairs that one thread finds. Hands them over in batches, and the rest when it is destroyed.
  class Buffer {
   public:
    explicit Buffer(PairSpools& spools) : spools_(spools), of_file_(kFiles) {}
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;
    ~Buffer() { spools_.Append(of_file_); }
    // REQUIRES: a != b. Their order does not matter.
    void Add(uint32_t a, uint32_t b);

   private:
    PairSpools& spools_;
    std::vector<std::vector<uint64_t>> of_file_;
  };

  // The distinct pairs of a file, ascending. REQUIRES: Finish succeeded.
  absl::StatusOr<std::vector<CandidatePair>> Load(uint32_t file) const;

 private:
  PairSpools() : mutex_(std::make_unique<std::mutex>()) {}
  void Append(std::vector<std::vector<uint64_t>>& of_file);

  std::unique_ptr<std::mutex> mutex_;  // guards the spools while threads add
  std::vector<Spool> spools_;
  bool finished_ = false;
};

}  // namespace unspin
