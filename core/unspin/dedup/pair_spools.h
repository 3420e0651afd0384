// Candidate pairs, found by many threads, spread by their hash over files outside of memory.
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

// Two articles, a < b, and how often they met.
struct CandidatePair {
  uint32_t a = 0, b = 0, times = 0;
};

uint64_t HashOfPair(uint32_t a, uint32_t b);

class PairSpools {
 public:
  static constexpr uint32_t kFiles = 32;

  // Files that begin with `prefix`, gone with this value.
  static absl::StatusOr<PairSpools> Make(const std::string& prefix);
  absl::Status Finish();

  // What one thread finds; handed over from time to time and at the end.
  class Buffer {
   public:
    explicit Buffer(PairSpools& spools) : spools_(spools), of_file_(kFiles) {}
    Buffer(const Buffer&) = delete;
    ~Buffer() { spools_.Take(of_file_); }
    void Add(uint32_t a, uint32_t b);

   private:
    PairSpools& spools_;
    std::vector<std::vector<uint64_t>> of_file_;
  };

  // The distinct pairs of a file, ascending. REQUIRES: Finish succeeded.
  absl::StatusOr<std::vector<CandidatePair>> Load(uint32_t file) const;

 private:
  PairSpools() : mutex_(std::make_unique<std::mutex>()) {}
  void Take(std::vector<std::vector<uint64_t>>& of_file);

  std::unique_ptr<std::mutex> mutex_;  // guards the spools while threads add
  std::vector<Spool> spools_;
};

}  // namespace unspin
