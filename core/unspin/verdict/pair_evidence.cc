#include "unspin/verdict/pair_evidence.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <unordered_set>
#include <utility>

#include "unspin/base/hash.h"
#include "unspin/base/longest_increasing.h"
#include "unspin/verdict/rarity.h"

namespace unspin {
namespace {

constexpr uint32_t kMinOrderWords = 5;        // fewer words have no order to speak of
constexpr uint32_t kMinSentenceWords = 3;     // content words of a sentence that may have a counterpart
constexpr double kMinCounterpartShare = 0.5;  // of them, in one sentence of the original
constexpr size_t kMaxSentencesOfStem = 400;   // a stem in more would make the comparison quadratic

bool IsNumber(const AnalyzedArticle& article, uint32_t token) {
  return article.text.tokens[token].numeric || article.Info(token).number;
}

class EvidenceFinder {
 public:
  EvidenceFinder(const PairView& view, const Zones& suspect_zones)
      : view_(view),
        original_(view.original),
        suspect_(view.suspect),
        suspect_zones_(suspect_zones),
        to_original_(view.to_original),
        first_use_(FirstUses(view.original)),
        in_run_(view.suspect.size(), false) {}

  PairEvidence Run() {
    for (const SharedRun& run : view_.wording.runs)
      std::fill(in_run_.begin() + run.suspect.begin, in_run_.begin() + run.suspect.end, true);
    FindNarration();
    FindVocabulary();
    FindNamesAndNumbers();
    FindQuotations();
    FindOrder();
    FindSentences();
    return std::move(out_);
  }

 private:
  FamilyEvidence& Of(SignalFamily family) { return out_.families[family]; }

  // Of each stem of the article its first token, in narration if it is there at all.
  static std::vector<uint32_t> FirstUses(const AnalyzedArticle& article) {
    std::vector<uint32_t> uses(article.stems.size(), kNoStem);
    for (const bool narration : {true, false}) {
      for (uint32_t token = 0; token < article.size(); ++token) {
        if (narration && !article.zones.Counts(token)) continue;
        uint32_t& first = uses[article.stem_ids[token]];
        if (first == kNoStem) first = token;
      }
    }
    return uses;
  }

  bool InOriginal(uint32_t token) const { return to_original_[suspect_.stem_ids[token]] != kNoStem; }
  TokenSpan FirstInOriginal(uint32_t token) const {
    const uint32_t first = first_use_[to_original_[suspect_.stem_ids[token]]];
    return {first, first + 1};
  }

  // Counts a thing that is shared or the suspect's own.
  static void Add(bool shared, EvidencePlace place, FamilyEvidence& evidence) {
    ++(shared ? evidence.shared : evidence.own);
    (shared ? evidence.shared_places : evidence.own_places).push_back(place);
  }

  void FindNarration() {
    FamilyEvidence& evidence = Of(SignalFamily::kNarration);
    for (const SharedRun& run : view_.wording.runs) {
      for (uint32_t begin = run.suspect.begin, end = begin; begin < run.suspect.end; begin = end) {
        const bool counts = suspect_.zones.Counts(begin);
        while (end < run.suspect.end && suspect_.zones.Counts(end) == counts) ++end;
        if (!counts) continue;
        const uint32_t at = run.original.begin + begin - run.suspect.begin;
        evidence.shared += end - begin;
        evidence.shared_places.push_back({{at, at + end - begin}, {begin, end}});
        out_.longest_run = std::max(out_.longest_run, end - begin);
      }
    }
    for (uint32_t token = 0; token < suspect_.size(); ++token)
      evidence.own += suspect_.zones.Counts(token) && !in_run_[token];
    for (const TokenSpan sentence : suspect_.body.sentences) {
      if (std::none_of(in_run_.begin() + sentence.begin, in_run_.begin() + sentence.end, [](bool run) { return run; }))
        evidence.own_places.push_back({{}, sentence});
    }
    if (evidence.shared > 0) return;
    out_.runs_of_three = FindShorterRuns(false);
    out_.content_pairs = FindShorterRuns(true);
  }

