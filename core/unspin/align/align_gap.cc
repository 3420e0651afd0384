#include "unspin/align/align_gap.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "unspin/align/chain_scores.h"
#include "unspin/align/pair_phrases.h"
#include "unspin/lexicon/spun_forms.h"

namespace unspin {
namespace {

// A larger gap is deleted and inserted as a whole: 40 words against 40 have nothing to do with each other.
constexpr size_t kMaxGapCells = 1'600;

// Words on the longer side of a gap in which one unknown word can still replace another.
constexpr uint32_t kMaxReplacementWords = 6;

// Scores of two words in one position, on the scale of the first pass (chain_scores.h).
constexpr int kStrongSynonymScore = 20;
constexpr int kWeakSynonymScore = 9;
constexpr int kReplacementScore = 2;  // a word without a known relation, in a short gap
constexpr int kUnrelatedScore = -12;  // other words without a relation, and a function word for a content word
static_assert(kUnrelatedScore < 2 * kGap, "unrelated words are deleted and inserted, never paired");

enum class Origin : uint8_t { kDiagonal, kAbove, kLeft };

// A replacement known from a spinner counts as a synonym.
bool IsSpun(const LexiconCache& lexicon, const WordInfo& original, const WordInfo& suspect) {
  return lexicon.spun_forms() != nullptr && lexicon.spun_forms()->Contains(original.word, suspect.word);
}

void RelateWords(const AnalyzedPair& pair, const Gap& gap, const LexiconCache& lexicon, SynonymMatcher& matcher,
                 GapScratch& scratch) {
  scratch.relations.clear();
  for (uint32_t i = gap.original.begin; i < gap.original.end; ++i) {
    const WordInfo& original = pair.original.Info(i);
    matcher.SetWord(original);
    for (uint32_t j = gap.suspect.begin; j < gap.suspect.end; ++j) {
      const WordInfo& suspect = pair.suspect.Info(j);
      Relation relation = matcher.Relate(suspect);
      if (relation == Relation::kNone && IsSpun(lexicon, original, suspect)) relation = Relation::kStrong;
      scratch.relations.push_back(relation);
    }
  }
}

int PairScore(Relation relation, const WordInfo& original, const WordInfo& suspect, bool short_gap) {
  switch (relation) {
    case Relation::kSame:
    case Relation::kInflection:
      return original.function_word ? kFunctionMatch : kStemMatch;
    case Relation::kStrong:
      return kStrongSynonymScore;
    case Relation::kWeak:
      return kWeakSynonymScore;
    case Relation::kNone:
      break;
  }
  return short_gap && original.function_word == suspect.function_word ? kReplacementScore : kUnrelatedScore;
}

// Of equal scores the diagonal wins, then the cell above.
void FillMatrix(const AnalyzedPair& pair, const Gap& gap, GapScratch& scratch) {
  const uint32_t rows = gap.original.size(), columns = gap.suspect.size();
  const size_t width = columns + size_t{1}, cells = (rows + size_t{1}) * width;
  const bool short_gap = std::max(rows, columns) <= kMaxReplacementWords;
  if (scratch.scores.size() < cells) scratch.scores.resize(cells);
  scratch.trace.assign(cells, static_cast<uint8_t>(Origin::kLeft));
  int* const scores = scratch.scores.data();
  scores[0] = 0;
  for (uint32_t j = 1; j <= columns; ++j) scores[j] = scores[j - 1] + kGap;
  const Relation* relation = scratch.relations.data();
  for (uint32_t i = 1; i <= rows; ++i) {
    const WordInfo& original = pair.original.Info(gap.original.begin + i - 1);
    size_t cell = i * width;
    scores[cell] = scores[cell - width] + kGap;
    scratch.trace[cell] = static_cast<uint8_t>(Origin::kAbove);
    for (uint32_t j = 1; j <= columns; ++j) {
      ++cell;
      const WordInfo& suspect = pair.suspect.Info(gap.suspect.begin + j - 1);
      int best = scores[cell - width - 1] + PairScore(*relation++, original, suspect, short_gap);
      Origin origin = Origin::kDiagonal;
      if (scores[cell - width] + kGap > best) {
        best = scores[cell - width] + kGap;
        origin = Origin::kAbove;
      }
      if (scores[cell - 1] + kGap > best) {
        best = scores[cell - 1] + kGap;
        origin = Origin::kLeft;
      }
      scores[cell] = best;
      scratch.trace[cell] = static_cast<uint8_t>(origin);
    }
  }
}

WordStep StepOfPair(const AnalyzedPair& pair, uint32_t original, uint32_t suspect, Relation relation,
                    const LexiconCache& lexicon) {
  const WordInfo &original_word = pair.original.Info(original), &suspect_word = pair.suspect.Info(suspect);
  WordStep step{WordChange::kReplaced, {original, original + 1}, {suspect, suspect + 1}, SubstitutionSource::kContext};
  switch (relation) {
    case Relation::kSame:
      step.change = WordChange::kKept;  // one value, two spellings
      step.evidence.reset();
      if (!pair.SameSpelling(original, suspect)) step.evidence = SubstitutionSource::kNumber;
      break;
    case Relation::kInflection:
      step.change = WordChange::kInflected;
      step.evidence = SubstitutionSource::kStem;
      break;
    case Relation::kStrong:
      step.change = WordChange::kSynonym;
      step.evidence = SubstitutionSource::kThesaurus;
      if (IsSpun(lexicon, original_word, suspect_word) &&
          lexicon.lexicon().Relate(original_word, suspect_word) == Relation::kNone)
        step.evidence = SubstitutionSource::kSpinDictionary;
      break;
    case Relation::kWeak:
      step.change = WordChange::kSynonym;
      step.evidence = SubstitutionSource::kWeakThesaurus;
      break;
    case Relation::kNone:
      break;
  }
  return step;
}

void TraceBack(const AnalyzedPair& pair, const Gap& gap, const LexiconCache& lexicon, GapScratch& scratch,
               std::vector<WordStep>& steps) {
  const size_t columns = gap.suspect.size();
  scratch.reversed.clear();
  for (uint32_t i = gap.original.size(), j = gap.suspect.size(); i > 0 || j > 0;) {
    // The first row leads to the left only, the first column up only.
    const auto origin = static_cast<Origin>(scratch.trace[i * (columns + 1) + j]);
    i -= origin != Origin::kLeft;
    j -= origin != Origin::kAbove;
    const uint32_t original = gap.original.begin + i, suspect = gap.suspect.begin + j;
    switch (origin) {
      case Origin::kDiagonal:
        scratch.reversed.push_back(StepOfPair(pair, original, suspect, scratch.relations[i * columns + j], lexicon));
        break;
      case Origin::kAbove:
        scratch.reversed.push_back(DeletedWord(original, suspect));
        break;
      case Origin::kLeft:
        scratch.reversed.push_back(InsertedWord(suspect, original));
        break;
    }
  }
  steps.insert(steps.end(), scratch.reversed.rbegin(), scratch.reversed.rend());
}

}  // namespace

GapAligner::GapAligner(const AnalyzedPair& pair, LexiconCache& lexicon)
    : pair_(pair), lexicon_(lexicon), matcher_(lexicon.lexicon()) {}

void GapAligner::Align(const Gap& gap, std::vector<WordStep>& steps) {
  const auto& [original, suspect] = gap;
  if (original.empty() || suspect.empty() || static_cast<size_t>(original.size()) * suspect.size() > kMaxGapCells) {
    for (uint32_t token = original.begin; token < original.end; ++token)
      steps.push_back(DeletedWord(token, suspect.begin));
    for (uint32_t token = suspect.begin; token < suspect.end; ++token)
      steps.push_back(InsertedWord(token, original.end));
    return;
  }
  if (const std::optional<WordStep> phrase = PairPhrases(pair_, original, suspect, lexicon_)) {
    steps.push_back(*phrase);
    return;
  }
  RelateWords(pair_, gap, lexicon_, matcher_, scratch_);
  FillMatrix(pair_, gap, scratch_);
  TraceBack(pair_, gap, lexicon_, scratch_, steps);
}

void GapAligner::PrefetchSynonyms(std::span<const Gap> gaps) const {
  const Lexicon& lexicon = lexicon_.lexicon();
  std::vector<uint32_t> lemmas;
  const auto add = [&](const AnalyzedArticle& article, TokenSpan span) {
    for (uint32_t token = span.begin; token < span.end; ++token) {
      const uint32_t lemma = article.Info(token).lemmas[0];
      if (lemma == kNoLemma) continue;
      lexicon.PrefetchBegin(lemma);
      lemmas.push_back(lemma);
    }
  };
  for (const auto& [original, suspect] : gaps) {
    if (original.empty() || suspect.empty()) continue;
    add(pair_.original, original);
    add(pair_.suspect, suspect);
  }
  for (const uint32_t lemma : lemmas) lexicon.PrefetchNeighbours(lemma);
}

}  // namespace unspin
