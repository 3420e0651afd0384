// Fits the derivation model on labelled pairs, and judges every pair by a model that never saw its original.
//
//   unspin_fit_model REPORTS.jsonl TRUTH.json [--more REPORTS.jsonl LABELS.jsonl] --out MODEL.tsv --cross-validated
//   CV.jsonl [--without SIGNAL,SIGNAL]
//
// REPORTS is the output of `unspin compare --pairs` (the signals are in `because`), TRUTH the file that exam.py
// prepares.
// --more adds derived pairs of another file (its labels are the pairs file itself) to fit on, not to grade.
// CV.jsonl holds one line per report with evidence and probability replaced: what `exam.py grade --compared` takes.
#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "quality/additive_fit.h"
#include "unspin/base/hash.h"
#include "unspin/verdict/model.h"
#include "unspin/verdict/signals.h"

namespace {

using nlohmann::json;
using unspin::kSignalCount;
using unspin::bench::AdditiveBasis;
using unspin::bench::AdditiveFit;
using unspin::bench::FitAdditive;

constexpr int kFolds = 5;
constexpr double kRidge = 5e-4;             // on standardised columns, per unit of mean loss
constexpr double kMoreWeight = 0.35;        // of the added pairs beside the derived pairs of the labelled sets
constexpr double kFalseAccusation = 0.003;  // share of independent pairs that the threshold may name

const double kNaturalPerTen = std::log(10.0);  // natural logarithm of one power of ten

// Calibration.
constexpr double kSureEvidence = 3;       // powers of ten
constexpr double kSureCharge = 20;        // how much more of the sum one more of evidence takes beyond that
constexpr int kNewtonSteps = 60;          // at most
constexpr double kConverged = 1e-9;       // a smaller step ends Newton's method
constexpr double kRegularization = 1e-9;  // of the Hessian, so that it can be inverted

struct Pair {
  std::string set, original;
  bool derived = false, graded = true;
  Eigen::VectorXd signals;
  json finding;
};

std::vector<json> ReadLines(const std::string& path) {
  std::ifstream file(path);
  if (!file) {
    std::fprintf(stderr, "fit_model: cannot read %s\n", path.c_str());
    std::exit(2);
  }
  std::vector<json> lines;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty()) lines.push_back(json::parse(line));
  }
  return lines;
}

// The opening and the full text of one story belong to one fold.
std::string GroupOf(std::string original) {
  for (const char* part : {"same-event-short/", "same-event/", "-short"}) {
    const size_t at = original.find(part);
    if (at != std::string::npos) original.erase(at, std::string(part).size());
  }
  return original;
}

// Union-find over names, so that all pairs of one original fall into one fold: by its id, and by its text, since some
// originals have several ids.
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

Eigen::VectorXd SignalsOf(const json& finding) {
  Eigen::VectorXd signals = Eigen::VectorXd::Zero(kSignalCount);
  for (const json& reason : finding.at("because")) {
    const auto signal = unspin::FindSignal(reason.at("signal").get<std::string>());
    if (signal) signals[static_cast<long>(*signal)] = reason.at("value");
  }
  return signals;
}

void AddPairs(const std::vector<json>& reports, const std::vector<json>& labels, bool graded, Groups& groups,
              std::vector<Pair>& pairs) {
  if (reports.size() != labels.size()) {
    std::fprintf(stderr, "fit_model: %zu reports for %zu labelled pairs\n", reports.size(), labels.size());
    std::exit(2);
  }
  for (size_t i = 0; i < reports.size(); ++i) {
    Pair pair;
    pair.set = labels[i].at("set");
    pair.original = GroupOf(labels[i].at("original_id"));
    pair.derived = labels[i].at("derived");
    pair.graded = graded;
    pair.finding = reports[i].at("findings").at(0);
    groups.Join("text:" + pair.finding.at("original").at("sha256").get<std::string>(), pair.original);
    pair.signals = SignalsOf(pair.finding);
    pairs.push_back(std::move(pair));
  }
}