  // A run of three words or a pair of neighbouring content words, by its stems in the original.
  struct ShorterRun {
    uint64_t key;
    TokenSpan tokens;
  };

  // Their words are narration that both articles have, no names, for a pair no function words, and in one sentence.
  // `stem_of(token)`: of the original, or kNoStem where only one of them has it.
  template <typename StemOf>
  static std::vector<ShorterRun> ShorterRuns(const AnalyzedArticle& article, bool pairs, const StemOf& stem_of) {
    std::vector<ShorterRun> runs;
    struct Word {
      uint32_t token = 0, stem = kNoStem;
    };
    for (const TokenSpan sentence : article.text.sentences) {
      Word before[2];  // the nearest first
      for (uint32_t token = sentence.begin; token < sentence.end; ++token) {
        if (pairs && article.Info(token).function_word) continue;
        const bool may = article.zones.Counts(token) && !article.IsName(token);
        const Word word = {token, may ? stem_of(token) : kNoStem};
        const Word& first = before[pairs ? 0 : 1];
        if (word.stem != kNoStem && before[0].stem != kNoStem && first.stem != kNoStem) {
          const uint64_t low = pairs ? std::min(first.stem, word.stem) : first.stem;
          const uint64_t high = pairs ? std::max(first.stem, word.stem) : word.stem;
          const uint64_t middle = pairs ? 0 : before[0].stem;
          runs.push_back({Mix64(Mix64(low << 32 | high) + middle), {first.token, token + 1}});
        }
        before[1] = before[0];
        before[0] = word;
      }
    }
    std::stable_sort(runs.begin(), runs.end(), [](const ShorterRun& a, const ShorterRun& b) { return a.key < b.key; });
    const auto end =
        std::unique(runs.begin(), runs.end(), [](const ShorterRun& a, const ShorterRun& b) { return a.key == b.key; });
    runs.erase(end, runs.end());
    return runs;
  }

  // Each distinct run once, where either article has it first.
  std::vector<EvidencePlace> FindShorterRuns(bool pairs) const {
    std::vector<bool> shared(original_.stems.size(), false);
    for (const uint32_t stem : to_original_) {
      if (stem != kNoStem) shared[stem] = true;
    }
    const std::vector<ShorterRun> of_original = ShorterRuns(original_, pairs, [&](uint32_t token) {
      const uint32_t stem = original_.stem_ids[token];
      return shared[stem] ? stem : kNoStem;
    });
    const std::vector<ShorterRun> of_suspect =
        ShorterRuns(suspect_, pairs, [&](uint32_t token) { return to_original_[suspect_.stem_ids[token]]; });
    std::vector<EvidencePlace> places;
    auto other = of_original.begin();
    for (const ShorterRun& run : of_suspect) {
      while (other != of_original.end() && other->key < run.key) ++other;
      if (other != of_original.end() && other->key == run.key) places.push_back({other->tokens, run.tokens});
    }
    return places;
  }

  void FindVocabulary() {
    FamilyEvidence& evidence = Of(SignalFamily::kVocabulary);
    std::vector<bool> named(suspect_.stems.size(), false), seen(suspect_.stems.size(), false);
    for (uint32_t token = 0; token < suspect_.size(); ++token) {
      if (suspect_.zones.Counts(token) && (suspect_.IsName(token) || IsNumber(suspect_, token)))
        named[suspect_.stem_ids[token]] = true;
    }
    for (uint32_t token = 0; token < suspect_.size(); ++token) {
      const uint32_t stem = suspect_.stem_ids[token];
      if (!suspect_.zones.Counts(token) || named[stem] || seen[stem] || suspect_.stem_idf[stem] <= kRareIdf) continue;
      seen[stem] = true;
      const bool shared = InOriginal(token);
      Add(shared, {shared ? FirstInOriginal(token) : TokenSpan{}, {token, token + 1}}, evidence);
    }
  }

  enum class FactKind : uint8_t { kNone, kName, kNumber };
  FactKind FactKindOf(uint32_t token) const {
    if (!suspect_.zones.Counts(token)) return FactKind::kNone;
    if (IsNumber(suspect_, token)) return FactKind::kNumber;
    // "I" is no name, and neither is a title's "The".
    return suspect_.IsName(token) && !suspect_.Info(token).function_word ? FactKind::kName : FactKind::kNone;
  }

