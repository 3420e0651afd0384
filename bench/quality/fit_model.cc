// Fits the derivation model on labelled pairs, and judges every pair by a model that never saw its articles.
//
//   unspin_fit_model PAIRS.jsonl... [--more PAIRS.jsonl] [--innocent PAIRS.jsonl] [--wild PAIRS.jsonl] --out MODEL.tsv
//   [--cross-validated CV.jsonl] [--wild-cross-validated CV.jsonl] [--without SIGNAL,SIGNAL]
//
// A line has the texts `original` and `suspect`, their ids, and, except with --innocent, `set` and `derived`.
//   PAIRS       the pairs that exam.py grades, in its order
//   --more      derived pairs of other kinds: fitted on, not graded
//   --innocent  pairs that are nearly surely not derived, as they occur in news: fitted on, not graded
//   --wild      pairs of news that people have read: fitted on, and they set the calibration and the threshold of
//   naming
// There are two hypotheses, each with its curves: a text was taken whole and reworded, or in part. The made excerpts
// and the wild pairs are of the second kind. wire-reuse is not fitted on: its labels are automatic, and half of what
// reading finds in them is shared statements. The outputs of cross-validation have a line for each pair of PAIRS and of
// --wild with evidence, probability, distance and verdict: what `exam.py grade --compared` takes.
#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "quality/additive_fit.h"
#include "unspin/base/hash.h"
#include "unspin/language/languages.h"
#include "unspin/lexicon/lexicon_cache.h"
#include "unspin/standing/built_in_standing_text.h"
#include "unspin/verdict/judge.h"
#include "unspin/verdict/model.h"
#include "unspin/verdict/signals.h"

namespace {

using nlohmann::json;
using unspin::kSignalCount;
using unspin::bench::AdditiveBasis;
using unspin::bench::AdditiveFit;
using unspin::bench::FitAdditive;

constexpr int kFolds = 5;
constexpr double kMoreWeight = 0.35;        // of the added pairs beside the derived pairs of the labelled sets
constexpr double kFalseAccusation = 0.002;  // share of the independent graded pairs that the threshold may name

const double kNaturalPerTen = std::log(10.0);  // natural logarithm of one power of ten

// Calibration.
constexpr double kSureEvidence = 3;       // powers of ten
constexpr double kSureCharge = 20;        // how much more of the sum one more of evidence takes beyond that
constexpr double kRegularization = 1e-9;  // a ridge that keeps the slope finite

// What a hypothesis is fitted on. `signals`: those that it may weigh; empty: all. `ridge`: on standardised columns, per
// unit of mean loss. `wild_weight`: of the wild pairs, beside a labelled set of their size.
struct Hypothesis {
  const char* name;
  bool part;
  double ridge, wild_weight;
  std::set<std::string> signals;
};
const std::array<Hypothesis, 2> kHypotheses = {{
    {"whole", false, 0.001, 1, {}},
    // Few and robust ones: there are few such pairs.
    {"part",
     true,
     0.02,
     6,
     {"shared-4", "shared-5", "shared-5-longer", "runs-5", "longest-run", "narration-of-shared", "runs-3-plain",
      "names", "numbers", "facts-of-region", "plain-order", "plain-order-length", "sentence-original", "sentence-order",
      "best-region", "coverage-original", "best-stretch"}},
}};
const std::string kUnfitted = "wire-reuse";  // a set
// Signals that are not weighed: how much of the vocabulary is shared tells matters apart, and shared quotations prove
// nothing. Leaving them out costs nothing on any set.
const std::set<std::string> kUnweighed = {"idf-suspect", "quotations"};

enum class Role { kGraded, kMore, kInnocent, kWild };

struct Pair {
  Role role = Role::kGraded;
  std::string set, original_group, suspect_group, original, suspect;
  bool derived = false;
  unspin::Signals signals;
};

// The opening and the full text of one story belong to one fold.
std::string GroupOf(std::string original) {
  for (const char* part : {"same-event-short/", "same-event/", "-short"}) {
    const size_t at = original.find(part);
    if (at != std::string::npos) original.erase(at, std::string(part).size());
  }
  return original;
}

// Union-find over names of articles: an article, its other ids, and what derives from it are one group, which one fold
// holds. Independent pairs join no groups: else all news would be one.
class Groups {
 public:
  void Join(const std::string& a, const std::string& b) { parent_[Find(a)] = Find(b); }
  std::string Find(const std::string& name) {
    std::string at = name;
    for (auto parent = parent_.find(at); parent != parent_.end() && parent->second != at; parent = parent_.find(at))
      at = parent->second;
    return at;
  }