// Sets weigh as the root of their size, derived and independent pairs half each.
Eigen::VectorXd WeightsOf(const std::vector<Pair>& pairs, const std::vector<bool>& used) {
  std::map<std::string, double> sizes;
  for (size_t i = 0; i < pairs.size(); ++i) sizes[pairs[i].set] += used[i];
  Eigen::VectorXd weights = Eigen::VectorXd::Zero(static_cast<long>(pairs.size()));
  double totals[2] = {0, 0};
  for (size_t i = 0; i < pairs.size(); ++i) {
    if (!used[i]) continue;
    const double weight = (pairs[i].graded ? 1 : kMoreWeight) / std::sqrt(sizes[pairs[i].set]);
    weights[static_cast<long>(i)] = weight;
    totals[pairs[i].derived] += weight;
  }
  for (size_t i = 0; i < pairs.size(); ++i) weights[static_cast<long>(i)] *= 0.5 / totals[pairs[i].derived];
  return weights;
}

struct Point {
  double raw = 0, derived = 0, weight = 0;
};

// Platt's scaling: the slope and offset that make the sum a log likelihood ratio, found by Newton's method. Beyond
// kSureEvidence the pairs are too few to prove such odds: evidence goes on rising, slowly.
unspin::Curve Calibrate(const std::vector<Point>& points) {
  double slope = 1, offset = 0;
  for (int step = 0; step < kNewtonSteps; ++step) {
    Eigen::Matrix2d hessian = Eigen::Matrix2d::Identity() * kRegularization;
    Eigen::Vector2d gradient = Eigen::Vector2d::Zero();
    for (const Point& point : points) {
      const double p = 1 / (1 + std::exp(-kNaturalPerTen * (slope * point.raw + offset)));
      const Eigen::Vector2d row(point.raw * kNaturalPerTen, kNaturalPerTen);
      gradient += point.weight * (p - point.derived) * row;
      hessian += point.weight * p * (1 - p) * row * row.transpose();
    }
    const Eigen::Vector2d move = hessian.ldlt().solve(gradient);
    slope -= move[0];
    offset -= move[1];
    if (move.norm() < kConverged) break;
  }
  unspin::Curve curve;
  for (const double evidence : {-kSureEvidence - 1, -kSureEvidence, kSureEvidence, kSureEvidence + 1}) {
    const double inside = std::clamp(evidence, -kSureEvidence, kSureEvidence);
    curve.emplace_back((inside - offset) / slope + kSureCharge * (evidence - inside) / slope, evidence);
  }
  return curve;
}

double Apply(const unspin::Curve& calibrate, double raw) {
  unspin::DerivationModel model;
  model.bias = raw;
  model.calibrate = calibrate;
  return model.Log10LikelihoodRatio({});
}

std::string FlagValue(int argc, char** argv, const std::string& flag, int which = 1) {
  for (int i = 1; i + which < argc; ++i) {
    if (argv[i] == flag) return argv[i + which];
  }
  return {};
}

std::vector<Pair> ReadPairs(int argc, char** argv) {
  std::vector<Pair> pairs;
  Groups groups;
  AddPairs(ReadLines(argv[1]), ReadLines(argv[2]).at(0).at("pairs").get<std::vector<json>>(), true, groups, pairs);
  if (const std::string more = FlagValue(argc, argv, "--more"); !more.empty())
    AddPairs(ReadLines(more), ReadLines(FlagValue(argc, argv, "--more", 2)), false, groups, pairs);
  for (Pair& pair : pairs) pair.original = groups.Find(pair.original);
  return pairs;
}

// One row per pair. A signal left out is a column that never changes. `without`: names, separated by commas.
Eigen::MatrixXd SignalMatrix(const std::vector<Pair>& pairs, const std::string& without) {
  Eigen::MatrixXd signals(static_cast<long>(pairs.size()), static_cast<long>(kSignalCount));
  for (size_t i = 0; i < pairs.size(); ++i) signals.row(static_cast<long>(i)) = pairs[i].signals.transpose();
  const std::string names = "," + without + ",";
  for (const unspin::Signal signal : unspin::kAllSignals) {
    const std::string name(unspin::SignalName(signal));
    if (names.find("," + name + ",") != std::string::npos) signals.col(static_cast<long>(signal)).setZero();
  }
  return signals;
}

