#include "unspin/verdict/judge.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <optional>
#include <utility>

#include "unspin/date/parse_date.h"
#include "unspin/language/language.h"
#include "unspin/verdict/forms.h"
#include "unspin/verdict/reasons.h"

namespace unspin {
namespace {

constexpr double kCopyBelow = 0.05;           // rewrite
constexpr double kEditedBelow = 0.20;         // rewrite
constexpr double kMinSpunInPlace = 1.0 / 12;  // content words replaced in place
constexpr double kMinSpunOrder = 0.8;         // words in line with the original
constexpr double kSpunBelow = 0.55;           // rewrite; beyond it sentences were made anew
constexpr double kMinWhole = 0.5;             // coverage of the suspect
constexpr double kSameMatter = 0.22;  // idf-weighted share of the vocabulary below which two articles are unrelated

// Narration that was taken, at least: less is nothing to show.
constexpr uint32_t kMinTakenWords = 40, kMinTakenSentences = 2;
constexpr double kCopiedWhole = 2;  // log10 of the likelihood ratio, at least, where all of a text stands in another
constexpr uint32_t kMinOtherWords = 15;  // shared quotations, documents, standing text that make a common source

double FunctionWordShare(const AnalyzedArticle& article) {
  size_t count = 0, words = 0;
  for (size_t token = 0; token < article.size(); ++token) {
    if (article.zones.of_token[token] == Zone::kExcluded) continue;
    count += article.Info(token).function_word;
    ++words;
  }
  return words > 0 ? static_cast<double>(count) / static_cast<double>(words) : 0;
}

void CopyMeasures(const PairAlignment& alignment, Finding& finding) {
  finding.rewrite = alignment.rewrite;
  finding.coverage = alignment.coverage;
  finding.distance = 1 - alignment.coverage.suspect * (1 - alignment.rewrite);
  finding.words = alignment.words;
  finding.order_kept = alignment.order_kept;
  finding.longest_verbatim_run = alignment.longest_verbatim_run;
  finding.extent = ExtentOf(alignment.coverage.suspect);
  finding.manner = alignment.passages.empty() ? Manner::kRewritten
                                              : MannerOf(alignment.rewrite, alignment.in_place, alignment.order_kept);
}

// Whether the passages hold narration enough to be shown: two sentences, forty words, or most of a shorter article.
bool HasSomethingToShow(const PairView& view) {
  uint32_t words = 0, sentences = 0;
  for (const AlignedPassage& passage : view.alignment.passages) {
    for (uint32_t token = passage.tokens.suspect.begin; token < passage.tokens.suspect.end; ++token)
      words += view.suspect.zones.Counts(token);
    const std::vector<TokenSpan>& all = view.suspect.body.sentences;
    auto sentence = std::partition_point(all.begin(), all.end(),
                                         [&](TokenSpan other) { return other.begin < passage.tokens.suspect.begin; });
    for (; sentence != all.end() && sentence->end <= passage.tokens.suspect.end; ++sentence) ++sentences;
  }
  const double coverage = std::max(view.alignment.coverage.suspect, view.alignment.coverage.original);
  return words >= kMinTakenWords || sentences >= kMinTakenSentences || coverage >= kMinWhole;
}

// What the two share is mostly not narration.
bool SharesOtherWording(const PairView& view) {
  uint32_t narration = 0, other = 0;
  for (const SharedRun& run : view.wording.runs) {
    for (uint32_t token = run.suspect.begin; token < run.suspect.end; ++token)
      ++(view.suspect.zones.Counts(token) ? narration : other);
  }
  return other >= kMinOtherWords && other >= narration;
}

// Words without notices, bylines and other standing text.
uint32_t WordsOfText(const AnalyzedArticle& article) {
  return static_cast<uint32_t>(std::count_if(article.zones.of_token.begin(), article.zones.of_token.end(),
                                             [](Zone zone) { return KindOf(zone) != WordingKind::kStandingText; }));
}

// Words of quotations and documents in shared runs: notices and bylines alone are no source.
uint32_t SharedSpeech(const PairView& view) {
  uint32_t words = 0;
  for (const SharedRun& run : view.wording.runs) {
    for (uint32_t token = run.suspect.begin; token < run.suspect.end; ++token) {
      const WordingKind kind = KindOf(view.suspect.zones.of_token[token]);
      words += kind == WordingKind::kQuotation || kind == WordingKind::kDocument;
    }
  }
  return words;
}

Verdict NamedVerdict(const Finding& finding) {
  if (finding.extent == Extent::kPart) return Verdict::kExcerpt;
  switch (finding.manner) {
    case Manner::kCopy:
      return Verdict::kCopy;
    case Manner::kEdited:
      return Verdict::kEdited;
    case Manner::kSpun:
      return Verdict::kSpun;
    case Manner::kRewritten:
      break;
  }
  return Verdict::kRewritten;
}

Verdict UnnamedVerdict(const PairView& view, const Signals& signals) {
  if (SharesOtherWording(view)) return Verdict::kCommonSource;
  const double common_vocabulary = std::max(signals[Signal::kIdfSuspect], signals[Signal::kIdfOriginal]);
  return common_vocabulary < kSameMatter ? Verdict::kUnrelated : Verdict::kIndependent;
}

// Two fillings of one form are no copies of each other, however much of it they share.
void ExplainByForm(const PairView& view, const Language& language, Finding& finding) {
  if (!NamesDerivation(finding.verdict) && finding.verdict != Verdict::kIndependent) return;
  const std::optional<FilledForm> form = FindFilledForm(view, language);
  if (!form) return;
  finding.verdict = Verdict::kCommonSource;
  finding.because.insert(finding.because.begin(), FormReason(*form));
}

// Where a part was taken, only the sentences count of which much came over. Keeps what there is where they show
// nothing.
void KeepWhatWasTaken(LexiconCache& lexicon, PairView& view, Finding& finding) {
  PairAlignment strict = AlignPair(AnalyzedPair(view.original, view.suspect, view.to_original), ExplainingPassages(),
                                   lexicon, OwnSentences::kCutOutStrictly);
  std::swap(view.alignment, strict);
  if (!HasSomethingToShow(view)) {
    std::swap(view.alignment, strict);
    return;
  }
  CopyMeasures(view.alignment, finding);
  finding.verdict = NamedVerdict(finding);
}

}  // namespace

Direction DirectionOf(std::string_view original, std::string_view suspect) {
  const Order order = OrderOf(ParseDate(original), ParseDate(suspect));
  if (order == Order::kUnknown) return Direction::kUnknown;
  return order == Order::kBefore ? Direction::kFromOriginal : Direction::kToOriginal;
}

Extent ExtentOf(double coverage) { return coverage >= kMinWhole ? Extent::kWhole : Extent::kPart; }

bool NamesDerivation(Verdict verdict) { return verdict <= Verdict::kExcerpt; }

Manner MannerOf(double rewrite, double in_place, double order) {
  if (rewrite < kCopyBelow) return Manner::kCopy;
  if (in_place >= kMinSpunInPlace && order >= kMinSpunOrder && rewrite < kSpunBelow) return Manner::kSpun;
  return rewrite < kEditedBelow ? Manner::kEdited : Manner::kRewritten;
}

Signals Judge(PairView& view, LexiconCache& cache, const DerivationModel& model, double prior, Finding& finding) {
  assert(prior >= 0 && prior <= 1);
  const Lexicon& lexicon = cache.lexicon();
  const Signals signals = MeasureSignals(view, lexicon);
  finding.log10_likelihood_ratio = model.Log10LikelihoodRatio(signals);
  // The signals of a few sentences say little, but all of them on both sides say enough.
  if (view.wording.copied_whole)
    finding.log10_likelihood_ratio = std::max(finding.log10_likelihood_ratio, kCopiedWhole);
  finding.probability = ProbabilityOf(finding.log10_likelihood_ratio, prior);
  const bool derived = finding.log10_likelihood_ratio >= model.named_from + std::log10((1 - prior) / prior);
  if (derived && !HasSomethingToShow(view))
    view.alignment = AlignPair(AnalyzedPair(view.original, view.suspect, view.to_original), WidestPassages(), cache,
                               OwnSentences::kKept);
  CopyMeasures(view.alignment, finding);
  const double function_words = std::min(FunctionWordShare(view.original), FunctionWordShare(view.suspect));
  if (function_words < lexicon.language().min_function_words &&
      std::min(view.original.size(), view.suspect.size()) >= kMinWords)
    finding.because.insert(finding.because.begin(), LanguageReason(function_words, lexicon.language().name));
  const uint32_t words = std::min(view.alignment.counted_words_original, view.alignment.counted_words_suspect);
  if (words >= kMinWords && derived && HasSomethingToShow(view)) {
    finding.verdict = NamedVerdict(finding);
  } else {
    finding.verdict = UnnamedVerdict(view, signals);
    const bool short_text = std::min(WordsOfText(view.original), WordsOfText(view.suspect)) < kMinWords;
    if (words < kMinWords && (short_text || SharedSpeech(view) < kMinOtherWords)) {
      finding.because.insert(finding.because.begin(), CountedWordsReason(words, kMinWords));
      finding.verdict = Verdict::kInsufficient;
    }
  }
  ExplainByForm(view, lexicon.language(), finding);
  const bool part = model.LikeliestHypothesis(signals).name == kPartHypothesis && !view.wording.copied_whole;
  if (part && NamesDerivation(finding.verdict)) KeepWhatWasTaken(cache, view, finding);
  return signals;
}

}  // namespace unspin