  // A number is the original's own where that has all of its words, a name where that has its last word: "Ms Brill"
  // for "Matthias Brill".
  void FindNamesAndNumbers() {
    FamilyEvidence& evidence = Of(SignalFamily::kNamesAndNumbers);
    std::unordered_set<uint64_t> seen;  // hashes of stems
    for (uint32_t begin = 0, end = 0; begin < suspect_.size(); begin = end) {
      const FactKind kind = FactKindOf(begin);
      end = begin + 1;
      if (kind == FactKind::kNone) continue;
      while (end < suspect_.size() && FactKindOf(end) == kind && !suspect_.text.tokens[end].starts_sentence) ++end;
      const uint32_t told = kind == FactKind::kName ? end - 1 : begin;
      uint64_t hash = 0;
      for (uint32_t token = told; token < end; ++token) hash = Mix64(hash + suspect_.stem_ids[token] + 1);
      if (!seen.insert(hash).second) continue;
      bool shared = true;
      for (uint32_t token = told; token < end; ++token) shared = shared && InOriginal(token);
      Add(shared, {shared ? FirstInOriginal(told) : TokenSpan{}, {begin, end}}, evidence);
    }
  }

  void FindQuotations() {
    for (const ZoneSpan& zone : suspect_zones_.spans) {
      if (zone.zone != Zone::kQuotation || zone.tokens.size() < kMinSharedRun) continue;
      EvidencePlace longest;
      uint32_t words = 0;
      for (const SharedRun& run : view_.wording.runs) {
        const TokenSpan part = {std::max(run.suspect.begin, zone.tokens.begin),
                                std::min(run.suspect.end, zone.tokens.end)};
        if (part.empty()) continue;
        words += part.size();
        const uint32_t at = run.original.begin + part.begin - run.suspect.begin;
        if (part.size() > longest.suspect.size()) longest = {{at, at + part.size()}, part};
      }
      const bool shared = 2 * words >= zone.tokens.size();
      Add(shared, shared ? longest : EvidencePlace{{}, zone.tokens}, Of(SignalFamily::kQuotations));
    }
  }

  // Of each stem its only token in the narration, or kNoStem.
  static std::vector<uint32_t> OnlyUses(const AnalyzedArticle& article) {
    std::vector<uint32_t> uses(article.stems.size(), 0), last(article.stems.size(), kNoStem);
    for (uint32_t token = 0; token < article.size(); ++token) {
      if (!article.zones.Counts(token)) continue;
      ++uses[article.stem_ids[token]];
      last[article.stem_ids[token]] = token;
    }
    for (size_t stem = 0; stem < uses.size(); ++stem) last[stem] = uses[stem] == 1 ? last[stem] : kNoStem;
    return last;
  }

  void FindOrder() {
    const std::vector<uint32_t> in_original = OnlyUses(original_), in_suspect = OnlyUses(suspect_);
    std::vector<uint32_t> words, places;  // tokens of the suspect, and of the original
    for (uint32_t token = 0; token < suspect_.size(); ++token) {
      const uint32_t stem = suspect_.stem_ids[token], other = to_original_[stem];
      if (in_suspect[stem] != token || other == kNoStem || in_original[other] == kNoStem) continue;
      if (suspect_.stem_idf[stem] < kUncommonIdf) continue;
      words.push_back(token);
      places.push_back(in_original[other]);
    }
    if (words.size() < kMinOrderWords) return;
    FamilyEvidence& evidence = Of(SignalFamily::kOrder);
    const std::vector<uint32_t> in_line = LongestIncreasingSubsequence(places);
    evidence.shared = static_cast<uint32_t>(in_line.size());
    evidence.own = static_cast<uint32_t>(words.size() - in_line.size());
    std::vector<bool> lined(words.size(), false);
    for (const uint32_t word : in_line) lined[word] = true;
    for (size_t word = 0; word < words.size(); ++word) {
      if (lined[word]) continue;
      evidence.own_places.push_back({{places[word], places[word] + 1}, {words[word], words[word] + 1}});
    }
    AddStretchesInLine(in_line, words, places, evidence.shared_places);
  }