Eigen::VectorXd LabelsOf(const std::vector<Pair>& pairs) {
  Eigen::VectorXd labels(static_cast<long>(pairs.size()));
  for (size_t i = 0; i < pairs.size(); ++i) labels[static_cast<long>(i)] = pairs[i].derived;
  return labels;
}

int FoldOf(const Pair& pair) { return static_cast<int>(unspin::Hash64(pair.original, 7) % kFolds); }

// For each pair the sum, in powers of ten, by a fit that saw no pair of its fold.
std::vector<double> CrossValidatedSums(const std::vector<Pair>& pairs, const Eigen::MatrixXd& rows,
                                       const Eigen::VectorXd& labels) {
  std::vector<double> raw(pairs.size());
  for (int fold = 0; fold < kFolds; ++fold) {
    std::vector<bool> used(pairs.size());
    for (size_t i = 0; i < pairs.size(); ++i) used[i] = FoldOf(pairs[i]) != fold;
    const AdditiveFit fit = FitAdditive(rows, labels, WeightsOf(pairs, used), kRidge);
    for (size_t i = 0; i < pairs.size(); ++i) {
      if (!used[i]) raw[i] = fit(rows.row(static_cast<long>(i))) / kNaturalPerTen;
    }
  }
  return raw;
}

// Points for the calibration, without those of one fold. It is made for what users meet: derived and independent pairs
// weigh half each, and each pair of a kind the same.
std::vector<Point> CalibrationPoints(const std::vector<Pair>& pairs, const std::vector<double>& raw, int without_fold) {
  size_t derived = 0, graded = 0;
  for (const Pair& pair : pairs) {
    graded += pair.graded;
    derived += pair.graded && pair.derived;
  }
  std::vector<Point> points;
  for (size_t i = 0; i < pairs.size(); ++i) {
    if (!pairs[i].graded || FoldOf(pairs[i]) == without_fold) continue;
    points.push_back({raw[i], pairs[i].derived ? 1.0 : 0.0,
                      0.5 / static_cast<double>(pairs[i].derived ? derived : graded - derived)});
  }
  return points;
}

// For each pair the evidence, calibrated without the pairs of its fold.
std::vector<double> CrossValidatedEvidence(const std::vector<Pair>& pairs, const std::vector<double>& raw) {
  std::vector<double> evidence(pairs.size());
  for (int fold = 0; fold < kFolds; ++fold) {
    const unspin::Curve calibrate = Calibrate(CalibrationPoints(pairs, raw, fold));
    for (size_t i = 0; i < pairs.size(); ++i) {
      if (FoldOf(pairs[i]) == fold) evidence[i] = Apply(calibrate, raw[i]);
    }
  }
  return evidence;
}

// The evidence that no more than kFalseAccusation of the independent pairs exceed.
double NamingThreshold(const std::vector<Pair>& pairs, const std::vector<double>& evidence) {
  std::vector<double> innocent;
  for (size_t i = 0; i < pairs.size(); ++i) {
    if (pairs[i].graded && !pairs[i].derived) innocent.push_back(evidence[i]);
  }
  std::sort(innocent.begin(), innocent.end());
  return innocent[innocent.size() - 1 - static_cast<size_t>(kFalseAccusation * static_cast<double>(innocent.size()))];
}

// The verdict of a report if the pair had this evidence.
std::string VerdictBy(double evidence, double named_from, const json& finding) {
  const std::string verdict = finding.at("verdict");
  const bool was_named = verdict != "independent" && verdict != "unrelated" && verdict != "insufficient";
  const bool is_named = verdict != "insufficient" && evidence > named_from;
  if (is_named && !was_named)
    return finding.at("extent") == "whole" ? finding.at("manner").get<std::string>() : "excerpt";
  return !is_named && was_named ? "independent" : verdict;
}

