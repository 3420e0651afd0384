#include "unspin/verdict/judge.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace unspin {
namespace {

constexpr double kCopyBelow = 0.05;
constexpr double kEditedBelow = 0.20;
constexpr double kSpunInPlace = 1.0 / 12;  // content words replaced in place
constexpr double kSpunOrder = 0.8;         // words in line with the original
constexpr double kSpunAtMost = 0.55;       // rewrite beyond which sentences were made anew
constexpr double kEnglish = 0.2;           // share of function words: .35 to .5 in English, .1 or less elsewhere
constexpr double kWhole = 0.5;             // coverage of the suspect
constexpr double kSameMatter = 0.22;  // idf-weighted share of the vocabulary below which two articles are unrelated

double FunctionWordShare(const AnalyzedArticle& article) {
  size_t count = 0;
  for (size_t token = 0; token < article.size(); ++token) count += article.Info(token).function_word;
  return article.size() > 0 ? static_cast<double>(count) / static_cast<double>(article.size()) : 0;
}

}  // namespace

Direction DirectionOf(std::string_view original, std::string_view suspect) {
  const size_t precision = std::min({original.size(), suspect.size(), size_t{10}});
  if (precision < 4) return Direction::kUnknown;
  const int order = original.substr(0, precision).compare(suspect.substr(0, precision));
  return order < 0 ? Direction::kFromOriginal : order > 0 ? Direction::kToOriginal : Direction::kUnknown;
}

bool NamesDerivation(Verdict verdict) { return verdict <= Verdict::kExcerpt; }

Manner MannerOf(double rewrite, double in_place, double order) {
  if (rewrite < kCopyBelow) return Manner::kCopy;
  if (in_place >= kSpunInPlace && order >= kSpunOrder && rewrite < kSpunAtMost) return Manner::kSpun;
  return rewrite < kEditedBelow ? Manner::kEdited : Manner::kRewritten;
}

void Judge(const AnalyzedArticle& original, const AnalyzedArticle& suspect, const PairAlignment& evidence,
           const Lexicon& lexicon, const DerivationModel& model, double prior, Finding& finding) {
  const Signals signals = MeasureSignals(original, suspect, evidence, lexicon);
  finding.evidence = model.Log10LikelihoodRatio(signals);
  finding.probability = ProbabilityOf(finding.evidence, prior);
  finding.rewrite = evidence.rewrite;
  finding.coverage = evidence.coverage;
  finding.distance = 1 - evidence.coverage.suspect * (1 - evidence.rewrite);
  finding.words = evidence.words;
  finding.order_kept = evidence.order_kept;
  finding.longest_verbatim_run = evidence.longest_verbatim_run;
  finding.extent = evidence.coverage.suspect >= kWhole ? Extent::kWhole : Extent::kPart;
  finding.manner = evidence.passages.empty() ? Manner::kRewritten
                                             : MannerOf(evidence.rewrite, evidence.in_place, evidence.order_kept);
  Signals weights;
  std::array<Signal, kSignalCount> heaviest_first;
  for (size_t i = 0; i < kSignalCount; ++i) {
    weights[i] = Evaluate(model.curves[i], signals[i]);
    heaviest_first[i] = static_cast<Signal>(i);
  }
  std::sort(heaviest_first.begin(), heaviest_first.end(), [&](Signal a, Signal b) {
    const double left = std::abs(weights[a]), right = std::abs(weights[b]);
    return left != right ? left > right : a < b;
  });
  finding.because.reserve(kSignalCount + 2);  // and what speaks about the texts as such
  for (const Signal signal : heaviest_first) {
    finding.because.push_back(
        {std::string(SignalName(signal)), signals[signal], weights[signal], ExplainSignal(signal, signals[signal])});
  }
  const double english = std::min(FunctionWordShare(original), FunctionWordShare(suspect));
  if (english < kEnglish && std::min(original.size(), suspect.size()) >= kMinWords) {
    finding.because.insert(finding.because.begin(),
                           {"language", english, 0,
                            "hardly any English function words: stems, synonyms and the rarity of words are those of "
                            "English, and say little here"});
  }
  const uint32_t words = std::min(evidence.counted_words_original, evidence.counted_words_suspect);
  if (words < kMinWords) {
    finding.verdict = Verdict::kInsufficient;
    finding.because.insert(finding.because.begin(),
                           {"counted-words", static_cast<double>(words), 0,
                            "only " + std::to_string(words) + " words count on the shorter side; " +
                                std::to_string(kMinWords) + " are needed to say anything"});
    return;
  }
  const bool derived = finding.evidence >= model.named_from + std::log10((1 - prior) / prior);
  if (!derived) {
    finding.verdict = std::max(signals[kIdfSuspect], signals[kIdfOriginal]) < kSameMatter ? Verdict::kUnrelated
                                                                                          : Verdict::kIndependent;
  } else if (finding.extent == Extent::kPart) {
    finding.verdict = Verdict::kExcerpt;
  } else {
    constexpr Verdict kByManner[] = {Verdict::kCopy, Verdict::kEdited, Verdict::kSpun, Verdict::kRewritten};
    finding.verdict = kByManner[static_cast<size_t>(finding.manner)];
  }
}

}  // namespace unspin
