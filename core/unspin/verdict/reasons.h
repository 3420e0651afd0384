// The reasons that a finding lists for its verdict, worded in English: all texts of verdict/ that people read.
#pragma once

#include <cstdint>
#include <string_view>

#include "unspin/report/report.h"
#include "unspin/verdict/forms.h"
#include "unspin/verdict/signals.h"

namespace unspin {

// A signal's part in the evidence. The sentence stands in signal_list.h; `weight` is log10 of a likelihood ratio.
Reason SignalReason(Signal signal, double value, double weight);

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
