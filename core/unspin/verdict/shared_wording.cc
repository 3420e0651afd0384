#include "unspin/verdict/shared_wording.h"

#include <algorithm>
#include <array>

#include "unspin/shingle/shingle.h"

namespace unspin {
namespace {

constexpr double kMinExplained = 0.8;       // of a run's words: then the rest of the run is of the same kind
constexpr uint32_t kMinNarration = 8;       // words of a run between words of other zones; fewer are a "he said"
constexpr double kMinCopiedWhole = 0.8;     // of the shorter article's words
constexpr uint32_t kMinCopiedWords = 40;    // of such an article
constexpr double kMinNarrationShare = 0.2;  // of an article's words: in one with less, speech is the text
constexpr double kMaxFirstPerson = 0.01;    // of the words of narration: in more, the narrator himself speaks

bool IsNarration(Zone zone) { return zone == Zone::kBody; }

// A copier of the whole article takes these as well.
bool IsArticleText(Zone zone) {
  return zone == Zone::kBody || zone == Zone::kQuotation || zone == Zone::kDocument || zone == Zone::kCaption ||
         zone == Zone::kTable;
}

// The zone of a word that two articles share: speech and documents in one of them are such in both.
Zone JoinedZone(Zone a, Zone b) {
  if (IsNarration(a)) return b;
  if (IsNarration(b)) return a;
  return std::max(a, b);
}

class WordingClassifier {
 public:
  WordingClassifier(const AnalyzedPair& pair, const StandingText* standing, const Language& language)
      : pair_(pair), standing_(standing), language_(language) {}

  SharedWording Run() {
    out_.runs = FindSharedRuns(pair_);
    out_.original_zones = pair_.original.zones.of_token;
    out_.suspect_zones = pair_.suspect.zones.of_token;
    if (HardlyNarrates(out_.original_zones)) ClearArticleZones(out_.original_zones);
    if (HardlyNarrates(out_.suspect_zones)) ClearArticleZones(out_.suspect_zones);
    if (out_.runs.empty()) return std::move(out_);
    MarkStandingText();
    for (const SharedRun& run : out_.runs) JoinZones(run);
    out_.copied_whole = IsCopiedWhole();
    if (out_.copied_whole) {
      ClearArticleZones(out_.original_zones);
      ClearArticleZones(out_.suspect_zones);
      return std::move(out_);
    }
    // Only between two such narrators may the first person have been taken from the narration.
    FindSharedTokens();
    const bool first_person = NarratesInFirstPerson(pair_.original, in_original_) &&
                              NarratesInFirstPerson(pair_.suspect, in_suspect_);
    for (const SharedRun& run : out_.runs) {
      if (!first_person) ExplainSpeech(run);
      AbsorbRest(run);
    }
    KeepSharedZones();
    return std::move(out_);
  }

 private:
  void SetZone(const SharedRun& run, uint32_t word, Zone zone) {
    out_.original_zones[run.original.begin + word] = zone;
    out_.suspect_zones[run.suspect.begin + word] = zone;
  }
  Zone ZoneOf(const SharedRun& run, uint32_t word) const { return out_.suspect_zones[run.suspect.begin + word]; }

  void FindSharedTokens() {
    in_original_.assign(out_.original_zones.size(), false);
    in_suspect_.assign(out_.suspect_zones.size(), false);
    for (const SharedRun& run : out_.runs) {
      std::fill(in_original_.begin() + run.original.begin, in_original_.begin() + run.original.end, true);
      std::fill(in_suspect_.begin() + run.suspect.begin, in_suspect_.begin() + run.suspect.end, true);
    }
  }

  void JoinZones(const SharedRun& run) {
    for (uint32_t word = 0; word < run.suspect.size(); ++word) {
      SetZone(run, word,
              JoinedZone(out_.original_zones[run.original.begin + word], out_.suspect_zones[run.suspect.begin + word]));
    }
  }

  // Standing text is known by runs of words as they are spelled, so it is marked on the suspect and joined from there.
  void MarkStandingText() {
    if (standing_ == nullptr) return;
    std::vector<uint64_t> words;
    words.reserve(pair_.suspect.size());
    for (const Token& token : pair_.suspect.text.tokens) words.push_back(token.word);
    const std::vector<uint64_t> hashes = HashShingles(words, kMinSharedRun);
    std::vector<bool> standing(hashes.size(), false);
    standing_->Mark(hashes, standing);
    for (const SharedRun& run : out_.runs) {
      for (uint32_t token = run.suspect.begin; token + kMinSharedRun <= run.suspect.end; ++token) {
        if (!standing[token]) continue;
        for (uint32_t word = token; word < token + kMinSharedRun; ++word) {
          if (IsNarration(out_.suspect_zones[word])) out_.suspect_zones[word] = Zone::kStandingText;
        }
      }
    }
  }

  bool IsFirstPerson(const Token& token) const {
    return language_.zone_words.tags.Find(token.word).HasAny(ZoneWord::kFirstPerson);
  }

