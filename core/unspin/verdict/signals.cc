#include "unspin/verdict/signals.h"

#include "unspin/verdict/signals/pair_measurements.h"

namespace unspin {
namespace {

struct SignalRow {
  Signal signal;
  double (*measure)(const PairMeasurements& pair);
  std::string_view name;
  std::string_view sentence;
};

constexpr std::array<SignalRow, kSignalCount> kSignalRows = {{
#define UNSPIN_ROW(enumerator, measure, name, sentence) {Signal::enumerator, measure, name, sentence},
    UNSPIN_SIGNALS(UNSPIN_ROW)
#undef UNSPIN_ROW
}};

constexpr bool RowsAreInOrder() {
  for (size_t i = 0; i < kSignalCount; ++i) {
    if (static_cast<size_t>(kSignalRows[i].signal) != i) return false;
  }
  return true;
}

constexpr bool NamesAreDistinct() {
  for (size_t i = 0; i < kSignalCount; ++i) {
    if (kSignalRows[i].name.empty()) return false;
    for (size_t j = 0; j < i; ++j) {
      if (kSignalRows[i].name == kSignalRows[j].name) return false;
    }
  }
  return true;
}

constexpr bool SentencesHoldOneValue() {
  for (const SignalRow& row : kSignalRows) {
    const size_t at = row.sentence.find("%.2f");
    if (at == row.sentence.npos || at != row.sentence.find('%') || at != row.sentence.rfind('%')) return false;
  }
  return true;
}

static_assert(RowsAreInOrder());
static_assert(NamesAreDistinct());
static_assert(SentencesHoldOneValue());

const SignalRow& RowOf(Signal signal) {
  assert(static_cast<size_t>(signal) < kSignalCount);
  return kSignalRows[static_cast<size_t>(signal)];
}

}  // namespace

Signals MeasureSignals(const PairView& view, const Lexicon& lexicon) {
  const PairMeasurements pair(view, lexicon);
  Signals signals;
  for (const SignalRow& row : kSignalRows) signals[row.signal] = row.measure(pair);
  return signals;
}

std::string_view SignalName(Signal signal) { return RowOf(signal).name; }

std::optional<Signal> FindSignal(std::string_view name) {
  for (const SignalRow& row : kSignalRows) {
    if (row.name == name) return row.signal;
  }
  return std::nullopt;
}

std::string_view SignalSentence(Signal signal) { return RowOf(signal).sentence; }

}  // namespace unspin
