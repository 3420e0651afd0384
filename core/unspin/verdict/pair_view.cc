#include "unspin/verdict/pair_view.h"

#include <utility>

#include "unspin/language/language.h"
#include "unspin/lexicon/lexicon.h"

namespace unspin {
namespace {

AnalyzedArticle WithZones(const AnalyzedArticle& article, std::vector<Zone> zones) {
  AnalyzedArticle view = article;
  view.zones = JoinZones(std::move(zones));
  view.body = FindNarrationSentences(view.text, view.zones, view.stem_ids, view.stems.size());
  return view;
}

}  // namespace

PairView ViewPair(const AnalyzedArticle& original, const AnalyzedArticle& suspect, const StandingText* standing,
                  LexiconCache& lexicon) {
  PairView view;
  view.wording = FindSharedWording(AnalyzedPair(original, suspect), standing, lexicon.lexicon().language());
  view.original = WithZones(original, view.wording.original_zones);
  view.suspect = WithZones(suspect, view.wording.suspect_zones);
  view.alignment = AlignPair(view.original, view.suspect, ExplainingPassages(), lexicon);
  return view;
}

}  // namespace unspin
