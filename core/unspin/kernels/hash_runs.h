// Runs of word bytes that ScanWords found → the hash of each run.
#pragma once

#include <cstdint>
#include <span>

#include "unspin/kernels/scan_words.h"

namespace unspin {

// HashWord (base/word_hash.h) of the bytes of each run; the hashes of slow runs have no meaning.
// REQUIRES: hashes.size() >= scan.runs + WordScan::kPad - 1: whole vectors are written.
void HashRuns(const WordScan& scan, std::span<uint64_t> hashes);

}  // namespace unspin
