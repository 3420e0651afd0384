#include "unspin/dedup/pair_spools.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "unspin/base/bytes.h"
#include "unspin/base/hash.h"

namespace unspin {
namespace {

constexpr size_t kBufferedPairs = 4096;  // of one file and thread

// The smaller article in the upper half, so that packed pairs ascend like pairs.
uint64_t Packed(uint32_t a, uint32_t b) { return uint64_t{std::min(a, b)} << 32 | std::max(a, b); }

}  // namespace

uint64_t HashOfPair(uint32_t a, uint32_t b) { return Mix64(Packed(a, b)); }

absl::StatusOr<PairSpools> PairSpools::Make(const std::string& prefix) {
  PairSpools made;
  for (uint32_t file = 0; file < kFiles; ++file) {
    absl::StatusOr<Spool> spool = Spool::Make(prefix + "pairs-" + std::to_string(file));
    if (!spool.ok()) return spool.status();
    made.spools_.push_back(*std::move(spool));
  }
  return made;
}

absl::Status PairSpools::Finish() {
  for (Spool& spool : spools_) {
    if (absl::Status status = spool.Finish(); !status.ok()) return status;
  }
  finished_ = true;
  return absl::OkStatus();
}

void PairSpools::Buffer::Add(uint32_t a, uint32_t b) {
  assert(a != b);
  const uint64_t pair = Packed(a, b);
  std::vector<uint64_t>& pairs = of_file_[Mix64(pair) % kFiles];
  pairs.push_back(pair);
  if (pairs.size() >= kBufferedPairs) spools_.Append(of_file_);
}

void PairSpools::Append(std::vector<std::vector<uint64_t>>& of_file) {
  const std::lock_guard lock(*mutex_);
  for (uint32_t file = 0; file < kFiles; ++file) {
    spools_[file].Append(AsBytes(of_file[file]));
    of_file[file].clear();
  }
}

absl::StatusOr<std::vector<CandidatePair>> PairSpools::Load(uint32_t file) const {
  assert(finished_);
  const Spool& spool = spools_[file];
  std::vector<uint64_t> pairs(spool.size() / sizeof(uint64_t));
  if (absl::Status status = spool.Read(0, pairs.data(), pairs.size() * sizeof(uint64_t)); !status.ok()) return status;
  std::sort(pairs.begin(), pairs.end());
  std::vector<CandidatePair> distinct;
  for (size_t begin = 0; begin < pairs.size();) {
    size_t end = begin;
    while (end < pairs.size() && pairs[end] == pairs[begin]) ++end;
    distinct.push_back({static_cast<uint32_t>(pairs[begin] >> 32), static_cast<uint32_t>(pairs[begin]),
                        static_cast<uint32_t>(end - begin)});
    begin = end;
  }
  return distinct;
}

}  // namespace unspin