 private:
  std::map<std::string, std::string> parent_;
};

class Judging {
 public:
  unspin::PairView ViewOf(const Pair& pair) {
    return ViewPair(Analyze(pair.original, lexicon_), Analyze(pair.suspect, lexicon_), &standing_, lexicon_);
  }
  unspin::LexiconCache& cache() { return lexicon_; }
  const unspin::Lexicon& lexicon() const { return lexicon_.lexicon(); }

 private:
  const unspin::Lexicon words_{unspin::English()};
  unspin::LexiconCache lexicon_{words_};
  const unspin::BuiltInStandingText standing_{unspin::English()};
};

void ReadPairs(const std::string& path, Role role, Judging& judging, Groups& groups, std::vector<Pair>& pairs) {
  std::ifstream file(path);
  if (!file) {
    std::fprintf(stderr, "fit_model: cannot read %s\n", path.c_str());
    std::exit(2);
  }
  for (std::string line; std::getline(file, line);) {
    if (line.empty()) continue;
    const json row = json::parse(line);
    Pair pair;
    pair.role = role;
    pair.set = role == Role::kInnocent ? "innocent" : row.at("set");
    pair.derived = role != Role::kInnocent && row.at("derived").get<bool>();
    pair.original = row.at("original");
    pair.suspect = row.at("suspect");
    pair.original_group = GroupOf(row.at("original_id"));
    pair.suspect_group = GroupOf(row.at("suspect_id"));
    groups.Join("text:" + std::to_string(unspin::Hash64(pair.original)), pair.original_group);
    groups.Join("text:" + std::to_string(unspin::Hash64(pair.suspect)), pair.suspect_group);
    if (pair.derived) groups.Join(pair.suspect_group, pair.original_group);
    pair.signals = MeasureSignals(judging.ViewOf(pair), judging.lexicon());
    pairs.push_back(std::move(pair));
  }
}

bool IsPart(const Pair& pair) {
  return pair.role == Role::kWild || pair.set == "made-excerpt" || pair.set == "made-embedded";
}

// Sets weigh as the root of their size, derived and independent pairs half each.
Eigen::VectorXd WeightsOf(const std::vector<Pair>& pairs, const std::vector<bool>& used, double wild_weight) {
  std::map<std::string, double> sizes;
  for (size_t i = 0; i < pairs.size(); ++i) sizes[pairs[i].set] += used[i];
  Eigen::VectorXd weights = Eigen::VectorXd::Zero(static_cast<long>(pairs.size()));
  double totals[2] = {0, 0};
  for (size_t i = 0; i < pairs.size(); ++i) {
    if (!used[i]) continue;
    const double role = pairs[i].role == Role::kWild ? wild_weight : pairs[i].role == Role::kMore ? kMoreWeight : 1;
    const double weight = role / std::sqrt(sizes[pairs[i].set]);
    weights[static_cast<long>(i)] = weight;
    totals[pairs[i].derived] += weight;
  }
  for (size_t i = 0; i < pairs.size(); ++i) weights[static_cast<long>(i)] *= 0.5 / totals[pairs[i].derived];
  return weights;
}

struct Point {
  double raw = 0, derived = 0, weight = 0;
};

// Platt's scaling: the slope and offset that make the sum a log likelihood ratio. Beyond
// kSureEvidence the pairs are too few to prove such odds: evidence goes on rising, slowly.
unspin::Curve Calibrate(const std::vector<Point>& points) {
  Eigen::MatrixXd raw(static_cast<long>(points.size()), 1);
  Eigen::VectorXd labels(static_cast<long>(points.size())), weights(static_cast<long>(points.size()));
  for (long i = 0; i < raw.rows(); ++i) {
    const Point& point = points[static_cast<size_t>(i)];
    raw(i, 0) = point.raw;
    labels[i] = point.derived;
    weights[i] = point.weight;
  }
  const AdditiveFit fit = FitAdditive(raw, labels, weights, kRegularization);
  const double slope = fit.weight[0] / fit.scale[0] / kNaturalPerTen;
  const double offset = fit.bias / kNaturalPerTen - slope * fit.center[0];
  unspin::Curve curve;
  for (const double evidence : {-kSureEvidence - 1, -kSureEvidence, kSureEvidence, kSureEvidence + 1}) {
    const double inside = std::clamp(evidence, -kSureEvidence, kSureEvidence);
    curve.emplace_back((inside - offset) / slope + kSureCharge * (evidence - inside) / slope, evidence);
  }
  return curve;
}

// A model that gives every pair this evidence.
unspin::DerivationModel Constant(double evidence) {
  unspin::DerivationModel model;
  model.name = "cross-validated";
  model.hypotheses.emplace_back().bias = evidence;
  return model;
}

double Apply(const unspin::Curve& calibrate, double raw) {
  unspin::DerivationModel model = Constant(raw);
  model.calibrate = calibrate;
  return model.Log10LikelihoodRatio({});
}

std::string FlagValue(int argc, char** argv, const std::string& flag) {
  for (int i = 1; i + 1 < argc; ++i) {
    if (argv[i] == flag) return argv[i + 1];
  }
  return {};
}

std::vector<Pair> ReadAllPairs(int argc, char** argv, Judging& judging) {
  std::vector<Pair> pairs;
  Groups groups;
  for (int i = 1; i < argc && std::string(argv[i]).rfind("--", 0) != 0; ++i)
    ReadPairs(argv[i], Role::kGraded, judging, groups, pairs);
  const std::pair<const char*, Role> others[] = {
      {"--more", Role::kMore}, {"--innocent", Role::kInnocent}, {"--wild", Role::kWild}};
  for (const auto& [flag, role] : others) {
    if (const std::string path = FlagValue(argc, argv, flag); !path.empty())
      ReadPairs(path, role, judging, groups, pairs);
  }
  for (Pair& pair : pairs) {
    pair.original_group = groups.Find(pair.original_group);
    pair.suspect_group = groups.Find(pair.suspect_group);
  }
  return pairs;
}

// One row per pair. A signal left out is a column that never changes. `without`: names, separated by commas.
Eigen::MatrixXd SignalMatrix(const std::vector<Pair>& pairs, const Hypothesis& hypothesis, const std::string& without) {
  Eigen::MatrixXd signals(static_cast<long>(pairs.size()), static_cast<long>(kSignalCount));
  const std::string names = "," + without + ",";
  for (const unspin::Signal signal : unspin::kAllSignals) {
    const std::string name(unspin::SignalName(signal));
    const bool left_out = kUnweighed.contains(name) || names.find("," + name + ",") != std::string::npos ||
                          (!hypothesis.signals.empty() && !hypothesis.signals.contains(name));
    for (size_t i = 0; i < pairs.size(); ++i)
      signals(static_cast<long>(i), static_cast<long>(signal)) = left_out ? 0 : pairs[i].signals[signal];
  }
  return signals;
}

Eigen::VectorXd LabelsOf(const std::vector<Pair>& pairs) {
  Eigen::VectorXd labels(static_cast<long>(pairs.size()));
  for (size_t i = 0; i < pairs.size(); ++i) labels[static_cast<long>(i)] = pairs[i].derived;
  return labels;
}

int FoldOf(const std::string& group) { return static_cast<int>(unspin::Hash64(group, 7) % kFolds); }

constexpr int kNoFold = -1;

// The folds of a pair's two articles, which may differ.
struct FoldPair {
  int first = kNoFold, second = kNoFold;
  bool Touches(const FoldPair& other) const { return Has(other.first) || Has(other.second); }
  bool Has(int fold) const { return fold != kNoFold && (fold == first || fold == second); }
  friend bool operator==(const FoldPair&, const FoldPair&) = default;
};

FoldPair FoldsOf(const Pair& pair) {
  const int original = FoldOf(pair.original_group), suspect = FoldOf(pair.suspect_group);
  return {std::min(original, suspect), std::max(original, suspect)};
}

// One hypothesis and the pairs as its fit sees them.
class Fitter {
 public:
  Fitter(const std::vector<Pair>& pairs, const Hypothesis& hypothesis, const std::string& without)
      : pairs_(pairs),
        hypothesis_(hypothesis),
        signals_(SignalMatrix(pairs, hypothesis, without)),
        labels_(LabelsOf(pairs)),
        basis_(signals_),
        rows_(basis_.Expand(signals_)) {}

