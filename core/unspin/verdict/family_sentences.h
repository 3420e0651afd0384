// What a family of signals found in a pair → one sentence that a person can check in the two texts.
#pragma once

#include <span>
#include <string>

#include "unspin/verdict/pair_evidence.h"
#include "unspin/verdict/signals.h"

namespace unspin {

// What the sentence for derivation states where no run of kMinSharedRun words is shared.
struct ShorterRuns {
  uint32_t of_three = 0, pairs = 0;  // of words; of neighbouring content words
};

// `examples`: of what is the suspect's own; may be empty. REQUIRES: something of the family is shared, or shorter runs.
std::string SentenceFor(SignalFamily family, const PairEvidence& evidence, ShorterRuns runs);
// REQUIRES: something of the family is the suspect's own.
std::string SentenceAgainst(SignalFamily family, const PairEvidence& evidence, std::span<const std::string> examples);

}  // namespace unspin
