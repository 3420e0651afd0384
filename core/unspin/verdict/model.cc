#include "unspin/verdict/model.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdlib>

#include "unspin/base/strings.h"
#include "unspin/verdict/derivation_model_tsv.h"

namespace unspin {
namespace {

absl::Status Bad(size_t line, const std::string& what) {
  return absl::InvalidArgumentError("derivation model, line " + std::to_string(line) + ": " + what);
}

}  // namespace

absl::StatusOr<DerivationModel> DerivationModel::Parse(std::string_view tsv) {
  DerivationModel model;
  size_t number = 0;
  for (size_t begin = 0; begin < tsv.size();) {
    const size_t end = std::min(tsv.find('\n', begin), tsv.size());
    const std::string_view line = tsv.substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (line.empty() || line[0] == '#') continue;
    const std::vector<std::string> fields = SplitFields(line);
    bool numbers = true;
    auto value = [&](size_t i) {
      char* end = nullptr;
      const double number = std::strtod(fields[i].c_str(), &end);
      numbers &= end != fields[i].c_str() && *end == '\0' && std::isfinite(number);
      return number;
    };
    const auto hypothesis = [&]() -> DerivationHypothesis& {
      if (model.hypotheses.empty()) model.hypotheses.emplace_back();
      return model.hypotheses.back();
    };
    if (fields[0] == "name" && fields.size() == 2) {
      model.name = fields[1];
    } else if (fields[0] == "hypothesis" && fields.size() == 2) {
      model.hypotheses.emplace_back().name = fields[1];
    } else if (fields[0] == "bias" && fields.size() == 2) {
      hypothesis().bias = value(1);
    } else if (fields[0] == "named-from" && fields.size() == 2) {
      model.named_from = value(1);
    } else if (fields[0] == "knot" && fields.size() == 3) {
      if (!model.calibrate.empty() &&
          (value(1) <= model.calibrate.back().first || value(2) <= model.calibrate.back().second)) {
        return Bad(number, "knots must ascend on both sides");
      }
      model.calibrate.emplace_back(value(1), value(2));
    } else if (fields[0] == "signal" && fields.size() >= 4 && fields.size() % 2 == 0) {
      const std::optional<Signal> signal = FindSignal(fields[1]);
      if (!signal) return Bad(number, "unknown signal " + fields[1]);
      Curve& curve = hypothesis().curves[*signal];
      if (!curve.empty()) return Bad(number, "signal " + fields[1] + " stands twice");
      for (size_t i = 2; i < fields.size(); i += 2) {
        if (!curve.empty() && value(i) <= curve.back().first) return Bad(number, "the points of a curve must ascend");
        curve.emplace_back(value(i), value(i + 1));
      }
    } else {
      return Bad(number, "expected name, hypothesis, bias, named-from, knot or signal with its values");
    }
    if (!numbers) return Bad(number, "a value is not a number");
  }
  if (model.name.empty()) return absl::InvalidArgumentError("derivation model: no name");
  if (model.hypotheses.empty()) return absl::InvalidArgumentError("derivation model: no hypothesis");
  return model;
}

const DerivationModel& DerivationModel::Default() {
  static const DerivationModel* const model = [] {
    absl::StatusOr<DerivationModel> parsed = Parse(kDerivationModelTsv);
    return new DerivationModel(*std::move(parsed));  // the built-in text is parsed by a test
  }();
  return *model;
}

double DerivationHypothesis::Sum(const Signals& signals) const {
  double sum = bias;
  for (const Signal signal : kAllSignals) sum += Evaluate(curves[signal], signals[signal]);
  return sum;
}

double DerivationModel::Raw(const Signals& signals) const {
  assert(!hypotheses.empty());
  // The greatest sum is taken out of the mean, so that no power of ten overflows.
  std::vector<double> sums;
  for (const DerivationHypothesis& hypothesis : hypotheses) sums.push_back(hypothesis.Sum(signals));
  const double greatest = *std::max_element(sums.begin(), sums.end());
  double mean = 0;
  for (const double sum : sums) mean += std::pow(10, sum - greatest) / static_cast<double>(sums.size());
  return greatest + std::log10(mean);
}

double DerivationModel::Log10LikelihoodRatio(const Signals& signals) const {
  const double raw = Raw(signals);
  return calibrate.empty() ? raw : Evaluate(calibrate, raw);
}

const DerivationHypothesis& DerivationModel::LikeliestHypothesis(const Signals& signals) const {
  assert(!hypotheses.empty());
  return *std::max_element(
      hypotheses.begin(), hypotheses.end(),
      [&](const DerivationHypothesis& a, const DerivationHypothesis& b) { return a.Sum(signals) < b.Sum(signals); });
}

double ProbabilityOf(double log10_likelihood_ratio, double prior) {
  const double log_odds = std::log(prior / (1 - prior)) + log10_likelihood_ratio * std::log(10.0);
  return log_odds >= 0 ? 1 / (1 + std::exp(-log_odds)) : std::exp(log_odds) / (1 + std::exp(log_odds));
}

}  // namespace unspin