  // Curves fitted on the hypothesis's derived pairs and all independent ones, without those with an article in these
  // folds.
  AdditiveFit FitWithout(const FoldPair& folds) const {
    std::vector<bool> used(pairs_.size());
    for (size_t i = 0; i < pairs_.size(); ++i) {
      const Pair& pair = pairs_[i];
      const bool belongs = !pair.derived || (IsPart(pair) == hypothesis_.part && pair.set != kUnfitted);
      used[i] = belongs && !FoldsOf(pair).Touches(folds);
    }
    return FitAdditive(rows_, labels_, WeightsOf(pairs_, used, hypothesis_.wild_weight), hypothesis_.ridge);
  }

  // log10 of the likelihood ratio of a pair.
  double Sum(const AdditiveFit& fit, size_t pair) const {
    return fit(rows_.row(static_cast<long>(pair))) / kNaturalPerTen;
  }

  void Write(const AdditiveFit& fit, std::FILE* out) const {
    std::fprintf(out, "hypothesis\t%s\nbias\t%.6g\n", hypothesis_.name, fit.bias / kNaturalPerTen);
    for (const unspin::Signal signal : unspin::kAllSignals) {
      const unspin::Curve curve = basis_.CurveOf(static_cast<size_t>(signal), fit, kNaturalPerTen);
      if (curve.empty()) continue;
      std::fprintf(out, "signal\t%s", std::string(unspin::SignalName(signal)).c_str());
      for (const auto& [x, y] : curve) std::fprintf(out, "\t%.6g\t%.6g", x, y);
      std::fputc('\n', out);
    }
  }

