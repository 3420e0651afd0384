// The terms of a licence rule against one finding: whether credit, link, wording and embargo were kept.
#pragma once

#include <string>
#include <vector>

#include "unspin/licence/licence_rule.h"
#include "unspin/report/report.h"

namespace unspin {

// The terms that the rule has, in the order credit, link, alteration, embargo. None where the finding is no use of our
// text (weaker than an excerpt). `has_details` as in LicenceOf. REQUIRES: finding < report.findings.size().
std::vector<LicenceTerm> TermsOf(const LicenceRule& rule, const Report& report, size_t finding, bool has_details);

// "licensed, but the credit was removed": `state` with what became of the terms. `why`: of a state without a rule that
// applies.
std::string SentenceOf(std::string_view state, std::string_view why, const std::vector<LicenceTerm>& terms);

}  // namespace unspin
