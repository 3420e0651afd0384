// Additive ridge logistic regression: a rising piecewise linear curve for each signal.
#pragma once

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <vector>

#include "unspin/verdict/curve.h"

namespace unspin::bench {

// The sum of rising curves is what a reader accepts: more resemblance is never less evidence.
struct AdditiveFit {
  Eigen::VectorXd center, scale, weight;  // natural logarithms, on standardised columns; no weight is negative
  double bias = 0;

  double operator()(const Eigen::VectorXd& row) const {
    return bias + ((row - center).array() / scale.array() * weight.array()).sum();
  }
};

// Each signal is cut at quintiles of the cases, and enters as one ramp for each interval: how far it has come from the
// interval's begin to its end. A curve rises if no ramp has a negative weight.
class AdditiveBasis {
 public:
  // `signals`: one case per row, one signal per column.
  explicit AdditiveBasis(const Eigen::MatrixXd& signals) {
    for (long signal = 0; signal < signals.cols(); ++signal) {
      std::vector<double> values(signals.col(signal).begin(), signals.col(signal).end());
      std::sort(values.begin(), values.end());
      std::vector<double>& knots = knots_.emplace_back();
      for (const double quantile : {0.0, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0}) {
        const auto at = static_cast<size_t>(quantile * static_cast<double>(values.size() - 1));
        if (knots.empty() || values[at] > knots.back()) knots.push_back(values[at]);
      }
    }
  }

  Eigen::MatrixXd Expand(const Eigen::MatrixXd& signals) const {
    Eigen::MatrixXd rows(signals.rows(), Columns());
    long column = 0;
    for (size_t signal = 0; signal < knots_.size(); ++signal) {
      const Eigen::ArrayXd values = signals.col(static_cast<long>(signal)).array();
      for (size_t k = 1; k < knots_[signal].size(); ++k)
        rows.col(column++) = (values.min(knots_[signal][k]) - knots_[signal][k - 1]).max(0.0);
    }
    return rows;
  }

  // The curve of a signal, 0 where its columns have their means, divided by `unit`. It is level beyond the values that
  // were seen. Empty where the signal weighs nothing.
  Curve CurveOf(size_t signal, const AdditiveFit& fit, double unit) const {
    long column = 0;
    for (size_t i = 0; i < signal; ++i) column += static_cast<long>(knots_[i].size()) - 1;
    const std::vector<double>& knots = knots_[signal];
    const auto slope = [&](size_t k) {
      return fit.weight[column + static_cast<long>(k) - 1] / fit.scale[column + static_cast<long>(k) - 1] / unit;
    };
    double y = 0, rise = 0;
    for (size_t k = 1; k < knots.size(); ++k) {
      y -= slope(k) * fit.center[column + static_cast<long>(k) - 1];
      rise += slope(k) * (knots[k] - knots[k - 1]);
    }
    if (rise <= 0) return {};
    Curve curve = {{knots.front() - 1, y}, {knots.front(), y}};
    for (size_t k = 1; k < knots.size(); ++k) {
      y += slope(k) * (knots[k] - knots[k - 1]);
      curve.emplace_back(knots[k], y);
    }
    curve.emplace_back(knots.back() + 1, y);
    return curve;
  }

 private:
  long Columns() const {
    long columns = 0;
    for (const auto& knots : knots_) columns += static_cast<long>(knots.size()) - 1;
    return columns;
  }

  std::vector<std::vector<double>> knots_;  // of each signal, ascending
};

// The minimum of ½ x'Hx - g'x over x whose first `bounded` elements are not negative, by coordinate descent from `x`.
inline void MinimizeBounded(const Eigen::MatrixXd& hessian, const Eigen::VectorXd& gradient, long bounded,
                            Eigen::VectorXd& x) {
  constexpr int kMaxRounds = 2000;
  constexpr double kConverged = 1e-10;
  Eigen::VectorXd residual = gradient - hessian * x;
  for (int round = 0; round < kMaxRounds; ++round) {
    double largest = 0;
    for (long i = 0; i < x.size(); ++i) {
      double next = x[i] + residual[i] / hessian(i, i);
      if (i < bounded) next = std::max(0.0, next);
      const double move = next - x[i];
      if (move == 0) continue;
      x[i] = next;
      residual -= move * hessian.col(i);
      largest = std::max(largest, std::abs(move));
    }
    if (largest < kConverged) return;
  }
}

// Fits by Newton's method with bounds: no weight is negative. `ridge` is per unit of mean loss. `weights` are those of
// the cases: 0 leaves one out.
inline AdditiveFit FitAdditive(const Eigen::MatrixXd& rows, const Eigen::VectorXd& labels,
                               const Eigen::VectorXd& weights, double ridge) {
  constexpr int kMaxSteps = 30;
  constexpr double kConverged = 1e-5;        // a smaller step ends the search
  constexpr double kMinStep = 1e-3;          // of Newton's step
  constexpr double kMinScale = 1e-9;         // of a column that never changes
  constexpr double kRegularization = 1e-10;  // of the Hessian, so that it can be inverted
  const long n = rows.rows(), k = rows.cols();
  Eigen::MatrixXd x(n, k + 1);
  x.leftCols(k) = rows;
  x.col(k).setOnes();
  AdditiveFit fit;
  fit.center = (x.leftCols(k).transpose() * weights) / weights.sum();
  x.leftCols(k).rowwise() -= fit.center.transpose();
  fit.scale =
      ((x.leftCols(k).array().square().matrix().transpose() * weights) / weights.sum()).array().sqrt().max(kMinScale);
  x.leftCols(k) = x.leftCols(k).array().rowwise() / fit.scale.transpose().array();
  // Mean loss with the ridge. log(1 + exp(z)) without overflow.
  const auto loss = [&](const Eigen::VectorXd& at) {
    const Eigen::ArrayXd z = (x * at).array();
    const Eigen::ArrayXd softplus = z.max(0.0) + (-z.abs()).exp().log1p();
    return (weights.array() * (softplus - labels.array() * z)).sum() + ridge / 2 * at.head(k).squaredNorm();
  };
  Eigen::VectorXd beta = Eigen::VectorXd::Zero(k + 1);
  for (int step = 0; step < kMaxSteps; ++step) {
    const Eigen::ArrayXd p = 1 / (1 + (-(x * beta).array()).exp());
    Eigen::VectorXd gradient = x.transpose() * (weights.array() * (p - labels.array())).matrix();
    gradient.head(k) += ridge * beta.head(k);
    const Eigen::ArrayXd curvature = (weights.array() * p * (1 - p)).max(1e-12);
    const Eigen::MatrixXd scaled = x.array().colwise() * curvature.sqrt();
    Eigen::MatrixXd hessian = Eigen::MatrixXd::Zero(k + 1, k + 1);
    hessian.selfadjointView<Eigen::Lower>().rankUpdate(scaled.transpose());
    hessian = Eigen::MatrixXd(hessian.selfadjointView<Eigen::Lower>());
    hessian.diagonal().head(k).array() += ridge;
    hessian.diagonal().array() += kRegularization;
    const Eigen::VectorXd before = beta;
    const Eigen::VectorXd target = hessian * beta - gradient;
    MinimizeBounded(hessian, target, k, beta);
    // Newton's step may be too long where the loss is far from a parabola.
    const double loss_before = loss(before);
    for (double part = 1; part > kMinStep && loss(beta) > loss_before; part /= 2) beta = before + (beta - before) / 2;
    if ((beta - before).norm() < kConverged) break;
  }
  fit.weight = beta.head(k);
  fit.bias = beta[k];
  return fit;
}

}  // namespace unspin::bench
