// Additive ridge logistic regression: a piecewise linear curve for each signal.
#pragma once

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "unspin/verdict/curve.h"

namespace unspin::bench {

struct AdditiveFit {
  Eigen::VectorXd center, scale, weight;  // natural logarithms, on standardised columns
  double bias = 0;

  double operator()(const Eigen::VectorXd& row) const {
    return bias + ((row - center).array() / scale.array() * weight.array()).sum();
  }
};

// Each signal enters as it is and as hinges max(0, signal - knot) at quintiles of the cases (as in Friedman, Annals of
// Statistics 1991): the sum of its columns is a piecewise linear curve.
class AdditiveBasis {
 public:
  // `signals`: one case per row, one signal per column.
  explicit AdditiveBasis(const Eigen::MatrixXd& signals) {
    for (long signal = 0; signal < signals.cols(); ++signal) {
      std::vector<double> values(signals.col(signal).begin(), signals.col(signal).end());
      std::sort(values.begin(), values.end());
      std::vector<double>& knots = knots_.emplace_back();
      for (const double quantile : {0.2, 0.4, 0.6, 0.8}) {
        const double knot = values[static_cast<size_t>(quantile * static_cast<double>(values.size()))];
        if (knot > (knots.empty() ? values.front() : knots.back()) && knot < values.back()) knots.push_back(knot);
      }
    }
  }

  Eigen::MatrixXd Expand(const Eigen::MatrixXd& signals) const {
    long columns = 0;
    for (const auto& knots : knots_) columns += 1 + static_cast<long>(knots.size());
    Eigen::MatrixXd rows(signals.rows(), columns);
    long column = 0;
    for (size_t signal = 0; signal < knots_.size(); ++signal) {
      const Eigen::ArrayXd values = signals.col(static_cast<long>(signal)).array();
      rows.col(column++) = values;
      for (const double knot : knots_[signal]) rows.col(column++) = (values - knot).max(0.0);
    }
    return rows;
  }

  // The curve of a signal, 0 where its columns have their means, divided by `unit`. Its ends are one step outside of
  // the hinges; any other step would do, since a curve goes on straight beyond its ends.
  Curve CurveOf(size_t signal, const AdditiveFit& fit, double unit) const {
    long column = 0;
    for (size_t i = 0; i < signal; ++i) column += 1 + static_cast<long>(knots_[i].size());
    const std::vector<double>& knots = knots_[signal];
    const auto slope = [&](long c) { return fit.weight[c] / fit.scale[c] / unit; };
    std::vector<double> xs = knots;
    if (xs.empty()) xs.push_back(fit.center[column]);
    xs.insert(xs.begin(), xs.front() - 1);
    xs.push_back(xs.back() + 1);
    Curve curve;
    for (const double x : xs) {
      double y = slope(column) * (x - fit.center[column]);
      for (size_t k = 0; k < knots.size(); ++k) {
        const long hinge = column + 1 + static_cast<long>(k);
        y += slope(hinge) * (std::max(0.0, x - knots[k]) - fit.center[hinge]);
      }
      curve.emplace_back(x, y);
    }
    return curve;
  }

 private:
  std::vector<std::vector<double>> knots_;  // of each signal, ascending
};

// Fits by Newton's method. `ridge` is per unit of mean loss. `weights` are those of the cases: 0 leaves one out.
inline AdditiveFit FitAdditive(const Eigen::MatrixXd& rows, const Eigen::VectorXd& labels,
                               const Eigen::VectorXd& weights, double ridge) {
  constexpr int kMaxSteps = 60;
  constexpr double kConverged = 1e-7;        // a smaller step ends the search
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
  Eigen::VectorXd beta = Eigen::VectorXd::Zero(k + 1);
  for (int step = 0; step < kMaxSteps; ++step) {
    const Eigen::ArrayXd p = 1 / (1 + (-(x * beta).array()).exp());
    Eigen::VectorXd gradient = x.transpose() * (weights.array() * (p - labels.array())).matrix();
    gradient.head(k) += ridge * beta.head(k);
    Eigen::MatrixXd hessian = x.transpose() * (weights.array() * p * (1 - p)).matrix().asDiagonal() * x;
    hessian.diagonal().head(k).array() += ridge;
    hessian.diagonal().array() += kRegularization;
    const Eigen::VectorXd move = hessian.ldlt().solve(gradient);
    beta -= move;
    if (move.norm() < kConverged) break;
  }
  fit.weight = beta.head(k);
  fit.bias = beta[k];
  return fit;
}

}  // namespace unspin::bench
