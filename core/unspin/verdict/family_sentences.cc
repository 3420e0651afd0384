#include "unspin/verdict/family_sentences.h"

#include <cassert>

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

// "25 of the suspect's 27 quotations", "all 27 of the suspect's quotations", "the suspect's only quotation".
std::string PartOf(uint32_t part, uint32_t total, Noun noun) {
  if (total == 1) return std::string("the suspect's only ") + noun.one;
  if (part == total) return "all " + Number(total) + " of the suspect's " + noun.many;
  return Number(part) + " of the suspect's " + Number(total) + ' ' + noun.many;
}

// The verb behind PartOf.
const char* Verb(uint32_t part, const char* one, const char* many) { return part == 1 ? one : many; }

std::string Listed(std::span<const std::string> examples, size_t all) {
  std::string list;
  for (const std::string& example : examples) list += (list.empty() ? ": “" : ", “") + example + "”";
  return list + (!examples.empty() && all > examples.size() ? " …" : "");
}

std::string SharedNarration(const PairEvidence& evidence, ShorterRuns runs) {
  const FamilyEvidence& narration = evidence.families[SignalFamily::kNarration];
  const std::string min_run = Number(kMinSharedRun);
  if (narration.shared > 0) {
    return Number(narration.shared) + " of the suspect's " + Number(narration.total()) +
           " words of narration stand in runs of " + min_run +
           " words or more that the original has, endings aside; the longest has " + Number(evidence.longest_run);
  }
  std::string text = "no " + min_run + " words of narration in a row are the same, but ";
  if (runs.of_three > 0) text += Count(runs.of_three, {"run of 3 words", "runs of 3 words"});
  if (runs.of_three > 0 && runs.pairs > 0) text += " and ";
  if (runs.pairs > 0)
    text += Count(runs.pairs, {"pair of neighbouring content words", "pairs of neighbouring content words"});
  return text + (runs.of_three + runs.pairs == 1 ? " is" : " are");
}

std::string OwnNarration(const FamilyEvidence& narration) {
  const std::string runs = " run of " + Number(kMinSharedRun) + " words that the original has";
  if (narration.shared == 0)
    return "none of the suspect's " + Count(narration.total(), kWord) + " of narration stands in a" + runs;
  return Number(narration.own) + " of the suspect's " + Count(narration.total(), kWord) + " of narration " +
         Verb(narration.own, "stands", "stand") + " in no" + runs;
}

}  // namespace

std::string SentenceFor(SignalFamily family, const PairEvidence& evidence, ShorterRuns runs) {
  const FamilyEvidence& found = evidence.families[family];
  const uint32_t shared = found.shared, total = found.total();
  assert(shared > 0 || (family == SignalFamily::kNarration && runs.of_three + runs.pairs > 0));
  switch (family) {
    case SignalFamily::kNarration:
      return SharedNarration(evidence, runs);
    case SignalFamily::kVocabulary:
      return PartOf(shared, total, kRareWord) + ", names and numbers aside, " + Verb(shared, "stands", "stand") +
             " in the original";
    case SignalFamily::kNamesAndNumbers:
      return PartOf(shared, total, kFact) + ' ' + Verb(shared, "stands", "stand") + " in the original";
    case SignalFamily::kQuotations:
      return PartOf(shared, total, kQuotation) + ' ' + Verb(shared, "stands", "stand") +
             " in the original, word for word or nearly so";
    case SignalFamily::kOrder:
      return Number(shared) + " of the " + Number(total) +
             " uncommon words that either article uses once come in the same order";
    case SignalFamily::kSentences:
      break;
  }
  return PartOf(shared, total, kSentence) + ' ' + Verb(shared, "has", "have") +
         " a counterpart: a sentence of the original with at least half of the content words";
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
      return PartOf(own, total, kFact) + ' ' + Verb(own, "is", "are") + " not in the original" + Listed(examples, own);
    case SignalFamily::kQuotations:
      return PartOf(own, total, kQuotation) + ' ' + Verb(own, "is", "are") + " not in the original" +
             Listed(examples, own);
    case SignalFamily::kOrder:
      return "the shared matter comes in another order: " + Number(own) + " of the " + Number(total) +
             " uncommon words that either article uses once " + Verb(own, "is", "are") + " out of line";
    case SignalFamily::kSentences:
      break;
  }
  return PartOf(own, total, kSentence) + ' ' + Verb(own, "has", "have") +
         " no counterpart: no sentence of the original has half of the content words";
}

}  // namespace unspin
