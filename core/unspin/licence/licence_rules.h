// What a table of licences says of a suspect's use of an original. It is said beside a verdict and never changes one.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/licence/licence_rule.h"
#include "unspin/licence/licence_table.h"
#include "unspin/report/report.h"

namespace unspin {

// The site, address and day of one side.
struct LicensedSide {
  std::string_view site, url, published;
};

// What the rules say before any term is looked at.
struct LicenceChoice {
  std::string state;                  // "licensed", "unlicensed", "unknown", "own-site", "fair-dealing"
  const LicenceRule* rule = nullptr;  // that decided; null: none names the suspect's site
  std::string why;                    // of "unlicensed" and "unknown": "the licence ended on 2026-03-31"
};

// A rule applies where the suspect's site, the original and the suspect's day fit. Of several that apply, the most
// specific one decides: the longest path of the site, then the longest domain, then the longest `original`; then
// "own-site" before "licensed" before "fair-dealing"; then the one that begins last; then the one with more terms; the
// order of the table never does. Where none applies, but one could if the day or an address were known, the state is
// "unknown"; else "unlicensed" where a rule names the site.
LicenceChoice ChooseLicence(std::span<const LicenceRule> rules, const LicensedSide& suspect,
                            const LicensedSide& original);

// Whether a rule names the site of a suspect, by its name or by the host and path of its address.
bool NamesSite(const LicenceRule& rule, std::string_view site, std::string_view url);

// The rules that matter for this suspect, in their order: ApplyLicences says the same with them as with all.
std::vector<LicenceRule> RulesFor(std::span<const LicenceRule> rules, const Report& report);

// Whether the suspect's address is on the original's site and only the page itself says so: a page that was saved by
// itself tells its own address, and a copy that kept the original's canonical link tells that of the original.
bool ClaimsSiteOf(const ArticleCard& suspect, const ArticleCard& original);

// What the rules say of one finding. `has_details`: the report was made with them, so that a credit or a notice that it
// does not list is not there. REQUIRES: finding < report.findings.size().
Licence LicenceOf(std::span<const LicenceRule> rules, const Report& report, size_t finding, bool has_details);

// Sets the licence of every finding.
void ApplyLicences(std::span<const LicenceRule> rules, Report& report);

}  // namespace unspin
