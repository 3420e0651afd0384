// A pair's view → what of it a person can count in the two texts, family by family: what they share, what is the
// suspect's own, and where it stands.
#pragma once

#include <cstdint>
#include <vector>

#include "unspin/base/span.h"
#include "unspin/verdict/pair_view.h"
#include "unspin/verdict/signals.h"

namespace unspin {

// A place in both articles, or in one of them: the other span is empty then.
struct EvidencePlace {
  TokenSpan original, suspect;
};

// Things of one kind in the suspect, each counted once: words, names, sentences.
struct FamilyEvidence {
  uint32_t shared = 0, own = 0;
  std::vector<EvidencePlace> shared_places, own_places;  // not in any order
  uint32_t total() const { return shared + own; }
};

struct PairEvidence {
  // Narration: words, those in runs of kMinSharedRun that the original has.
  // Vocabulary: rare words that are neither names nor numbers.
  // Names and numbers: a number's words together are one, and so are a name's.
  // Quotations: as the suspect marks them, of at least kMinSharedRun words; shared are those that the original has most
  // of. Order: uncommon words that each article uses once; shared are those that are in line. Sentences: of
  // narration; shared are those with at least half of their content words in one of the original.
  PerFamily<FamilyEvidence> families;
  uint32_t longest_run = 0;  // words of narration
  // Where no such run is shared, what is there of shorter ones. Names are in none of them.
  std::vector<EvidencePlace> runs_of_three, content_pairs;  // words; neighbouring content words, in either order
};

// `suspect_zones`: of the suspect by itself; in the view only what both articles quote is a quotation.
// REQUIRES: one zone per token of the suspect.
PairEvidence FindPairEvidence(const PairView& view, const Zones& suspect_zones);

}  // namespace unspin
