// The words and figures that every view shares: verdicts in plain English, numbers as people write them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "unspin/report/report.h"

namespace unspin {

// "24%", "under 1%", "over 99%": a share that is not nothing is never shown as nothing, nor one that is not all as all.
std::string Percent(double share);
// The same with a decimal, since the last percent matters here.
std::string ProbabilityPercent(double probability);

std::string Grouped(uint64_t number);                           // "59,131"
std::string Count(uint64_t number, std::string_view singular);  // "1 word", "2,000 words"
std::string Signed(double value);                               // "+1.90", "−0.31"
std::string Decimal(double value, int digits);

// "Spun from"; with `name` the whole heading: "Spun from “Council approves bridge”".
std::string Headline(Verdict verdict, std::string_view name);
// The heading of a whole report, which may have no finding or several.
std::string Headline(const Report& report);

// One sentence: what the verdict means.
std::string Meaning(Verdict verdict);
std::string Meaning(const Report& report);
std::string Meaning(Direction direction);
std::string Meaning(WordChange change);
std::string Meaning(SubstitutionSource evidence);
std::string Meaning(Manner manner);
std::string AlertName(std::string_view kind);

// "what was found is about 110 times likelier if …", from its log10.
std::string EvidenceInWords(double evidence);

// The day of an ISO 8601 moment; any other text as it is.
std::string Day(const std::string& moment);

// What to call an article: its title, else its address, else its id.
std::string NameOf(const ArticleCard& card);

extern const char* const kCaution;  // people judge

}  // namespace unspin
