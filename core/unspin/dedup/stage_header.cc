#include "unspin/dedup/stage_header.h"

#include "unspin/base/bytes.h"

namespace unspin {

std::string_view StageName(StageKind kind) {
  switch (kind) {
    case StageKind::kShingles:
      return "shingles";
    case StageKind::kPairs:
      return "pairs";
    case StageKind::kEdges:
      break;
  }
  return "edges";
}

StageHeader StageHeader::Of(StageKind kind, const DedupOptions& options) {
  StageHeader header;
  header.kind = kind;
  header.measure = options.measure;
  header.shingle = options.shingle;
  header.prefer = options.prefer;
  header.threshold = options.threshold;
  return header;
}

DedupOptions StageHeader::Options() const {
  DedupOptions options;
  options.measure = measure;
  options.shingle = shingle;
  options.prefer = prefer;
  options.threshold = threshold;
  return options;
}

std::string StageHeader::Encode() const {
  std::string bytes;
  AppendNumbers(bytes, kind, measure, shingle, prefer, threshold, corpus, part.index, part.count, rows, compared);
  return bytes;
}

std::optional<StageHeader> StageHeader::Decode(std::string_view bytes) {
  StageHeader header;
  uint32_t kind, measure, prefer;
  ByteReader reader(bytes);
  if (!reader.ReadNumbers(kind, measure, header.shingle, prefer, header.threshold, header.corpus, header.part.index,
                          header.part.count, header.rows, header.compared) ||
      !reader.AtEnd())
    return std::nullopt;
  const auto at_most = [](uint32_t value, auto last) { return value <= static_cast<uint32_t>(last); };
  if (kind < static_cast<uint32_t>(StageKind::kShingles) || !at_most(kind, StageKind::kEdges) ||
      !at_most(measure, Measure::kContainment) || !at_most(prefer, Prefer::kFirst))
    return std::nullopt;
  const bool threshold_in_range = header.threshold > 0 && header.threshold <= 1;  // false for NaN
  if (!threshold_in_range || header.part.index >= header.part.count) return std::nullopt;
  header.kind = static_cast<StageKind>(kind);
  header.measure = static_cast<Measure>(measure);
  header.prefer = static_cast<Prefer>(prefer);
  return header;
}

}  // namespace unspin
