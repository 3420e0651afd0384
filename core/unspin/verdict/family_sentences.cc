#include "unspin/verdict/family_sentences.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "unspin/verdict/shared_runs.h"

namespace unspin {
namespace {

struct Noun {
  const char *one, *many;
};

constexpr Noun kRareWord = {"rare word", "rare words"};
constexpr Noun kFact = {"name or number", "names and numbers"};
constexpr Noun kQuotation = {"quotation", "quotations"};
constexpr Noun kSentence = {"sentence", "sentences"};
constexpr Noun kWord = {"word", "words"};

std::string Number(uint32_t number) { return std::to_string(number); }
std::string Count(uint32_t number, Noun noun) { return Number(number) + ' ' + (number == 1 ? noun.one : noun.many); }

// Stands before its verb: "25 of the suspect's 27 quotations", "all 27 of the suspect's quotations", "the suspect's
// only quotation".
std::string PartOf(uint32_t part, uint32_t total, Noun noun) {
  if (total == 1) return std::string("the suspect's only ") + noun.one;
  if (part == total) return "all " + Number(total) + " of the suspect's " + noun.many;
  return Number(part) + " of the suspect's " + Number(total) + ' ' + noun.many;
}

// What none of them, or this part of them, has: "none of the suspect's 7 quotations is in the original", "5 of the
// suspect's 7 quotations are not in the original".
std::string Without(const FamilyEvidence& found, Noun noun, const char* one, const char* many, const char* what,
                    const char* no) {
  if (found.shared == 0 && found.own > 1)
    return "none of the suspect's " + Number(found.own) + ' ' + noun.many + ' ' + one + ' ' + what;
  return PartOf(found.own, found.total(), noun) + ' ' + (found.own == 1 ? one : many) + ' ' + no;
}

// "all 27 uncommon words that each article uses once", "25 of the 27 …".
std::string PartOfOrder(uint32_t part, uint32_t total) {
  return (part == total ? "all " + Number(total) : Number(part) + " of the " + Number(total)) +
         " uncommon words that each article uses once";
}

// The verb behind PartOf.
const char* Verb(uint32_t part, const char* one, const char* many) { return part == 1 ? one : many; }

std::string Listed(std::span<const std::string> examples, size_t all) {
  std::string list;
  for (const std::string& example : examples) list += (list.empty() ? ": “" : ", “") + example + "”";
  return list + (!examples.empty() && all > examples.size() ? " …" : "");
}

std::string SharedNarration(const PairEvidence& evidence) {
  const FamilyEvidence& narration = evidence.families[SignalFamily::kNarration];
  const std::string min_run = Number(kMinSharedRun);
  if (narration.shared > 0) {
    return Number(narration.shared) + " of the suspect's " + Number(narration.total()) +
           " words of narration stand in runs of " + min_run +
           " words or more that the original has, endings aside; the longest has " + Number(evidence.longest_run);
  }
  const auto of_three = static_cast<uint32_t>(evidence.runs_of_three.size());
  const auto pairs = static_cast<uint32_t>(evidence.content_pairs.size());
  std::string text = "no " + min_run + " words of narration in a row are the same, but ";
  if (of_three > 0) text += Count(of_three, {"run of 3 words", "runs of 3 words"});
  if (of_three > 0 && pairs > 0) text += " and ";
  if (pairs > 0) text += Count(pairs, {"pair of neighbouring content words", "pairs of neighbouring content words"});
  return text + (of_three + pairs == 1 ? " is" : " are");
}

std::string OwnNarration(const FamilyEvidence& narration) {
  const std::string runs = " run of " + Number(kMinSharedRun) + " words that the original has";
  if (narration.shared == 0)
    return "none of the suspect's " + Count(narration.total(), kWord) + " of narration stands in a" + runs;
  return Number(narration.own) + " of the suspect's " + Count(narration.total(), kWord) + " of narration " +
         Verb(narration.own, "stands", "stand") + " in no" + runs;
}

}  // namespace

bool HasShared(SignalFamily family, const PairEvidence& evidence) {
  const FamilyEvidence& found = evidence.families[family];
  if (family == SignalFamily::kOrder) {
    // A random order of n words has an increasing subsequence of 2·sqrt(n) words (Vershik and Kerov 1977).
    const double words = found.total(), chance = std::min(words - 1, 2 * std::sqrt(words));
    return found.shared > 0 && found.shared > chance;
  }
  if (family == SignalFamily::kNarration && !(evidence.runs_of_three.empty() && evidence.content_pairs.empty()))
    return true;
  return found.shared > 0;
}

std::string SentenceFor(SignalFamily family, const PairEvidence& evidence) {
  const FamilyEvidence& found = evidence.families[family];
  const uint32_t shared = found.shared, total = found.total();
  assert(HasShared(family, evidence));
  switch (family) {
    case SignalFamily::kNarration:
      return SharedNarration(evidence);
    case SignalFamily::kVocabulary:
      return PartOf(shared, total, kRareWord) + ", names and numbers aside, " + Verb(shared, "stands", "stand") +
             " in the original";
    case SignalFamily::kNamesAndNumbers:
      return PartOf(shared, total, kFact) + ' ' + Verb(shared, "stands", "stand") + " in the original";
    case SignalFamily::kQuotations:
      return PartOf(shared, total, kQuotation) + ' ' + Verb(shared, "stands", "stand") +
             " in the original, word for word or nearly so";
    case SignalFamily::kOrder:
      return PartOfOrder(shared, total) + " come in the same order";
    case SignalFamily::kSentences:
      break;
  }
  return PartOf(shared, total, kSentence) + ' ' + Verb(shared, "has", "have") +
         " a counterpart: at least half of the content words in one sentence of the original";
}

std::string SentenceAgainst(SignalFamily family, const PairEvidence& evidence, std::span<const std::string> examples) {
  const FamilyEvidence& found = evidence.families[family];
  const uint32_t own = found.own, total = found.total();
  assert(own > 0);
  switch (family) {
    case SignalFamily::kNarration:
      return OwnNarration(found);
    case SignalFamily::kVocabulary:
      return PartOf(own, total, kRareWord) + ", names and numbers aside, " + Verb(own, "is", "are") +
             " its own, not the original's" + Listed(examples, own);
    case SignalFamily::kNamesAndNumbers:
    case SignalFamily::kQuotations:
      return Without(found, family == SignalFamily::kQuotations ? kQuotation : kFact, "is", "are", "in the original",
                     "not in the original") +
             Listed(examples, own);
    case SignalFamily::kOrder:
      return "the shared matter comes in another order: " + PartOfOrder(own, total) + ' ' + Verb(own, "is", "are") +
             " out of line";
    case SignalFamily::kSentences:
      break;
  }
  return Without(found, kSentence, "has", "have", "a counterpart", "no counterpart") +
         ": half of the content words in one sentence of the original";
}

}  // namespace unspin
