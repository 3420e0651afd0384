// A pair of articles → the signals that tell a derived suspect from one written independently about the same matter.
//
// Each signal is a share or the logarithm of a count, so that neither length nor subject decides. Where only a part was
// taken, shares are small and the counts of shared word runs speak.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <optional>
#include <string_view>

#include "unspin/align/analyzed_article.h"
#include "unspin/base/enum_array.h"
#include "unspin/verdict/pair_view.h"
#include "unspin/verdict/signal_list.h"

namespace unspin {

// Signals that one sentence to a person explains together.
enum class SignalFamily : size_t { kNarration, kVocabulary, kNamesAndNumbers, kQuotations, kOrder, kSentences };
inline constexpr std::array kAllFamilies = {SignalFamily::kNarration,       SignalFamily::kVocabulary,
                                            SignalFamily::kNamesAndNumbers, SignalFamily::kQuotations,
                                            SignalFamily::kOrder,           SignalFamily::kSentences};
template <typename Value>
using PerFamily = EnumArray<SignalFamily, Value, kAllFamilies.size()>;

enum class Signal : size_t {
#define UNSPIN_ENUMERATOR(enumerator, measure, family, name, sentence) enumerator,
  UNSPIN_SIGNALS(UNSPIN_ENUMERATOR)
#undef UNSPIN_ENUMERATOR
};

inline constexpr std::array kAllSignals = {
#define UNSPIN_SIGNAL(enumerator, measure, family, name, sentence) Signal::enumerator,
    UNSPIN_SIGNALS(UNSPIN_SIGNAL)
#undef UNSPIN_SIGNAL
};
inline constexpr size_t kSignalCount = kAllSignals.size();

// One value for each signal.
template <typename Value>
struct PerSignal {
  std::array<Value, kSignalCount> values{};

  Value& operator[](Signal signal) { return values[Index(signal)]; }
  const Value& operator[](Signal signal) const { return values[Index(signal)]; }
  friend bool operator==(const PerSignal&, const PerSignal&) = default;

 private:
  static size_t Index(Signal signal) {
    assert(static_cast<size_t>(signal) < kSignalCount);
    return static_cast<size_t>(signal);
  }
};
using Signals = PerSignal<double>;

// Total.
Signals MeasureSignals(const PairView& view, const Lexicon& lexicon);

// "shared-4" …, as in model files.
std::string_view SignalName(Signal signal);
std::optional<Signal> FindSignal(std::string_view name);

SignalFamily FamilyOf(Signal signal);
// "shared-narration" …, as in reports.
std::string_view FamilyName(SignalFamily family);

}  // namespace unspin
