// One step of the edit script that turns an original's words into the suspect's.
#pragma once

#include <cstdint>
#include <optional>

#include "unspin/align/operation.h"
#include "unspin/base/span.h"

namespace unspin {

// Kept, inflected, synonymous and replaced words have one word on each side, or a few where one side has a phrase of
// another length ("support", "back up"; "22", "twenty two"). An inserted word has an empty original span, a deleted
// word an empty suspect span. A moved word has one word on each side, out of order.
struct WordStep {
  WordChange change = WordChange::kKept;
  TokenSpan original;
  TokenSpan suspect;
  std::optional<SubstitutionSource> evidence;
};

// `position`: where the other side lacks the word.
inline WordStep DeletedWord(uint32_t original, uint32_t position) {
  return {WordChange::kDeleted, {original, original + 1}, {position, position}, std::nullopt};
}
inline WordStep InsertedWord(uint32_t suspect, uint32_t position) {
  return {WordChange::kInserted, {position, position}, {suspect, suspect + 1}, std::nullopt};
}

}  // namespace unspin