  // From the first to the last word in line of neighbouring ones that are in one sentence on either side.
  void AddStretchesInLine(const std::vector<uint32_t>& in_line, const std::vector<uint32_t>& words,
                          const std::vector<uint32_t>& places, std::vector<EvidencePlace>& stretches) const {
    auto in_suspect = suspect_.text.sentences.begin(), in_original = original_.text.sentences.begin();
    bool goes_on = false;
    for (const uint32_t word : in_line) {
      for (; in_suspect->end <= words[word]; ++in_suspect) goes_on = false;
      for (; in_original->end <= places[word]; ++in_original) goes_on = false;
      if (!goes_on) stretches.push_back({{places[word], places[word]}, {words[word], words[word]}});
      stretches.back().suspect.end = words[word] + 1;
      stretches.back().original.end = places[word] + 1;
      goes_on = true;
    }
  }

  // Fills in the distinct stems of a sentence's content words in the narration.
  static void ContentStems(const AnalyzedArticle& article, TokenSpan sentence, std::vector<uint32_t>& stems) {
    stems.clear();
    for (uint32_t token = sentence.begin; token < sentence.end; ++token) {
      if (article.zones.Counts(token) && !article.Info(token).function_word) stems.push_back(article.stem_ids[token]);
    }
    std::sort(stems.begin(), stems.end());
    stems.erase(std::unique(stems.begin(), stems.end()), stems.end());
  }

  void FindSentences() {
    const std::vector<TokenSpan>& sentences = original_.body.sentences;
    std::vector<uint32_t> stems;
    std::vector<std::pair<uint32_t, uint32_t>> sentences_of;  // stem, sentence
    for (uint32_t sentence = 0; sentence < sentences.size(); ++sentence) {
      ContentStems(original_, sentences[sentence], stems);
      for (const uint32_t stem : stems) sentences_of.emplace_back(stem, sentence);
    }
    std::vector<uint32_t> begins(original_.stems.size() + 1, 0);  // of each stem's sentences
    for (const auto& [stem, sentence] : sentences_of) ++begins[stem + 1];
    std::partial_sum(begins.begin(), begins.end(), begins.begin());
    std::sort(sentences_of.begin(), sentences_of.end());
    std::vector<uint32_t> common(sentences.size(), 0);
    for (const TokenSpan sentence : suspect_.body.sentences) {
      ContentStems(suspect_, sentence, stems);
      if (stems.size() < kMinSentenceWords) continue;
      uint32_t best = 0;
      TokenSpan counterpart;
      const auto visit_sentences = [&](const auto& visit) {
        for (const uint32_t stem : stems) {
          const uint32_t other = to_original_[stem];
          if (other == kNoStem || begins[other + 1] - begins[other] > kMaxSentencesOfStem) continue;
          for (uint32_t i = begins[other]; i < begins[other + 1]; ++i) visit(sentences_of[i].second);
        }
      };
      visit_sentences([&](uint32_t other) {
        if (++common[other] <= best) return;
        best = common[other];
        counterpart = sentences[other];
      });
      visit_sentences([&](uint32_t other) { common[other] = 0; });
      const bool shared = best >= kMinCounterpartShare * static_cast<double>(stems.size());
      Add(shared, {shared ? counterpart : TokenSpan{}, sentence}, Of(SignalFamily::kSentences));
    }
  }

  const PairView& view_;
  const AnalyzedArticle& original_;
  const AnalyzedArticle& suspect_;
  const Zones& suspect_zones_;
  const std::vector<uint32_t>& to_original_;  // stem of the suspect → of the original, or kNoStem
  const std::vector<uint32_t> first_use_;     // stem of the original → token
  std::vector<bool> in_run_;                  // tokens of the suspect
  PairEvidence out_;
};

}  // namespace

PairEvidence FindPairEvidence(const PairView& view, const Zones& suspect_zones) {
  assert(suspect_zones.of_token.size() == view.suspect.size());
  return EvidenceFinder(view, suspect_zones).Run();
}

}  // namespace unspin
