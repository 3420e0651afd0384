#include "unspin/verdict/reasons.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "unspin/verdict/family_sentences.h"

namespace unspin {
namespace {

constexpr double kLeastWeight = 0.005;   // two decimals show less as 0
constexpr size_t kMaxExamples = 3;       // quoted in a sentence
constexpr size_t kMaxExampleBytes = 60;  // of each; longer ones are cut after a word

// The longest first, then in the order of the suspect. Each place is listed once.
std::vector<EvidencePlace> LongestPlaces(std::vector<EvidencePlace> places) {
  const size_t kept = std::min(places.size(), kMaxReasonSpans);
  std::partial_sort(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(kept), places.end(),
                    [](const EvidencePlace& a, const EvidencePlace& b) {
                      if (a.suspect.size() != b.suspect.size()) return a.suspect.size() > b.suspect.size();
                      return a.suspect.begin < b.suspect.begin;
                    });
  places.resize(kept);
  return places;
}

// Single words: the rarest. The length of a word's stretch says nothing about it.
std::vector<EvidencePlace> RarestPlaces(std::vector<EvidencePlace> places, const AnalyzedArticle& suspect) {
  std::stable_sort(places.begin(), places.end(), [&](const EvidencePlace& a, const EvidencePlace& b) {
    return suspect.stem_idf[suspect.stem_ids[a.suspect.begin]] > suspect.stem_idf[suspect.stem_ids[b.suspect.begin]];
  });
  places.resize(std::min(places.size(), kMaxReasonSpans));
  return places;
}

class ReasonMaker {
 public:
  explicit ReasonMaker(const PairToExplain& pair)
      : pair_(pair), evidence_(FindPairEvidence(pair.view, pair.suspect_zones)) {}

  PerFamily<Shown> WhatIsShown() const {
    PerFamily<Shown> shown;
    for (const SignalFamily family : kAllFamilies)
      shown[family] = {HasShared(family, evidence_), evidence_.families[family].own > 0};
    return shown;
  }

  Reason Make(SignalFamily family, double weight) const {
    const FamilyEvidence& found = evidence_.families[family];
    Reason reason;
    reason.signal = std::string(FamilyName(family));
    reason.value = found.total() > 0 ? static_cast<double>(found.shared) / found.total() : 0;
    reason.weight = weight;
    std::vector<EvidencePlace> places;
    if (!pair_.suspect_text.empty()) places = Places(family, weight > 0);
    reason.text = weight > 0 ? SentenceFor(family, evidence_) : SentenceAgainst(family, evidence_, Examples(places));
    AddSpans(places, reason);
    return reason;
  }

 private:
  std::vector<EvidencePlace> Places(SignalFamily family, bool in_favour) const {
    const FamilyEvidence& found = evidence_.families[family];
    if (family == SignalFamily::kVocabulary)
      return RarestPlaces(in_favour ? found.shared_places : found.own_places, pair_.view.suspect);
    if (family == SignalFamily::kNarration && in_favour && found.shared == 0)
      return LongestPlaces(evidence_.runs_of_three.empty() ? evidence_.content_pairs : evidence_.runs_of_three);
    return LongestPlaces(in_favour ? found.shared_places : found.own_places);
  }

  std::vector<std::string> Examples(const std::vector<EvidencePlace>& places) const {
    std::vector<std::string> examples;
    for (const EvidencePlace& place : places) {
      if (examples.size() == kMaxExamples) break;
      TokenSpan words = place.suspect;
      const TokenizedArticle& text = pair_.view.suspect.text;
      while (text.Bytes(words).size() > kMaxExampleBytes && words.size() > 1) --words.end;
      const ByteSpan bytes = text.Bytes(words);
      if (bytes.size() > kMaxExampleBytes) continue;
      examples.push_back(std::string(pair_.suspect_text.substr(bytes.begin, bytes.size())) +
                         (words == place.suspect ? "" : " …"));
    }
    return examples;
  }

  // A place of the original that several words of the suspect stand for is listed once.
  void AddSpans(const std::vector<EvidencePlace>& places, Reason& reason) const {
    const auto add = [](ByteSpan span, std::vector<ByteSpan>& spans) {
      if (!span.empty() && std::find(spans.begin(), spans.end(), span) == spans.end()) spans.push_back(span);
    };
    for (const EvidencePlace& place : places) {
      add(pair_.view.suspect.text.Bytes(place.suspect), reason.spans.suspect);
      add(pair_.view.original.text.Bytes(place.original), reason.spans.original);
    }
  }

  const PairToExplain& pair_;
  const PairEvidence evidence_;
};

}  // namespace

void AddReasons(const PairToExplain& pair, const Signals& signals, const DerivationModel& model, Finding& finding) {
  const ReasonMaker maker(pair);
  const PerFamily<double> weights = FamilyWeights(signals, model, maker.WhatIsShown());
  std::vector<Reason> reasons;
  for (const SignalFamily family : kAllFamilies) {
    if (std::abs(weights[family]) >= kLeastWeight) reasons.push_back(maker.Make(family, weights[family]));
  }
  std::stable_sort(reasons.begin(), reasons.end(),
                   [](const Reason& a, const Reason& b) { return std::abs(a.weight) > std::abs(b.weight); });
  std::move(reasons.begin(), reasons.end(), std::back_inserter(finding.because));
}

Reason LanguageReason(double share, std::string_view language) {
  const std::string name(language);
  return {"language", share, 0,
          "hardly any " + name + " function words: stems, synonyms and the rarity of words are those of " + name +
              ", and say little here"};
}

Reason CountedWordsReason(uint32_t words, uint32_t min_words) {
  return {"counted-words", static_cast<double>(words), 0,
          "only " + std::to_string(words) + " words count on the shorter side; " + std::to_string(min_words) +
              " are needed to say anything"};
}

Reason CommonSourceReason(double share, std::string_view source) {
  return {"common-source", share, 0,
          "what the two share stands in “" + std::string(source) +
              "” as well, which appeared before both and has more of the suspect around it"};
}

Reason FormReason(const FilledForm& form) {
  const auto of = [](uint32_t some, uint32_t all) { return std::to_string(some) + " of " + std::to_string(all); };
  return {"form", static_cast<double>(form.differing) / static_cast<double>(form.fillings), 0,
          "the two fill in one form: " + of(form.differing, form.fillings) +
              " names, numbers and the like differ, in " + of(form.differing_sentences, form.sentences) +
              " sentences that have any"};
}

}  // namespace unspin
