#include "unspin/verdict/signals.h"

#include "unspin/verdict/signals/pair_measurements.h"

namespace unspin {
namespace {

struct SignalRow {
  Signal signal;
  double (*measure)(const PairMeasurements& pair);
  SignalFamily family;
  std::string_view name;
};

constexpr std::array<SignalRow, kSignalCount> kSignalRows = {{
#define UNSPIN_ROW(enumerator, measure, family, name, sentence) \
  {Signal::enumerator, measure, SignalFamily::family, name},
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

static_assert(RowsAreInOrder());
static_assert(NamesAreDistinct());

constexpr std::array kFamilyNames = NamesInOrder<SignalFamily>({
    {SignalFamily::kNarration, "shared-narration"},
    {SignalFamily::kVocabulary, "vocabulary"},
    {SignalFamily::kNamesAndNumbers, "names-and-numbers"},
    {SignalFamily::kQuotations, "quotations"},
    {SignalFamily::kOrder, "order"},
    {SignalFamily::kSentences, "sentences"},
});
static_assert(kFamilyNames.size() == kAllFamilies.size());

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

SignalFamily FamilyOf(Signal signal) { return RowOf(signal).family; }

std::string_view FamilyName(SignalFamily family) {
  assert(static_cast<size_t>(family) < kFamilyNames.size());
  return kFamilyNames[static_cast<size_t>(family)];
}

}  // namespace unspin
