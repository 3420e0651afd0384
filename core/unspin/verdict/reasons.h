// The reasons that a finding lists for its verdict, worded in English: all texts of verdict/ that people read.
#pragma once

#include <cstdint>
#include <string_view>

#include "unspin/report/report.h"
#include "unspin/verdict/family_weights.h"
#include "unspin/verdict/forms.h"
#include "unspin/verdict/pair_evidence.h"
#include "unspin/verdict/pair_view.h"

namespace unspin {

inline constexpr size_t kMaxReasonSpans = 5;  // on either side

// A judged pair and what its reasons quote.
struct PairToExplain {
  const PairView& view;
  const Zones& suspect_zones;     // of the suspect by itself
  std::string_view suspect_text;  // empty: the sentences quote nothing, and no spans are listed
};

// Appends to `because` one reason for each family of signals that has a part in the evidence and something to show, the
// heaviest first. REQUIRES: `signals` are those of the view; `suspect_text` is the suspect's text or empty.
void AddReasons(const PairToExplain& pair, const Signals& signals, const DerivationModel& model, Finding& finding);

// A text is not in the language, as far as function words tell. `share`: of function words, in the article with fewer.
Reason LanguageReason(double share, std::string_view language);

// Too few counted words to judge: `words` on the shorter side, `min_words` are needed.
Reason CountedWordsReason(uint32_t words, uint32_t min_words);

// `share` of what suspect and original have in common is in a stronger, older original as well, with the id
// `source`.
Reason CommonSourceReason(double share, std::string_view source);

// The two articles are one form, filled in twice.
Reason FormReason(const FilledForm& form);

}  // namespace unspin
