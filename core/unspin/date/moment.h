// When something appeared, as exactly as it is known, and which of two moments came first.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace unspin {

enum class Precision : uint8_t { kUnknown, kYear, kMonth, kDay, kInstant };

struct Moment {
  Precision precision = Precision::kUnknown;
  int64_t local_ms = 0;                   // since 1970-01-01T00:00 by the clock of the place; where a period begins
  std::optional<int16_t> offset_minutes;  // of that clock from UTC; nothing where no zone is known. Instants only

  bool known() const { return precision != Precision::kUnknown; }
  friend bool operator==(const Moment&, const Moment&) = default;
};

// Days since 1970-01-01 by the clock of the place. Nothing where no day is known.
std::optional<int64_t> DayOf(const Moment& moment);

// REQUIRES: moment.offset_minutes.
int64_t UtcMilliseconds(const Moment& moment);

enum class Order : uint8_t { kUnknown, kBefore, kAfter };

// Whether `a` came before `b`. Two instants with zones are compared to the millisecond. Two instants of which one has
// no zone must be a day apart. Two days, or a day and an instant without a zone, are compared by the calendar. A day
// lasts longer than 24 hours where its zone is unknown: an instant with a zone must lie outside of it wherever it was,
// and by its own clock.
// Years and months are compared in the same way. Anything else is unknown, equal moments too.
Order OrderOf(const Moment& a, const Moment& b);

// Whether `later` came before or after the end of a delay that begins with `start`, for certain: whatever the hour of a
// moment that is a day, and wherever one without a zone was. At the very end counts as after. Two moments without a
// zone are compared by one clock, but two such instants must be a day apart.
Order OrderToEndOfDelay(const Moment& later, const Moment& start, int64_t delay_ms);

// ISO 8601, as precise as the moment: "2026-09", "2026-09-01", "2026-09-01T10:15:00", "2026-09-01T10:15:00+02:00",
// "2026-09-01T08:15:00Z". Fractions of a second are left out. Empty where the moment is unknown.
std::string ToIso8601(const Moment& moment);

}  // namespace unspin
