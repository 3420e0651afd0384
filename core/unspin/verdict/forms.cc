#include "unspin/verdict/forms.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <vector>

namespace unspin {
namespace {

// Fewer differences may be corrections, or the names that a copier hid.
constexpr uint32_t kMinDifferingFacts = 4;            // names and numbers
constexpr uint32_t kMinDiffering = 5;                 // or these, with other words,
constexpr uint32_t kMinDifferingFactsWithOthers = 3;  // of which as many are names and numbers
// Of the names and numbers in the passages. Two fillings of one form may have numbers in common by chance, and the form
// has names of its own: of who issues it, of whom it quotes. So less is enough where the names differ, and where
// nearly every sentence with a filling has another one.
constexpr double kMinDifferingShare = 0.6;
constexpr double kMinDifferingShareWithNames = 0.5, kMinDifferingNames = 0.8;
constexpr double kMinDifferingShareThroughout = 0.4, kThroughout = 0.8;  // the latter: of the sentences with a filling
// A copy keeps its numbers whatever the language. Where capitals are no sign of names (German nouns), only they tell.
constexpr uint32_t kMinDifferingNumbers = 6;
constexpr double kMinDifferingShareOfNumbers = 0.8;
constexpr double kMinDifferingSentences = 0.5;  // of those with a filling
constexpr double kMinFrameKept = 0.85;          // of the words that are no fillings
constexpr uint32_t kMaxFillingWords = 4;  // of one side, beside names and numbers: a noun phrase; more are reworded

// Days of the week and numbers in words ("six hours", "the two men") belong to the frame where they are kept: they are
// few, and equal by chance.
enum class WordRole : uint8_t { kFrame, kFrameOrFact, kName, kNumber };

// The words of one side, told apart: which belong to the frame, and which to the fillings.
class FormSide {
 public:
  FormSide(const AnalyzedArticle& article, const Language& language)
      : article_(article), names_(article.vocabulary.size(), false), seen_(article.vocabulary.size(), false) {
    roles_.reserve(article.size());
    for (uint32_t token = 0; token < article.size(); ++token) {
      if (IsNameInSentence(token, language)) names_[article.word_ids[token]] = true;
    }
    for (uint32_t token = 0; token < article.size(); ++token) roles_.push_back(RoleOf(token, language));
  }

  WordRole Role(uint32_t token) const { return roles_[token]; }
  bool IsFact(uint32_t token) const { return roles_[token] != WordRole::kFrame; }
  bool IsPlain(uint32_t token) const { return !IsFact(token) && !article_.Info(token).function_word; }

  // Whether a filling was not met before. Of a name in several words its parts come alone later on.
  bool IsNew(TokenSpan words) {
    bool known = false;
    for (uint32_t token = words.begin; token < words.end; ++token) {
      if (!IsFact(token) && !IsPlain(token)) continue;
      known |= seen_[article_.word_ids[token]];
      seen_[article_.word_ids[token]] = true;
    }
    return !known;
  }

 private:
  bool IsDay(uint32_t token, const Language& language) const {
    return language.fact_words.Find(article_.text.tokens[token].word).HasAny(FactWord::kDay);
  }
  bool IsNameInSentence(uint32_t token, const Language& language) const {
    return article_.IsName(token) && !article_.Info(token).function_word && !IsDay(token, language);
  }

  WordRole RoleOf(uint32_t token, const Language& language) const {
    const Token& word = article_.text.tokens[token];
    if (word.numeric) return WordRole::kNumber;
    if (article_.Info(token).number || IsDay(token, language)) return WordRole::kFrameOrFact;
    if (IsNameInSentence(token, language)) return WordRole::kName;
    const bool starts_with_name = word.capitalised && names_[article_.word_ids[token]];
    return starts_with_name ? WordRole::kName : WordRole::kFrame;
  }

  const AnalyzedArticle& article_;
  std::vector<bool> names_, seen_;  // one per word id
  std::vector<WordRole> roles_;     // one per token
};

// Which sentences of the suspect have fillings.
class FilledSentences {
 public:
  explicit FilledSentences(const std::vector<TokenSpan>& sentences)
      : sentences_(sentences), filled_(sentences.size(), false), differing_(sentences.size(), false) {}

