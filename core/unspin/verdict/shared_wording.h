// The wording that two articles share → what each word of it is: narration, speech, a document, standing text.
//
// Only shared narration speaks for derivation. A pair says more about a zone than one article: what stands in quotation
// marks on one side is speech on both.
#pragma once

#include <cstdint>
#include <vector>

#include "unspin/align/analyzed_pair.h"
#include "unspin/language/language.h"
#include "unspin/report/report.h"
#include "unspin/standing/standing_text.h"
#include "unspin/verdict/shared_runs.h"
#include "unspin/zones/zones.h"

namespace unspin {

// What the report counts words by.
enum class WordingKind : uint8_t { kNarration, kQuotation, kDocument, kStandingText };
inline constexpr size_t kWordingKinds = 4;
WordingKind KindOf(Zone zone);

struct SharedWording {
  std::vector<SharedRun> runs;
  // Of each token, as the pair shows it. In an article copied whole, speech and documents are evidence too
  // (Zone::kOwnSpeech), or narration where there is little else.
  std::vector<Zone> original_zones, suspect_zones;
  bool copied_whole = false;
};

// `standing`: says which runs of the suspect are standing text; null where nothing is known. Words that were excluded
// from the suspect are in no run, and their zone is kExcluded; what the other words are is told by the whole suspect.
SharedWording FindSharedWording(const AnalyzedPair& pair, const StandingText* standing, const Language& language);

}  // namespace unspin
