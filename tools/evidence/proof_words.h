// The smallest amount of wording that shows what a finding found: short stretches of both texts, side by side.
//
// A stretch is a run of words of one passage, in the same order in both texts. Its score is the number of words that
// are the same, or replaced by a word of the same meaning in the same place, minus words that only one text has, minus
// kChanceWords. Names and numbers score nothing, because independent reports of one event share them; nor do words
// that are not counted (quotations, notices, what a person excluded).
// Greedy choice: where one stretch brings the sum of the scores to kShownScore, the shortest such stretch ends the
// choice; else the one of the highest score is taken, and the choice goes on with the words that are left.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/base/span.h"
#include "unspin/report/report.h"

namespace unspin::evidence {

// Words of both texts together. A quotation in a notice should be no longer than its purpose asks; this many are about
// four sentences.
inline constexpr uint32_t kMaxProofWords = 90;

// A stretch of so many words in the same order is often chance: names, idioms.
inline constexpr int kChanceWords = 4;

// Enough is shown: twenty-four words in a row, say, or two runs of fourteen.
inline constexpr int kShownScore = 20;

struct ProofLimits {
  uint32_t words = kMaxProofWords;  // of both texts together, as the report counts words
  size_t pairs = 4;                 // more would be read by nobody
};

struct QuotedPair {
  ByteSpan original, suspect;
  uint32_t words = 0;  // of both
  int score = 0;
};

// In the order of the suspect. Empty where no stretch scores above 0. Deterministic.
// REQUIRES: finding < report.findings.size(), and the report has its texts.
std::vector<QuotedPair> ProofWords(const Report& report, size_t finding, const ProofLimits& limits);

// Words of a text, as a report counts them.
uint32_t CountWords(std::string_view text);

// A stretch on one line, with hidden characters made visible and white space collapsed.
std::string QuoteOf(std::string_view text, ByteSpan span);

}  // namespace unspin::evidence
