#include "unspin/engine/fill_finding.h"

#include <algorithm>
#include <string>

#include "unspin/base/sha256.h"
#include "unspin/engine/collect_substitutions.h"
#include "unspin/engine/engine.h"
#include "unspin/facts/credit.h"
#include "unspin/facts/facts.h"
#include "unspin/verdict/judge.h"

namespace unspin {
namespace {

const char* AlertName(AlertKind kind) {
  switch (kind) {
    case AlertKind::kHiddenCharacters:
      return "hidden-characters";
    case AlertKind::kLookAlikeLetters:
      return "look-alike-letters";
    case AlertKind::kBidirectionalControls:
      return "bidirectional-controls";
    case AlertKind::kBrokenUtf8:
      return "broken-utf-8";
  }
  return "";
}

ReportPassage ReportOf(const AlignedPassage& passage, const AnalyzedArticle& original, const AnalyzedArticle& suspect) {
  ReportPassage shown;
  shown.suspect = suspect.text.Bytes(passage.tokens.suspect);
  shown.original = original.text.Bytes(passage.tokens.original);
  shown.rewrite = passage.rewrite;
  shown.manner = MannerOf(passage.rewrite, passage.in_place, passage.order);
  shown.operations.reserve(passage.steps.size());
  for (const WordStep& step : passage.steps) {
    shown.operations.push_back(
        {step.change, original.text.Bytes(step.original), suspect.text.Bytes(step.suspect), step.evidence});
  }
  return shown;
}

}  // namespace

ArticleCard CardOf(const Article& article, const AnalyzedArticle& words, bool details, std::string_view sha256) {
  ArticleCard card;
  card.id = article.id;
  card.title = article.title;
  card.url = article.url;
  card.site = article.site;
  card.published = article.published;
  card.fetched = article.fetched;
  card.path = article.path;
  card.record = article.record;
  card.reading = article.reading;
  card.bytes = article.text.size();
  card.words = words.size();
  card.sha256 = sha256.empty() ? Sha256Hex(article.text) : std::string(sha256);
  if (!details) return card;
  card.text = article.text;
  card.steps = article.steps;
  for (const ZoneSpan& span : words.zones.spans) {
    if (span.zone == Zone::kExcluded) card.excluded.push_back(words.text.Bytes(span.tokens));
    if (span.zone != Zone::kBody) card.masked.push_back(words.text.Bytes(span.tokens));
  }
  return card;
}

std::vector<Alert> AlertsOf(const Article& article, const AnalyzedArticle& words) {
  std::vector<Alert> alerts;
  const auto alert_of = [&](const std::string& kind) {
    return std::find_if(alerts.begin(), alerts.end(), [&](const Alert& other) { return other.kind == kind; });
  };
  for (const TextAlert& found : words.text.alerts) {
    const std::string kind = AlertName(found.kind);
    auto alert = alert_of(kind);
    if (alert == alerts.end()) alert = alerts.insert(alerts.end(), {kind, 0, {}});
    ++alert->count;
    alert->spans.push_back(found.span);
  }
  for (const ReadingAlert& found : article.reading.alerts) {
    if (alert_of(found.kind) == alerts.end()) alerts.push_back({found.kind, found.count, {}});
  }
  return alerts;
}

Report StartReport(const Article& suspect, const AnalyzedArticle& words, std::string_view model, bool details) {
  Report report;
  report.version = kVersion;
  report.model = std::string(model);
  report.suspect = CardOf(suspect, words, details);
  report.suspect.file_sha256 = suspect.file_sha256;
  report.alerts = AlertsOf(suspect, words);
  report.kept = suspect.kept;
  return report;
}

void FillFinding(const Article& original, const AnalyzedArticle& original_words, const Article& suspect,
                 const AnalyzedArticle& suspect_words, const PairAlignment& alignment, const Language& language,
                 Finding& finding) {
  for (const AlignedPassage& passage : alignment.passages)
    finding.passages.push_back(ReportOf(passage, original_words, suspect_words));
  finding.substitutions = CollectSubstitutions(original_words, suspect_words, alignment.passages);
  std::vector<const std::vector<WordStep>*> steps;
  for (const AlignedPassage& passage : alignment.passages) steps.push_back(&passage.steps);
  std::vector<TokenSpan> taken;
  for (const AlignedPassage& passage : alignment.passages) taken.push_back(passage.tokens.suspect);
  // Credits and facts are read from the whole suspect: what it names stays named.
  finding.credit =
      FindCredit({original.id, original.site, original.url, original.text, original_words},
                 {suspect.id, suspect.site, suspect.url, suspect.text, suspect_words.whole()}, taken, language);
  finding.facts = FindFacts(original.text, original_words, suspect.text, suspect_words.whole(), steps, language);
}

}  // namespace unspin