  double Fingerprint() const { return signals_.sum(); }

 private:
  const std::vector<Pair>& pairs_;
  const Hypothesis& hypothesis_;
  const Eigen::MatrixXd signals_;
  const Eigen::VectorXd labels_;
  const AdditiveBasis basis_;
  const Eigen::MatrixXd rows_;
};

// Points for the calibration, without those with an article in these folds: the wild pairs, or where there are none the
// graded ones. Derived and independent pairs weigh half each.
std::vector<Point> CalibrationPoints(const std::vector<Pair>& pairs, const std::vector<double>& raw,
                                     const FoldPair& without) {
  const bool wild = std::any_of(pairs.begin(), pairs.end(), [](const Pair& pair) { return pair.role == Role::kWild; });
  const Role role = wild ? Role::kWild : Role::kGraded;
  std::vector<Point> points;
  double totals[2] = {0, 0};
  for (size_t i = 0; i < pairs.size(); ++i) {
    if (pairs[i].role != role || FoldsOf(pairs[i]).Touches(without)) continue;
    points.push_back({raw[i], pairs[i].derived ? 1.0 : 0.0, 1});
    totals[pairs[i].derived] += 1;
  }
  for (Point& point : points) point.weight = 0.5 / totals[point.derived > 0];
  return points;
}

// The evidence from which pairs are named: no more than kFalseAccusation of the graded independent pairs exceed it,
// and of the wild pairs as many innocents are above it as derived pairs are below.
double NamingThreshold(const std::vector<Pair>& pairs, const std::vector<double>& evidence) {
  std::vector<double> innocent;
  std::vector<std::pair<double, bool>> wild;
  for (size_t i = 0; i < pairs.size(); ++i) {
    if (pairs[i].role == Role::kGraded && !pairs[i].derived) innocent.push_back(evidence[i]);
    if (pairs[i].role == Role::kWild) wild.emplace_back(evidence[i], pairs[i].derived);
  }
  std::sort(innocent.begin(), innocent.end());
  const double graded =
      innocent[innocent.size() - 1 - static_cast<size_t>(kFalseAccusation * static_cast<double>(innocent.size()))];
  std::sort(wild.rbegin(), wild.rend());
  const auto derived =
      static_cast<size_t>(std::count_if(wild.begin(), wild.end(), [](const auto& pair) { return pair.second; }));
  return wild.empty() ? graded : std::max(graded, wild[derived].first);
}

class Models {
 public:
  Models(const std::vector<Pair>& pairs, const std::string& without) : pairs_(pairs) {
    for (const Hypothesis& hypothesis : kHypotheses) fitters_.emplace_back(pairs, hypothesis, without);
  }

