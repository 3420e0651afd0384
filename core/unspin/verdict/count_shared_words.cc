#include "unspin/verdict/count_shared_words.h"

#include <array>
#include <vector>

namespace unspin {
namespace {

// Zone → WordingKind.
const std::array<uint8_t, kZones> kKinds = [] {
  std::array<uint8_t, kZones> kinds{};
  for (size_t zone = 0; zone < kZones; ++zone) kinds[zone] = static_cast<uint8_t>(KindOf(static_cast<Zone>(zone)));
  return kinds;
}();

// One side of a pair: which of its words are shared, and what they are.
class SideCounter {
 public:
  explicit SideCounter(const AnalyzedArticle& article) : article_(article), shared_(article.size(), 0) {}

  void Share(TokenSpan span) {
    for (uint32_t token = span.begin; token < span.end; ++token) shared_[token] = 1;
  }

  SharedCounts Count(const std::vector<bool>& common_stems) const {
    std::array<uint32_t, kWordingKinds> shared_words{};
    uint32_t names_and_numbers = 0;
    for (uint32_t token = 0; token < article_.size(); ++token) {
      const bool shared = shared_[token] != 0, common = common_stems[article_.stem_ids[token]];
      const bool fact = article_.IsName(token) || article_.text.tokens[token].numeric;
      shared_words[kKinds[static_cast<size_t>(article_.zones.of_token[token])]] += shared;
      names_and_numbers += !shared && common && fact;
    }
    return {.narration = shared_words[static_cast<size_t>(WordingKind::kNarration)],
            .quotation = shared_words[static_cast<size_t>(WordingKind::kQuotation)],
            .document = shared_words[static_cast<size_t>(WordingKind::kDocument)],
            .standing_text = shared_words[static_cast<size_t>(WordingKind::kStandingText)],
            .names_and_numbers = names_and_numbers};
  }

 private:
  const AnalyzedArticle& article_;
  std::vector<uint8_t> shared_;  // one per token: 1 or 0
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