  void Add(uint32_t token, bool differs) {
    const auto after = std::upper_bound(sentences_.begin(), sentences_.end(), token,
                                        [](uint32_t at, const TokenSpan& sentence) { return at < sentence.begin; });
    if (after == sentences_.begin()) return;
    const auto sentence = static_cast<size_t>(after - sentences_.begin() - 1);
    filled_[sentence] = true;
    if (differs) differing_[sentence] = true;
  }
  uint32_t Filled() const { return static_cast<uint32_t>(std::count(filled_.begin(), filled_.end(), true)); }
  uint32_t Differing() const { return static_cast<uint32_t>(std::count(differing_.begin(), differing_.end(), true)); }

 private:
  const std::vector<TokenSpan>& sentences_;
  std::vector<bool> filled_, differing_;
};

// "22" and "twenty two" are one number.
bool IsKept(const WordStep& step) {
  return step.change == WordChange::kKept || step.change == WordChange::kMoved ||
         step.evidence == SubstitutionSource::kNumber;
}

// Names or numbers of the pair, each counted once.
struct FactCounts {
  uint32_t kept = 0, differing = 0;
  uint32_t all() const { return kept + differing; }
};

// Whether both sides have words that are not kept in places enough: each place holds one differing filling at most.
bool HasPlacesEnough(const PairView& view) {
  constexpr uint32_t kEnough = std::min(kMinDifferingFacts, kMinDifferingFactsWithOthers);
  uint32_t places = 0;
  for (const AlignedPassage& passage : view.alignment.passages) {
    bool in_original = false, in_suspect = false;
    for (const WordStep& step : passage.steps) {
      if (!StepCounts(view.original, view.suspect, step)) continue;
      const bool kept = IsKept(step);
      places += kept && in_original && in_suspect;
      if (places >= kEnough) return true;
      in_original = !kept && (in_original || !step.original.empty());
      in_suspect = !kept && (in_suspect || !step.suspect.empty());
    }
    places += in_original && in_suspect;
  }
  return places >= kEnough;
}

class FormFinder {
 public:
  FormFinder(const PairView& view, const Language& language)
      : view_(view),
        original_(view.original, language),
        suspect_(view.suspect, language),
        sentences_(view.suspect.text.sentences) {}

  std::optional<FilledForm> Run() {
    for (const AlignedPassage& passage : view_.alignment.passages) ReadPassage(passage.steps);
    const uint32_t facts = names_.all() + numbers_.all();
    const uint32_t differing_facts = names_.differing + numbers_.differing;
    const FilledForm form{.fillings = facts + other_,
                          .differing = differing_facts + other_,
                          .sentences = sentences_.Filled(),
                          .differing_sentences = sentences_.Differing()};
    const bool many =
        differing_facts >= kMinDifferingFacts || (differing_facts >= kMinDifferingFactsWithOthers &&
                                                  form.differing >= kMinDiffering && other_ <= differing_facts);
    const bool frame_kept = frame_kept_ >= kMinFrameKept * (frame_kept_ + frame_changed_);
    if (!many || !frame_kept || form.differing_sentences < kMinDifferingSentences * form.sentences) return std::nullopt;
    const bool numbers_differ = numbers_.differing >= kMinDifferingNumbers &&
                                numbers_.differing >= kMinDifferingShareOfNumbers * numbers_.all();
    if (!numbers_differ && differing_facts < MinDifferingShare(form) * facts) return std::nullopt;
    return form;
  }

 private:
  double MinDifferingShare(const FilledForm& form) const {
    if (form.differing >= kMinDiffering && form.differing_sentences >= kThroughout * form.sentences)
      return kMinDifferingShareThroughout;
    const bool names_differ = names_.differing > 0 && names_.differing >= kMinDifferingNames * names_.all();
    return names_differ ? kMinDifferingShareWithNames : kMinDifferingShare;
  }

