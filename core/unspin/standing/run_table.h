// A set of runs of words in a compact table of bytes, read in place: a program's constant, never parsed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace unspin {

// The table is a quotient filter without its filter bits (Cleary 1984): the highest bits of a run's hash select a
// bucket, and the bucket lists the next 16 bits of each of its runs, ascending. A run that is not in the set is found
// with the probability bucket size / 2^16: 1 in 2,000 to 1 in 4,000. Little-endian, one section after the other:
//
//   header      RunTableHeader
//   ends        u32 × 2^bucket bits   of each bucket, in runs; a bucket begins where the one before it ends
//   remainders  u16 × runs            ascending within a bucket
//   provenance  u8 × its size
struct RunTableHeader {
  char magic[8];
  uint64_t fingerprint;  // Hash64 of all that follows it
  uint32_t runs;
  uint32_t bucket_bits;
  uint32_t provenance_size;
  uint32_t reserved;  // 0
};
static_assert(sizeof(RunTableHeader) == 32);

// A value; safe to use from any thread.
class RunTable {
 public:
  RunTable() = default;  // holds nothing

  // The bytes are not copied and outlive the table; they need no alignment. Nothing if they are no such table, or a
  // damaged one: every byte is covered by a checksum.
  static std::optional<RunTable> Open(std::string_view bytes);

  size_t size() const { return runs_; }
  std::string_view Provenance() const { return provenance_; }  // what the runs were counted on

  // `run` is one of HashShingles(words, 5).
  bool Contains(uint64_t run) const;
  // Prefetch hints for Contains: first the bucket, later the run. REQUIRES: size() > 0.
  void PrefetchBucket(uint64_t run) const;
  void PrefetchRun(uint64_t run) const;

 private:
  struct Bucket {
    size_t begin, end;
  };
  Bucket BucketOf(uint64_t run) const;
  size_t BucketEnd(size_t bucket) const;
  // Where the remainder is in the bucket if all of them are spread evenly, which they nearly are.
  static size_t LikelyPlace(Bucket bucket, uint32_t remainder);
  uint32_t Remainder(size_t at) const;

  const char* ends_ = nullptr;
  const char* remainders_ = nullptr;
  uint32_t runs_ = 0;
  uint32_t bucket_bits_ = 0;
  std::string_view provenance_;
};

// The bytes of a table of `runs`; the order of the runs and repeated ones make no difference.
std::string MakeRunTable(std::span<const uint64_t> runs, std::string_view provenance);

}  // namespace unspin
