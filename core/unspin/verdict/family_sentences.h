// What a family of signals found in a pair → one sentence that a person can check in the two texts.
#pragma once

#include <span>
#include <string>

#include "unspin/verdict/pair_evidence.h"
#include "unspin/verdict/signals.h"

namespace unspin {

// Whether something speaks for derivation. A few words in line are in line by chance.
bool HasShared(SignalFamily family, const PairEvidence& evidence);

// REQUIRES: HasShared(family, evidence).
std::string SentenceFor(SignalFamily family, const PairEvidence& evidence);
// `examples`: of what is the suspect's own; may be empty. REQUIRES: something of the family is the suspect's own.
std::string SentenceAgainst(SignalFamily family, const PairEvidence& evidence, std::span<const std::string> examples);

}  // namespace unspin
