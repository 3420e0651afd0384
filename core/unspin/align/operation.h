// What happened to one word on its way from the original to the suspect, and how we know.
#pragma once

#include <cstdint>

namespace unspin {

enum class WordChange : uint8_t { kKept, kInflected, kSynonym, kReplaced, kInserted, kDeleted, kMoved };

// Why a replaced word counts as a replacement of that word.
enum class SubstitutionSource : uint8_t { kThesaurus, kWeakThesaurus, kSpinDictionary, kNumber, kStem, kContext };

}  // namespace unspin
