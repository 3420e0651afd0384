// Words and numbers that all views share: verdicts in plain English, percentages, thousands.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/report/report.h"

namespace unspin {

// "24%", "under 1%", "over 99%". Only 0 is shown as 0% and only 1 as 100%.
std::string Percent(double share);
// With one decimal, because the last percent matters here: "under 0.1%", "over 99.9%".
std::string ProbabilityPercent(double probability);

std::string Grouped(uint64_t number);                           // "59,131"
std::string Count(uint64_t number, std::string_view singular);  // "1 word", "2,000 words"
std::string Signed(double value);                               // "+1.90", "−0.31"
std::string Decimal(double value, int digits);

// "Spun from “Council approves bridge”".
std::string Headline(Verdict verdict, std::string_view name);
// For a whole report, which may have no finding or several.
std::string Headline(const Report& report);

// How many originals the findings name, and how many versions of one of them: each version has a finding of its own.
size_t CountOriginals(const Report& report);
size_t CountVersions(const Report& report, const ArticleCard& original);

// One sentence: what the verdict means.
std::string Meaning(Verdict verdict);
std::string Meaning(const Report& report);
std::string Meaning(Direction direction);
std::string Meaning(WordChange change);
std::string Meaning(SubstitutionSource evidence);
std::string Meaning(Manner manner);
std::string AlertName(std::string_view kind);

// Whether an alert names what deceives readers or programs; the others name damage, or what was guessed in reading.
bool IsTrickWithCharacters(std::string_view kind);

struct SharedPart {
  std::string_view name;  // "quotations"
  uint32_t words = 0;
};
// What two texts share, by kind; the kinds that are empty too.
std::vector<SharedPart> SharedParts(const SharedCounts& counts);
// "212 of the 230 shared words are quotations, 18 narration." Empty where nothing is shared.
std::string SharedSentence(const SharedCounts& counts);
// "The suspect names “Harbour Post”; links “harbourpost.example”.", or that no credit was found. Empty where it is not
// known whom to credit, or nothing was taken. `marks`: those of the suspect, whose links may be all the credit there
// is.
std::string CreditSentence(const Finding& finding, const std::vector<PageMark>& marks);
bool HasBrokenTerm(const Licence& licence);
// Its text as a sentence that begins with a capital letter.
std::string LicenceSentence(const Licence& licence);
// Marks that tell more than the suspect's own address.
std::vector<PageMark> ShownMarks(const Report& report);
// "canonical address: https://harbourpost.example/ferry, which is original 1".
std::string MarkSentence(const Report& report, const PageMark& mark);
inline constexpr std::string_view kMarksCaution =
    "Anybody can write this, and copies often keep it. It changes no number.";

// "what was found is about 110 times likelier if …", from the log10 of the likelihood ratio.
std::string EvidenceInWords(double evidence);

// The day of an ISO 8601 time; any other text unchanged.
std::string Day(const std::string& moment);

// "“a-17” in the archive is the suspect's own record, and was set aside." Empty where nothing was.
std::string SetAside(const Report& report);
// "45 words of the suspect were excluded by a person: they are shown, and not counted." Empty where none were.
std::string ExcludedSentence(const Report& report);
// What an archive cannot tell. Empty where it can.
std::string MissingKnowledge(const Report& report);

// The title of an article, else its address, else its id.
std::string NameOf(const ArticleCard& card);

extern const char* const kCaution;  // the last sentences of a report: what follows is for a person to judge

}  // namespace unspin