  // For each pair the evidence by a model that saw no pair of its fold; sets the threshold of naming.
  std::vector<double> CrossValidate() {
    raw_.resize(pairs_.size());
    std::vector<double> evidence(pairs_.size());
    ForEachFoldPair([&](const FoldPair& folds) {
      const std::vector<AdditiveFit> fits = FitAll(folds);
      VisitPairsOf(folds, [&](size_t i) { raw_[i] = RawEvidence(fits, i); });
    });
    ForEachFoldPair([&](const FoldPair& folds) {
      const unspin::Curve calibrate = Calibrate(CalibrationPoints(pairs_, raw_, folds));
      VisitPairsOf(folds, [&](size_t i) { evidence[i] = Apply(calibrate, raw_[i]); });
    });
    named_from_ = NamingThreshold(pairs_, evidence);
    return evidence;
  }

  double named_from() const { return named_from_; }

  // REQUIRES: CrossValidate was called.
  void Write(std::FILE* out) const {
    WriteProvenance(out);
    std::fprintf(out, "named-from\t%.6g\n", named_from_);
    const std::vector<AdditiveFit> fits = FitAll(FoldPair{});
    for (size_t i = 0; i < fitters_.size(); ++i) fitters_[i].Write(fits[i], out);
    for (const auto& [from, to] : Calibrate(CalibrationPoints(pairs_, raw_, FoldPair{})))
      std::fprintf(out, "knot\t%.6g\t%.6g\n", from, to);
  }

 private:
  template <typename Visit>
  static void ForEachFoldPair(const Visit& visit) {
    for (int first = 0; first < kFolds; ++first) {
      for (int second = first; second < kFolds; ++second) visit(FoldPair{first, second});
    }
  }

  // The pairs whose articles are in just these folds.
  template <typename Visit>
  void VisitPairsOf(const FoldPair& folds, const Visit& visit) const {
    for (size_t i = 0; i < pairs_.size(); ++i) {
      if (FoldsOf(pairs_[i]) == folds) visit(i);
    }
  }

  std::vector<AdditiveFit> FitAll(const FoldPair& without) const {
    std::vector<AdditiveFit> fits;
    for (const Fitter& fitter : fitters_) fits.push_back(fitter.FitWithout(without));
    return fits;
  }

