#include "unspin/verdict/pair_view.h"

#include <utility>

#include "unspin/language/language.h"
#include "unspin/lexicon/lexicon.h"

namespace unspin {
namespace {

AnalyzedArticle WithZones(const AnalyzedArticle& article, const std::vector<Zone>& of_token) {
  Zones zones = JoinZones(of_token);
  BodySentences narration = FindNarrationSentences(article.text, zones, article.stem_ids, article.stems.size());
  AnalyzedArticle view = {article.words, std::move(zones), std::move(narration)};
  view.with_excluded = article.with_excluded;
  return view;
}

}  // namespace

PairView ViewPair(const AnalyzedArticle& original, const AnalyzedArticle& suspect, const StandingText* standing,
                  LexiconCache& lexicon) {
  AnalyzedPair pair(original, suspect);
  SharedWording wording = FindSharedWording(pair, standing, lexicon.lexicon().language());
  AnalyzedArticle original_view = WithZones(original, wording.original_zones);
  AnalyzedArticle suspect_view = WithZones(suspect, wording.suspect_zones);
  PairView view{std::move(wording), std::move(original_view), std::move(suspect_view), std::move(pair.to_original), {}};
  view.alignment =
      AlignPair(AnalyzedPair(view.original, view.suspect, view.to_original), ExplainingPassages(), lexicon);
  return view;
}

}  // namespace unspin