  // Neighbours of one kind are one piece: "Tower Street" was filled in at once, and so was what stands in its place.
  void ReadPassage(const std::vector<WordStep>& all_steps) {
    std::vector<WordStep> counted;
    counted.reserve(all_steps.size());
    std::copy_if(all_steps.begin(), all_steps.end(), std::back_inserter(counted),
                 [&](const WordStep& step) { return StepCounts(view_.original, view_.suspect, step); });
    const std::span<const WordStep> steps = counted;
    for (size_t begin = 0, end = 0; begin < steps.size(); begin = end) {
      const bool kept = IsKept(steps[begin]);
      while (end < steps.size() && IsKept(steps[end]) == kept) ++end;
      if (kept) {
        ReadKept(steps.subspan(begin, end - begin));
      } else {
        ReadChanged(steps.subspan(begin, end - begin));
      }
    }
  }

  void ReadKept(std::span<const WordStep> steps) {
    for (size_t begin = 0, end = 0; begin < steps.size(); begin = end) {
      const WordRole role = suspect_.Role(steps[begin].suspect.begin);
      end = begin + 1;
      if (role == WordRole::kFrame) {
        frame_kept_ += 2;
        continue;
      }
      while (role == WordRole::kName && end < steps.size() && suspect_.Role(steps[end].suspect.begin) == role) ++end;
      if (role == WordRole::kFrameOrFact) continue;
      const TokenSpan words{steps[begin].suspect.begin, steps[end - 1].suspect.end};
      sentences_.Add(words.begin, false);
      if (suspect_.IsNew(words)) ++(role == WordRole::kName ? names_ : numbers_).kept;
    }
  }

  void ReadChanged(std::span<const WordStep> steps) {
    Slot original, suspect;
    bool related = false;  // what a rewriter does: not another filling
    for (const WordStep& step : steps) {
      Extend(original_, step.original, original);
      Extend(suspect_, step.suspect, suspect);
      related |= step.change == WordChange::kSynonym || step.change == WordChange::kInflected;
    }
    const bool filled = !original.words.empty() && !suspect.words.empty();
    if (!filled) return;  // a form leaves clauses and sentences out where they do not apply
    const bool is_fact = original.fact && suspect.fact;
    const bool is_other = !is_fact && !related && (original.fact || original.plain) && (suspect.fact || suspect.plain);
    frame_changed_ +=
        FrameWordsChanged(original, is_fact || is_other) + FrameWordsChanged(suspect, is_fact || is_other);
    if (!is_fact && !is_other) return;
    sentences_.Add(suspect.words.begin, true);
    const bool new_in_suspect = suspect_.IsNew(suspect.words), new_in_original = original_.IsNew(original.words);
    if (!new_in_suspect || !new_in_original) return;
    if (is_other) {
      ++other_;
    } else {
      ++(original.name || suspect.name ? names_ : numbers_).differing;
    }
  }

  // The words of one side that stand in the place of others.
  struct Slot {
    TokenSpan words;
    uint32_t frame = 0;  // words that are neither names nor numbers
    bool fact = false, name = false, plain = false;
  };

  static void Extend(const FormSide& side, TokenSpan words, Slot& slot) {
    if (words.empty()) return;
    slot.words = slot.words.empty()
                     ? words
                     : TokenSpan{std::min(slot.words.begin, words.begin), std::max(slot.words.end, words.end)};
    for (uint32_t token = words.begin; token < words.end; ++token) {
      slot.fact |= side.IsFact(token);
      slot.name |= side.Role(token) == WordRole::kName;
      slot.plain |= side.IsPlain(token);
      slot.frame += !side.IsFact(token);
    }
  }

  static uint32_t FrameWordsChanged(const Slot& slot, bool is_filling) {
    if (!is_filling) return slot.frame;
    return slot.frame > kMaxFillingWords ? slot.frame - kMaxFillingWords : 0;
  }

  const PairView& view_;
  FormSide original_, suspect_;
  FilledSentences sentences_;
  FactCounts names_, numbers_;
  uint32_t other_ = 0;                           // plain words in place of others, each pair once
  uint32_t frame_kept_ = 0, frame_changed_ = 0;  // words of both sides
};

}  // namespace

std::optional<FilledForm> FindFilledForm(const PairView& view, const Language& language) {
  if (!HasPlacesEnough(view)) return std::nullopt;
  return FormFinder(view, language).Run();
}

}  // namespace unspin