  // A column or a memoir: there the first person is no sign of speech. What it shares tells nothing of who narrates.
  bool NarratesInFirstPerson(const AnalyzedArticle& article, const std::vector<bool>& shared) const {
    uint32_t words = 0, first_person = 0;
    for (uint32_t token = 0; token < article.size(); ++token) {
      if (shared[token] || !article.zones.Counts(token)) continue;
      ++words;
      first_person += IsFirstPerson(article.text.tokens[token]);
    }
    return first_person > kMaxFirstPerson * words;
  }

  // Shared narration that says "I" or "we" was said to both.
  void ExplainSpeech(const SharedRun& run) {
    bool speech = false;
    for (uint32_t word = 0; word < run.suspect.size(); ++word)
      speech |= IsNarration(ZoneOf(run, word)) && IsFirstPerson(pair_.suspect.text.tokens[run.suspect.begin + word]);
    if (speech) Explain(run, Zone::kQuotation);
  }

  void Explain(const SharedRun& run, Zone zone) {
    for (uint32_t word = 0; word < run.suspect.size(); ++word) {
      if (IsNarration(ZoneOf(run, word))) SetZone(run, word, zone);
    }
  }

  // Narration left over in a run that is mostly something else: the attribution of a quotation, words at its edge whose
  // zone was missed.
  void AbsorbRest(const SharedRun& run) {
    const uint32_t size = run.suspect.size();
    uint32_t explained = 0;
    Zone last = Zone::kBody;
    for (uint32_t word = 0; word < size; ++word) {
      if (IsNarration(ZoneOf(run, word))) continue;
      ++explained;
      last = ZoneOf(run, word);
    }
    if (explained == 0) return;
    if (explained >= kMinExplained * size) return Explain(run, last);
    for (uint32_t begin = 0, end = 0; begin < size; begin = end) {
      const bool narration = IsNarration(ZoneOf(run, begin));
      while (end < size && IsNarration(ZoneOf(run, end)) == narration) ++end;
      if (!narration || end - begin >= kMinNarration) continue;
      for (uint32_t word = begin; word < end; ++word) SetZone(run, word, last);
    }
  }

  // Speech that only one side has, or that one side put in other words, is no speech that both heard: to reword it is
  // the work of who writes.
  void KeepSharedZones() {
    const auto clear_others = [](const std::vector<bool>& shared, std::vector<Zone>& zones) {
      for (size_t token = 0; token < zones.size(); ++token) {
        if (!shared[token] && IsArticleText(zones[token])) zones[token] = Zone::kBody;
      }
    };
    clear_others(in_original_, out_.original_zones);
    clear_others(in_suspect_, out_.suspect_zones);
  }

  bool IsCopiedWhole() const {
    uint32_t shared = 0;
    for (const SharedRun& run : out_.runs) {
      for (uint32_t word = 0; word < run.suspect.size(); ++word) shared += IsArticleText(ZoneOf(run, word));
    }
    const auto count = [](const std::vector<Zone>& zones) {
      return static_cast<uint32_t>(std::count_if(zones.begin(), zones.end(), IsArticleText));
    };
    const uint32_t shorter = std::min(count(out_.original_zones), count(out_.suspect_zones));
    return shorter >= kMinCopiedWords && shared >= kMinCopiedWhole * shorter;
  }

  // An interview, a letter, a speech: there speech is what there is to take.
  static bool HardlyNarrates(const std::vector<Zone>& zones) {
    const auto narration = static_cast<double>(std::count_if(zones.begin(), zones.end(), IsNarration));
    const auto text = static_cast<double>(std::count_if(zones.begin(), zones.end(), IsArticleText));
    return narration < kMinNarrationShare * text;
  }

  static void ClearArticleZones(std::vector<Zone>& zones) {
    for (Zone& zone : zones) {
      if (IsArticleText(zone)) zone = Zone::kBody;
    }
  }

  const AnalyzedPair& pair_;
  const StandingText* standing_;
  const Language& language_;
  SharedWording out_;
  std::vector<bool> in_original_, in_suspect_;  // one per token: it lies in a shared run
};

}  // namespace

WordingKind KindOf(Zone zone) {
  switch (zone) {
    case Zone::kBody:
      return WordingKind::kNarration;
    case Zone::kQuotation:
      return WordingKind::kQuotation;
    case Zone::kDocument:
    case Zone::kCaption:
    case Zone::kTable:
      return WordingKind::kDocument;
    case Zone::kNotice:
    case Zone::kByline:
    case Zone::kDateline:
    case Zone::kNavigation:
    case Zone::kPollNote:
    case Zone::kBiography:
    case Zone::kSubscription:
    case Zone::kLegal:
    case Zone::kStandingText:
      break;
  }
  return WordingKind::kStandingText;
}

SharedWording FindSharedWording(const AnalyzedPair& pair, const StandingText* standing, const Language& language) {
  return WordingClassifier(pair, standing, language).Run();
}

}  // namespace unspin
