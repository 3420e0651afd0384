#include "unspin/verdict/shared_wording.h"

#include <algorithm>
#include <cassert>

#include "unspin/shingle/shingle.h"
#include "unspin/text/word_hashes.h"

namespace unspin {
namespace {

constexpr double kMinExplained = 0.8;       // of a run's words: then the rest of the run is of the same kind
constexpr uint32_t kMinNarration = 5;       // words of a run between other zones; fewer are an attribution ("he said")
constexpr double kMinCopiedWhole = 0.8;     // of the shorter article's words
constexpr uint32_t kMinCopiedWords = 40;    // of such an article
constexpr double kMinNarrationShare = 0.2;  // of an article's words: in one with less, speech is the text
constexpr double kMaxFirstPerson = 0.01;    // of the narration; with more, the article is told in the first person
constexpr double kMinOwnShare = 0.33;       // of the narration that is not shared; less cannot show who narrates
constexpr uint32_t kOpeningWords = 100;     // of narration, in which a narrator who says "I" appears
constexpr double kMinSharedSpeech = 0.6;    // of a quotation's words that are shared: then all of it is shared speech
constexpr uint32_t kMinQuotedWords = 15;    // of a document that the other article has in quotation marks
constexpr double kMinQuotedShare = 0.33;    // of the shared words
constexpr double kMinDocumentFirstPerson = 0.02;  // of the words of a speech, a memo or a column
constexpr uint32_t kMinStatementWords = 40;
constexpr uint32_t kMaxStatementGap = 6;     // words between two runs of one statement that only one side has
constexpr double kMinStatementSpeech = 0.5;  // of a statement's words are known to be speech

bool IsNarration(Zone zone) { return zone == Zone::kBody; }

// A copier of the whole article takes these as well.
bool IsArticleText(Zone zone) {
  return zone == Zone::kBody || zone == Zone::kQuotation || zone == Zone::kDocument || zone == Zone::kCaption ||
         zone == Zone::kTable;
}

// The zone of a word that two articles share: speech in one of them is speech in both. A document in one is not: a
// letter, or what follows "the agency wrote:", is where narration is pasted.
Zone JoinedZone(Zone a, Zone b) {
  if ((a == Zone::kDocument && IsNarration(b)) || (IsNarration(a) && b == Zone::kDocument)) return Zone::kBody;
  if (IsNarration(a)) return b;
  if (IsNarration(b)) return a;
  return std::max(a, b);
}

// The parts of a span that lie in one paragraph each.
std::vector<TokenSpan> ParagraphsOf(const TokenizedArticle& article, TokenSpan span) {
  std::vector<TokenSpan> parts;
  for (size_t i = 0; i < article.paragraphs.size(); ++i) {
    const uint32_t begin = article.sentences[article.paragraphs[i]].begin;
    const uint32_t end = i + 1 < article.paragraphs.size() ? article.sentences[article.paragraphs[i + 1]].begin
                                                           : static_cast<uint32_t>(article.tokens.size());
    const TokenSpan part{std::max(begin, span.begin), std::min(end, span.end)};
    if (!part.empty()) parts.push_back(part);
  }
  return parts;
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
    const bool quotes_document = QuotesDocument();
    for (const SharedRun& run : out_.runs) JoinZones(run);
    out_.copied_whole = IsCopiedWhole();
    if (out_.copied_whole) {
      CountSpeech(out_.original_zones);
      CountSpeech(out_.suspect_zones);
      return std::move(out_);
    }
    // Only between two such narrators may the first person have been taken from the narration.
    FindSharedTokens();
    const bool first_person =
        NarratesInFirstPerson(pair_.original, in_original_) && NarratesInFirstPerson(pair_.suspect, in_suspect_);
    for (const SharedRun& run : out_.runs) {
      if (!first_person) ExplainSpeech(run);
      AbsorbRest(run);
    }
    ExplainStatements();
    if (quotes_document) {
      for (const SharedRun& run : out_.runs) Explain(run, Zone::kDocument);
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
    const std::vector<uint64_t> hashes = HashShingles(WordHashesOf(pair_.suspect.text), kMinSharedRun);
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
  // A word of the suspect.
  bool IsIn(uint32_t token, ZoneWord list) const {
    return language_.zone_words.tags.Find(pair_.suspect.text.tokens[token].word).HasAny(list);
  }

  // A column or a memoir: there the first person is no sign of speech. What it shares tells little of who narrates,
  // unless the narrator appears in the opening.
  bool NarratesInFirstPerson(const AnalyzedArticle& article, const std::vector<bool>& shared) const {
    struct Words {
      uint32_t all = 0, first_person = 0;
      bool Narrates() const { return first_person > kMaxFirstPerson * all; }
    } text, own;
    bool opens = false;
    for (uint32_t token = 0; token < article.size(); ++token) {
      if (!article.zones.Counts(token)) continue;
      const bool first_person = IsFirstPerson(article.text.tokens[token]);
      opens = opens || (first_person && text.all < kOpeningWords);
      ++text.all;
      text.first_person += first_person;
      if (shared[token]) continue;
      ++own.all;
      own.first_person += first_person;
    }
    return opens || own.all < kMinOwnShare * text.all ? text.Narrates() : own.Narrates();
  }

  // One article of the pair, and its part of each run.
  struct Side {
    const AnalyzedArticle& article;
    const std::vector<Zone>& zones;
    TokenSpan SharedRun::* part;
  };

  double FirstPersonShare(const Side& side) const {
    uint32_t words = 0, first_person = 0;
    for (uint32_t token = 0; token < side.article.size(); ++token) {
      if (!IsNarration(side.zones[token])) continue;
      ++words;
      first_person += IsFirstPerson(side.article.text.tokens[token]);
    }
    return words > 0 ? static_cast<double>(first_person) / words : 0;
  }

  bool Quotes(const Side& report, const Side& document) const {
    uint32_t quoted = 0, shared = 0;
    for (const SharedRun& run : out_.runs) {
      const TokenSpan in_report = run.*report.part, in_document = run.*document.part;
      shared += in_report.size();
      for (uint32_t word = 0; word < in_report.size(); ++word)
        quoted += report.zones[in_report.begin + word] == Zone::kQuotation &&
                  IsNarration(document.zones[in_document.begin + word]);
    }
    return quoted >= kMinQuotedWords && quoted >= kMinQuotedShare * shared &&
           FirstPersonShare(document) >= kMinDocumentFirstPerson && FirstPersonShare(report) <= kMaxFirstPerson;
  }

  // Whether one article is a speech, a memo or a column, and the other quotes it: who reports on a document and marks
  // what is taken from it is no copier.
  bool QuotesDocument() const {
    const Side original{pair_.original, out_.original_zones, &SharedRun::original};
    const Side suspect{pair_.suspect, out_.suspect_zones, &SharedRun::suspect};
    return Quotes(suspect, original) || Quotes(original, suspect);
  }

  // Shared narration that says "I" or "we" was said to both, from the first such paragraph to the last.
  void ExplainSpeech(const SharedRun& run) {
    TokenSpan spoken{run.suspect.end, run.suspect.end};
    for (const TokenSpan paragraph : ParagraphsOf(pair_.suspect.text, run.suspect)) {
      bool speech = false;
      for (uint32_t token = paragraph.begin; token < paragraph.end; ++token)
        speech |= IsNarration(out_.suspect_zones[token]) && IsFirstPerson(pair_.suspect.text.tokens[token]);
      if (speech) spoken = {std::min(spoken.begin, paragraph.begin), paragraph.end};
    }
    for (uint32_t token = spoken.begin; token < spoken.end; ++token) {
      if (IsNarration(out_.suspect_zones[token])) SetZone(run, token - run.suspect.begin, Zone::kQuotation);
    }
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

  static bool Continues(const SharedRun& before, const SharedRun& run) {
    return run.original.begin >= before.original.end && run.original.begin - before.original.end <= kMaxStatementGap &&
           run.suspect.begin - before.suspect.end <= kMaxStatementGap;
  }

  // A long passage that both print, most of it speech, in which nobody is said to speak, is one statement.
  void ExplainStatements() {
    for (size_t begin = 0, end = 0; begin < out_.runs.size(); begin = end) {
      uint32_t size = 0, speech = 0;
      bool attributed = false;
      for (end = begin; end < out_.runs.size(); ++end) {
        const SharedRun& run = out_.runs[end];
        if (end > begin && !Continues(out_.runs[end - 1], run)) break;
        size += run.suspect.size();
        for (uint32_t word = 0; word < run.suspect.size(); ++word) {
          const bool narration = IsNarration(ZoneOf(run, word));
          speech += !narration;
          attributed = attributed || (narration && IsIn(run.suspect.begin + word, ZoneWord::kSpeechVerb));
        }
      }
      if (size < kMinStatementWords || speech < kMinStatementSpeech * size || attributed) continue;
      for (size_t i = begin; i < end; ++i) Explain(out_.runs[i], Zone::kQuotation);
    }
  }

  // Speech that only one side has, or that one side put in other words, is no speech that both heard: to reword it is
  // the work of who writes. Of a quotation that both print, each may leave out a little.
  void KeepSharedZones() {
    const auto clear_others = [](const std::vector<bool>& shared, std::vector<Zone>& zones) {
      for (size_t begin = 0, end = 0; begin < zones.size(); begin = end) {
        const Zone zone = zones[begin];
        uint32_t in_run = 0;
        for (end = begin; end < zones.size() && zones[end] == zone; ++end) in_run += shared[end];
        if (IsNarration(zone) || !IsArticleText(zone) || in_run >= kMinSharedSpeech * static_cast<double>(end - begin))
          continue;
        for (size_t token = begin; token < end; ++token) {
          if (!shared[token]) zones[token] = OwnZone(zone);
        }
      }
    };
    clear_others(in_original_, out_.original_zones);
    clear_others(in_suspect_, out_.suspect_zones);
  }

  // All but a fifth of the shorter side's words stand in the other. A word counts once, however often the other side
  // repeats it.
  bool IsCopiedWhole() const {
    const auto count = [](const std::vector<Zone>& zones) {
      return static_cast<uint32_t>(std::count_if(zones.begin(), zones.end(), IsArticleText));
    };
    const uint32_t original = count(out_.original_zones), suspect = count(out_.suspect_zones);
    const bool original_is_shorter = original < suspect;
    const auto part = original_is_shorter ? &SharedRun::original : &SharedRun::suspect;
    const std::vector<Zone>& zones = original_is_shorter ? out_.original_zones : out_.suspect_zones;
    std::vector<bool> shared(zones.size(), false);
    for (const SharedRun& run : out_.runs)
      std::fill(shared.begin() + (run.*part).begin, shared.begin() + (run.*part).end, true);
    uint32_t words = 0;
    for (size_t token = 0; token < zones.size(); ++token) words += shared[token] && IsArticleText(zones[token]);
    const uint32_t shorter = std::min(original, suspect);
    return shorter >= kMinCopiedWords && words >= kMinCopiedWhole * shorter;
  }

  // An interview, a letter, a speech: there speech is what there is to take.
  static bool HardlyNarrates(const std::vector<Zone>& zones) {
    const auto narration = static_cast<double>(std::count_if(zones.begin(), zones.end(), IsNarration));
    const auto text = static_cast<double>(std::count_if(zones.begin(), zones.end(), IsArticleText));
    return narration < kMinNarrationShare * text;
  }

  // In an article copied whole, speech is evidence. It is measured as well only where there is little else.
  static void CountSpeech(std::vector<Zone>& zones) {
    const auto narration = std::count_if(zones.begin(), zones.end(), IsNarration);
    if (narration < kMinCopiedWords) return ClearArticleZones(zones);
    for (Zone& zone : zones) {
      if (IsArticleText(zone) && !IsNarration(zone)) zone = OwnZone(zone);
    }
  }

  // Captions, tables and lists of its own are what a text tells.
  static Zone OwnZone(Zone zone) {
    return zone == Zone::kQuotation || zone == Zone::kDocument ? Zone::kOwnSpeech : Zone::kBody;
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

// Takes the excluded words out of the wording that the whole suspect shares with the original.
class ExclusionFromWording {
 public:
  // `zones`: of the suspect without the excluded words.
  ExclusionFromWording(const std::vector<Zone>& zones, SharedWording wording)
      : zones_(zones), out_(std::move(wording)) {
    assert(zones.size() == out_.suspect_zones.size());
  }

  SharedWording Run() {
    for (size_t token = 0; token < zones_.size(); ++token) {
      if (zones_[token] == Zone::kExcluded) out_.suspect_zones[token] = Zone::kExcluded;
    }
    CutRuns();
    out_.copied_whole = out_.copied_whole && RestIsCopiedWhole();
    return std::move(out_);
  }

 private:
  bool IsExcluded(uint32_t token) const { return zones_[token] == Zone::kExcluded; }

  void CutRuns() {
    std::vector<SharedRun> runs;
    for (const SharedRun& run : out_.runs) {
      for (uint32_t begin = run.suspect.begin, end = begin; begin < run.suspect.end; begin = end) {
        const bool excluded = IsExcluded(begin);
        while (end < run.suspect.end && IsExcluded(end) == excluded) ++end;
        if (excluded || end - begin < kMinSharedRun) continue;
        const uint32_t at = run.original.begin + begin - run.suspect.begin;
        runs.push_back({{at, at + end - begin}, {begin, end}});
      }
    }
    out_.runs = std::move(runs);
  }

  // As WordingClassifier::IsCopiedWhole. All text of an article that was copied whole counts.
  bool RestIsCopiedWhole() const {
    const auto counts = [](Zone zone) { return zone == Zone::kBody || zone == Zone::kOwnSpeech; };
    const auto count = [&](const std::vector<Zone>& zones) {
      return static_cast<uint32_t>(std::count_if(zones.begin(), zones.end(), counts));
    };
    const uint32_t shorter = std::min(count(out_.original_zones), count(out_.suspect_zones));
    uint32_t words = 0;
    for (const SharedRun& run : out_.runs)
      words += static_cast<uint32_t>(std::count_if(out_.suspect_zones.begin() + run.suspect.begin,
                                                   out_.suspect_zones.begin() + run.suspect.end, counts));
    return shorter >= kMinCopiedWords && words >= kMinCopiedWhole * shorter;
  }

  const std::vector<Zone>& zones_;
  SharedWording out_;
};

}  // namespace

WordingKind KindOf(Zone zone) {
  switch (zone) {
    case Zone::kBody:
      return WordingKind::kNarration;
    case Zone::kQuotation:
    case Zone::kOwnSpeech:
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
    case Zone::kExcluded:
      break;
  }
  return WordingKind::kStandingText;
}

SharedWording FindSharedWording(const AnalyzedPair& pair, const StandingText* standing, const Language& language) {
  const AnalyzedArticle& suspect = pair.suspect;
  if (!suspect.with_excluded) return WordingClassifier(pair, standing, language).Run();
  const AnalyzedPair whole(pair.original, *suspect.with_excluded);
  return ExclusionFromWording(suspect.zones.of_token, WordingClassifier(whole, standing, language).Run()).Run();
}

}  // namespace unspin
