#include "unspin/engine/fill_finding.h"

#include <algorithm>
#include <map>

#include "unspin/base/sha256.h"
#include "unspin/facts/facts.h"
#include "unspin/verdict/judge.h"

namespace unspin {
namespace {

constexpr uint32_t kMaxSubstitutionWords = 24;  // words on either side; longer runs are rewriting, not replacing
constexpr size_t kMaxSubstitutions = 200;       // listed per finding, commonest first

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

// Words of a span, lower case, joined by single spaces: equal substitutions are counted together however they were
// written.
std::string Phrase(const TokenizedArticle& article, TokenSpan span) {
  std::string phrase;
  for (uint32_t token = span.begin; token < span.end; ++token) {
    if (!phrase.empty()) phrase += ' ';
    phrase += article.Word(token);
  }
  return phrase;
}

// Runs of changed words between kept ones, both sides present: what stands now where something else stood.
class SubstitutionCollector {
 public:
  SubstitutionCollector(const AnalyzedArticle& original, const AnalyzedArticle& suspect)
      : original_(original), suspect_(suspect) {}

  void Add(const AlignedPassage& passage) {
    for (const WordStep& step : passage.steps) {
      // A number written another way is kept in value, and still a replacement to be seen.
      const bool rewritten_number = step.change == WordChange::kKept && step.evidence == SubstitutionSource::kNumber;
      const bool changed = (step.change != WordChange::kKept && step.change != WordChange::kMoved) || rewritten_number;
      const bool masked = !step.suspect.empty() && suspect_.zones.of_token[step.suspect.begin] == Zone::kNotice;
      if (!changed || masked) {
        Close();
        continue;
      }
      // Replacements end with their sentence.
      if (Opens(original_, step.original) && !run_original_.empty()) Close();
      if (Opens(suspect_, step.suspect) && !run_suspect_.empty()) Close();
      if (!open_) {
        run_original_ = step.original;
        run_suspect_ = step.suspect;
        open_ = true;
      }
      Extend(run_original_, step.original);
      Extend(run_suspect_, step.suspect);
      if (step.evidence && (!evidence_ || *step.evidence < *evidence_)) evidence_ = step.evidence;
    }
    Close();
  }

  std::vector<Substitution> Take() {
    std::vector<Substitution> out;
    out.reserve(found_.size());
    for (auto& [words, entry] : found_) out.push_back({words.first, words.second, entry.first, entry.second});
    std::stable_sort(out.begin(), out.end(),
                     [](const Substitution& a, const Substitution& b) { return a.count > b.count; });
    if (out.size() > kMaxSubstitutions) out.resize(kMaxSubstitutions);
    return out;
  }

 private:
  static bool Opens(const AnalyzedArticle& article, TokenSpan span) {
    return !span.empty() && article.text.tokens[span.begin].starts_sentence;
  }

  static void Extend(TokenSpan& run, TokenSpan step) {
    if (step.empty()) return;
    if (run.empty()) {
      run = step;
    } else {
      run.begin = std::min(run.begin, step.begin);
      run.end = std::max(run.end, step.end);
    }
  }

  void Close() {
    if (open_ && !run_original_.empty() && !run_suspect_.empty() && run_original_.size() <= kMaxSubstitutionWords &&
        run_suspect_.size() <= kMaxSubstitutionWords) {
      auto& entry = found_[{Phrase(original_.text, run_original_), Phrase(suspect_.text, run_suspect_)}];
      ++entry.first;
      entry.second = evidence_.value_or(SubstitutionSource::kContext);
    }
    open_ = false;
    run_original_ = run_suspect_ = {};
    evidence_.reset();
  }

  const AnalyzedArticle& original_;
  const AnalyzedArticle& suspect_;
  std::map<std::pair<std::string, std::string>, std::pair<uint32_t, SubstitutionSource>> found_;
  TokenSpan run_original_, run_suspect_;
  std::optional<SubstitutionSource> evidence_;
  bool open_ = false;
};

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
  card.bytes = article.text.size();
  card.words = words.size();
  card.sha256 = sha256.empty() ? Sha256Hex(article.text) : std::string(sha256);
  if (!details) return card;
  card.text = article.text;
  card.steps = article.steps;
  for (const ZoneSpan& span : words.zones.spans) {
    if (span.zone != Zone::kBody) card.masked.push_back(words.text.Bytes(span.tokens));
  }
  return card;
}

std::vector<Alert> AlertsOf(const AnalyzedArticle& words) {
  std::vector<Alert> alerts;
  for (const TextAlert& found : words.text.alerts) {
    const std::string kind = AlertName(found.kind);
    auto alert = std::find_if(alerts.begin(), alerts.end(), [&](const Alert& other) { return other.kind == kind; });
    if (alert == alerts.end()) alert = alerts.insert(alerts.end(), {kind, 0, {}});
    ++alert->count;
    alert->spans.push_back(found.span);
  }
  return alerts;
}

void FillFinding(const Article& original, const AnalyzedArticle& original_words, const Article& suspect,
                 const AnalyzedArticle& suspect_words, const PairAlignment& evidence, const Language& language,
                 Finding& finding) {
  SubstitutionCollector substitutions(original_words, suspect_words);
  for (const AlignedPassage& passage : evidence.passages) {
    ReportPassage shown;
    shown.suspect = suspect_words.text.Bytes(passage.place.suspect);
    shown.original = original_words.text.Bytes(passage.place.original);
    shown.rewrite = passage.rewrite;
    shown.manner = MannerOf(passage.rewrite, passage.in_place, passage.order);
    shown.operations.reserve(passage.steps.size());
    for (const WordStep& step : passage.steps) {
      shown.operations.push_back({step.change, original_words.text.Bytes(step.original),
                                  suspect_words.text.Bytes(step.suspect), step.evidence});
    }
    finding.passages.push_back(std::move(shown));
    substitutions.Add(passage);
  }
  finding.substitutions = substitutions.Take();
  std::vector<const std::vector<WordStep>*> steps;
  for (const AlignedPassage& passage : evidence.passages) steps.push_back(&passage.steps);
  finding.facts = FindFacts(original.text, original_words, suspect.text, suspect_words, steps, language);
}

}  // namespace unspin
