// The header of a file of a dedup stage: what it holds, made with which options, of which corpus, and which part.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "unspin/dedup/options.h"

namespace unspin {

// Part `index` of `count`, from 0. The parts of a whole are disjoint and complete.
struct Part {
  uint32_t index = 0, count = 1;
  friend bool operator==(const Part&, const Part&) = default;
};

// Values are stored.
enum class StageKind : uint32_t { kShingles = 1, kPairs = 2, kEdges = 3 };

// "shingles", "pairs", "edges".
std::string_view StageName(StageKind kind);

struct StageHeader {
  StageKind kind = StageKind::kShingles;
  Measure measure = Measure::kJaccard;
  uint32_t shingle = 5;
  Prefer prefer = Prefer::kMaxLength;
  double threshold = 0.8;
  uint64_t corpus = 0;  // fingerprint of the files of shingles in their order; 0 in those files
  Part part;
  uint64_t rows = 0;      // articles, pairs or edges
  uint64_t compared = 0;  // in files of edges: the number of pairs compared

  // The header of a file made with these options.
  static StageHeader Of(StageKind kind, const DedupOptions& options);
  // Without scratch and threads.
  DedupOptions Options() const;

  // The fields one after the other, little-endian. FORMAT.md has the table.
  std::string Encode() const;
  // Nothing if the size differs or a value is out of range.
  static std::optional<StageHeader> Decode(std::string_view bytes);
};

}  // namespace unspin
