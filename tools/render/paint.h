// One side's text → runs of bytes with equal marks, which a view then colours.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "unspin/base/span.h"
#include "unspin/report/report.h"

namespace unspin {

enum class Side { kSuspect, kOriginal };

struct PaintedRun {
  ByteSpan bytes;
  std::optional<uint32_t> passage;           // which of the passages; absent: outside all
  std::optional<WordChange> change;          // absent for kept words and between words
  const WordOperation* operation = nullptr;  // with `change`, of that passage; lives as long as the passages
  bool masked = false;
  std::optional<uint32_t> excluded;  // which of the spans that a person excluded
  std::optional<uint32_t> alert;     // which of the alerts
};

// Runs in order that cover `card.text` once, each ending between two characters. Neighbouring words that were inserted,
// deleted or moved together share a run. Spans are cut to the text; where two overlap, the first one counts.
std::vector<PaintedRun> Paint(const ArticleCard& card, Side side, std::span<const ReportPassage* const> passages,
                              const std::vector<Alert>& alerts);

}  // namespace unspin