void WriteCrossValidated(const std::string& path, const std::vector<Pair>& pairs, const std::vector<double>& evidence,
                         double named_from) {
  std::ofstream out(path);
  for (size_t i = 0; i < pairs.size(); ++i) {
    if (!pairs[i].graded) continue;
    out << json{{"evidence", evidence[i]},
                {"probability", unspin::ProbabilityOf(evidence[i], 0.5)},
                {"distance", pairs[i].finding.at("distance")},
                {"verdict", VerdictBy(evidence[i], named_from, pairs[i].finding)}}
               .dump()
        << '\n';
  }
}

// Changes with any pair's original or signals.
uint64_t IdentityOf(const std::vector<Pair>& pairs) {
  uint64_t identity = 0;
  for (const Pair& pair : pairs)
    identity =
        unspin::Mix64(identity ^ unspin::Hash64(pair.original) ^ static_cast<uint64_t>(pair.signals.sum() * 1e6));
  return identity;
}

void WriteProvenance(std::FILE* out, const std::vector<Pair>& pairs) {
  std::map<std::string, size_t> sets;
  for (const Pair& pair : pairs) ++sets[pair.set];
  std::fprintf(out,
               "# Derivation model: curves fitted by bench/quality/fit_model.cc; additive ridge logistic regression, "
               "%d-fold by original.\n# Pairs:",
               kFolds);
  for (const auto& [set, size] : sets) std::fprintf(out, " %s %zu", set.c_str(), size);
  std::fprintf(
      out,
      "\n# evidence = calibrate(bias + sum of curve(signal)), log10 of the likelihood ratio; a curve is x y x y …\n");
  std::fprintf(out, "name\tlogistic-%08llx\n", static_cast<unsigned long long>(IdentityOf(pairs) >> 32));
}

void WriteModel(std::FILE* out, const AdditiveFit& fit, const AdditiveBasis& basis, double named_from,
                const unspin::Curve& calibrate) {
  std::fprintf(out, "bias\t%.6g\nnamed-from\t%.6g\n", fit.bias / kNaturalPerTen, named_from);
  for (const unspin::Signal signal : unspin::kAllSignals) {
    std::fprintf(out, "signal\t%s", std::string(unspin::SignalName(signal)).c_str());
    for (const auto& [x, y] : basis.CurveOf(static_cast<size_t>(signal), fit, kNaturalPerTen))
      std::fprintf(out, "\t%.6g\t%.6g", x, y);
    std::fputc('\n', out);
  }
  for (const auto& [from, to] : calibrate) std::fprintf(out, "knot\t%.6g\t%.6g\n", from, to);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fputs(
        "usage: unspin_fit_model REPORTS.jsonl TRUTH.json [--more REPORTS.jsonl PAIRS.jsonl] --out MODEL.tsv "
        "--cross-validated CV.jsonl [--without SIGNAL,SIGNAL]\n",
        stderr);
    return 2;
  }
  const std::vector<Pair> pairs = ReadPairs(argc, argv);
  const Eigen::MatrixXd signals = SignalMatrix(pairs, FlagValue(argc, argv, "--without"));
  const Eigen::VectorXd labels = LabelsOf(pairs);
  const AdditiveBasis basis(signals);
  const Eigen::MatrixXd rows = basis.Expand(signals);

  const std::vector<double> raw = CrossValidatedSums(pairs, rows, labels);
  const std::vector<double> evidence = CrossValidatedEvidence(pairs, raw);
  const double named_from = NamingThreshold(pairs, evidence);
  WriteCrossValidated(FlagValue(argc, argv, "--cross-validated"), pairs, evidence, named_from);

  constexpr int kNoFold = -1;
  const unspin::Curve calibrate = Calibrate(CalibrationPoints(pairs, raw, kNoFold));
  const std::vector<bool> all(pairs.size(), true);
  const AdditiveFit fit = FitAdditive(rows, labels, WeightsOf(pairs, all), kRidge);
  std::FILE* out = std::fopen(FlagValue(argc, argv, "--out").c_str(), "wb");
  if (out == nullptr) {
    std::fputs("fit_model: cannot write --out\n", stderr);
    return 2;
  }
  WriteProvenance(out, pairs);
  WriteModel(out, fit, basis, named_from, calibrate);
  std::fclose(out);
  return 0;
}
