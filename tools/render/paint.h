// One side's text → runs of bytes that share one fate, which a view then colours.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "unspin/base/span.h"
#include "unspin/report/report.h"

namespace unspin {

enum class Side { kSuspect, kOriginal };

struct PaintedRun {
  ByteSpan bytes;
  std::optional<uint32_t> passage;           // which of the finding's passages; absent: outside all
  std::optional<WordChange> change;          // absent for kept words and for what stands between words
  const WordOperation* operation = nullptr;  // of a replaced word: lives as long as the passages
  bool masked = false;
  std::optional<uint32_t> alert;  // which of the alerts
};

// Runs in order that cover `card.text` once, each ending between two characters. Neighbouring words that were inserted,
// deleted or moved together share a run. Spans that are empty or leave the text are cut to it; of two that overlap, the
// first stays.
std::vector<PaintedRun> Paint(const ArticleCard& card, Side side, const std::vector<ReportPassage>& passages,
                              const std::vector<Alert>& alerts);

}  // namespace unspin
