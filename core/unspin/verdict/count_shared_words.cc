#include "unspin/verdict/count_shared_words.h"

#include <vector>

namespace unspin {
namespace {

// One side of a pair: which of its words are shared, and what they are.
class SideCounter {
 public:
  explicit SideCounter(const AnalyzedArticle& article) : article_(article), shared_(article.size(), false) {}

  void Share(TokenSpan span) {
    for (uint32_t token = span.begin; token < span.end; ++token) shared_[token] = true;
  }

  SharedCounts Count(const std::vector<bool>& common_stems) const {
    SharedCounts counts;
    for (uint32_t token = 0; token < article_.size(); ++token) {
      if (shared_[token]) {
        ++CountOf(KindOf(article_.zones.of_token[token]), counts);
      } else if (common_stems[article_.stem_ids[token]]) {
        counts.names_and_numbers += article_.IsName(token) || article_.text.tokens[token].numeric;
      }
    }
    return counts;
  }

 private:
  static uint32_t& CountOf(WordingKind kind, SharedCounts& counts) {
    switch (kind) {
      case WordingKind::kQuotation:
        return counts.quotation;
      case WordingKind::kDocument:
        return counts.document;
      case WordingKind::kStandingText:
        return counts.standing_text;
      case WordingKind::kNarration:
        break;
    }
    return counts.narration;
  }

  const AnalyzedArticle& article_;
  std::vector<bool> shared_;  // one per token
};

bool CarriesWordOver(WordChange change) {
  return change == WordChange::kKept || change == WordChange::kInflected || change == WordChange::kSynonym ||
         change == WordChange::kMoved;
}

}  // namespace

SharedWords CountSharedWords(const PairView& view) {
  SideCounter original(view.original), suspect(view.suspect);
  for (const SharedRun& run : view.wording.runs) {
    original.Share(run.original);
    suspect.Share(run.suspect);
  }
  for (const AlignedPassage& passage : view.alignment.passages) {
    for (const WordStep& step : passage.steps) {
      if (!CarriesWordOver(step.change) || !StepCounts(view.original, view.suspect, step)) continue;
      original.Share(step.original);
      suspect.Share(step.suspect);
    }
  }
  std::vector<bool> common_in_original(view.original.stems.size(), false), common_in_suspect;
  for (const uint32_t stem : view.to_original) {
    common_in_suspect.push_back(stem != kNoStem);
    if (stem != kNoStem) common_in_original[stem] = true;
  }
  return {.original = original.Count(common_in_original), .suspect = suspect.Count(common_in_suspect)};
}

}  // namespace unspin