  // The mean of the hypotheses' likelihood ratios, as DerivationModel has it.
  double RawEvidence(const std::vector<AdditiveFit>& fits, size_t pair) const {
    unspin::DerivationModel model;
    for (size_t i = 0; i < fitters_.size(); ++i) model.hypotheses.emplace_back().bias = fitters_[i].Sum(fits[i], pair);
    return model.Log10LikelihoodRatio({});
  }

  void WriteProvenance(std::FILE* out) const {
    std::map<std::string, size_t> sets;
    uint64_t identity = 0;
    for (const Pair& pair : pairs_) {
      ++sets[pair.set];
      identity = unspin::Mix64(identity ^ unspin::Hash64(pair.original) ^ unspin::Hash64(pair.suspect));
    }
    for (const Fitter& fitter : fitters_)
      identity = unspin::Mix64(identity ^ static_cast<uint64_t>(std::llround(fitter.Fingerprint() * 1e3)));
    std::fprintf(out,
                 "# Derivation model: rising curves fitted by bench/quality/fit_model.cc; additive ridge logistic "
                 "regression, %d-fold by article.\n# Pairs:",
                 kFolds);
    for (const auto& [set, size] : sets) std::fprintf(out, " %s %zu", set.c_str(), size);
    std::fprintf(out,
                 "\n# The wild pairs set the calibration (knot) and the threshold (named-from)."
                 "\n# evidence = calibrate(log10 of the mean of 10^(bias + sum of curve(signal)) over the hypotheses), "
                 "log10 of the likelihood ratio; a curve is x y x y …\n");
    std::fprintf(out, "name\tnarration-%08llx\n", static_cast<unsigned long long>(identity >> 32));
  }

  const std::vector<Pair>& pairs_;
  std::vector<Fitter> fitters_;
  std::vector<double> raw_;
  double named_from_ = 0;
};

void WriteJudgements(const std::string& path, Role role, const std::vector<Pair>& pairs,
                     const std::vector<double>& evidence, double named_from, Judging& judging) {
  if (path.empty()) return;
  std::ofstream out(path);
  for (size_t i = 0; i < pairs.size(); ++i) {
    if (pairs[i].role != role) continue;
    unspin::Finding finding;
    constexpr double kPrior = 0.5;
    unspin::DerivationModel model = Constant(evidence[i]);
    model.named_from = named_from;
    unspin::PairView view = judging.ViewOf(pairs[i]);
    Judge(view, judging.cache(), model, kPrior, finding);
    out << json{{"evidence", evidence[i]},
                {"probability", finding.probability},
                {"distance", finding.distance},
                {"derived", pairs[i].derived},
                {"verdict", Name(finding.verdict)}}
               .dump()
        << '\n';
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fputs(
        "usage: unspin_fit_model PAIRS.jsonl... [--more PAIRS.jsonl] [--innocent PAIRS.jsonl] [--wild PAIRS.jsonl]\n"
        "       --out MODEL.tsv [--cross-validated CV.jsonl] [--wild-cross-validated CV.jsonl] [--without SIGNAL,…]\n",
        stderr);
    return 2;
  }
  Judging judging;
  const std::vector<Pair> pairs = ReadAllPairs(argc, argv, judging);
  Models models(pairs, FlagValue(argc, argv, "--without"));
  const std::vector<double> evidence = models.CrossValidate();
  WriteJudgements(FlagValue(argc, argv, "--cross-validated"), Role::kGraded, pairs, evidence, models.named_from(),
                  judging);
  WriteJudgements(FlagValue(argc, argv, "--wild-cross-validated"), Role::kWild, pairs, evidence, models.named_from(),
                  judging);
  std::FILE* out = std::fopen(FlagValue(argc, argv, "--out").c_str(), "wb");
  if (out == nullptr) {
    std::fputs("fit_model: cannot write --out\n", stderr);
    return 2;
  }
  models.Write(out);
  std::fclose(out);
  return 0;
}
