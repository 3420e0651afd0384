// Gradient boosting of small trees for a weighted cross-entropy (Friedman, Annals of Statistics 2001), grown leaf by
// leaf on histograms (Ke et al., NIPS 2017).
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <vector>

#include "unspin/trees/boosted_trees.h"

namespace unspin::bench {

struct BoostOptions {
  int trees = 250;
  int leaves = 31;
  double rate = 0.06;
  double min_cases = 100;  // in a leaf
  double ridge = 0.001;    // on the value of a leaf, in units of mean weight
};

// Cases as rows of signals; labels are probabilities.
struct BoostCases {
  size_t signals = 0;
  std::vector<float> values;  // row after row
  std::vector<float> labels, weights;

  size_t size() const { return labels.size(); }
  void Add(std::span<const double> row, double label, double weight) {
    signals = row.size();
    values.insert(values.end(), row.begin(), row.end());
    labels.push_back(static_cast<float>(label));
    weights.push_back(static_cast<float>(weight));
  }
};

class Booster {
 public:
  Booster(const BoostCases& cases, const BoostOptions& options) : cases_(cases), options_(options) { MakeBins(); }

  BoostedTrees Fit() {
    const size_t n = cases_.size();
    double labels = 0, weights = 0;
    for (size_t i = 0; i < n; ++i) {
      labels += cases_.labels[i] * cases_.weights[i];
      weights += cases_.weights[i];
    }
    BoostedTrees model;
    model.bias = std::log(labels / (weights - labels));
    sums_.assign(n, model.bias);
    gradient_.resize(n);
    hessian_.resize(n);
    const double unit = static_cast<double>(n) / weights;
    for (int tree = 0; tree < options_.trees; ++tree) {
      for (size_t i = 0; i < n; ++i) {
        const double p = 1 / (1 + std::exp(-sums_[i])), weight = cases_.weights[i] * unit;
        gradient_[i] = static_cast<float>(weight * (p - cases_.labels[i]));
        hessian_[i] = static_cast<float>(weight * p * (1 - p));
      }
      GrowTree(model);
    }
    return model;
  }

 private:
  static constexpr int kBins = 128;         // per signal
  static constexpr double kMinGain = 1e-9;  // over the best split so far: rounding decides nothing
  struct Sum {
    double gradient = 0, hessian = 0;
    double cases = 0;
    void operator+=(const Sum& other) {
      gradient += other.gradient;
      hessian += other.hessian;
      cases += other.cases;
    }
    Sum operator-(const Sum& other) const {
      return {gradient - other.gradient, hessian - other.hessian, cases - other.cases};
    }
  };
  struct Split {
    double gain = 0;
    size_t signal = 0;
    int bin = 0;  // the first of the far side
  };
  struct Leaf {
    std::vector<uint32_t> rows;
    std::vector<Sum> histogram;  // signal × bin
    Sum sum;
    Split best;
  };
  // A node while the tree grows: it has two children or is a leaf.
  struct GrowingNode {
    int near = -1, far = -1, leaf = -1;
    Split split;
  };

  // Numbers of four digits, so that the model file holds exactly what was fitted.
  static float Rounded(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", value);
    return static_cast<float>(std::atof(text));
  }

  void MakeBins() {
    const size_t n = cases_.size(), k = cases_.signals;
    edges_.resize(k);
    bins_.resize(n * k);
    std::vector<float> column(n);
    for (size_t s = 0; s < k; ++s) {
      for (size_t i = 0; i < n; ++i) column[i] = cases_.values[i * k + s];
      std::vector<float> sorted = column;
      std::sort(sorted.begin(), sorted.end());
      for (int bin = 1; bin < kBins; ++bin) {
        const size_t at = n * static_cast<size_t>(bin) / kBins;
        const float edge = Rounded((static_cast<double>(sorted[at - (at > 0)]) + sorted[at]) / 2);
        if (edge > sorted.front() && (edges_[s].empty() || edge > edges_[s].back())) edges_[s].push_back(edge);
      }
      for (size_t i = 0; i < n; ++i) {
        bins_[i * k + s] =
            static_cast<uint8_t>(std::upper_bound(edges_[s].begin(), edges_[s].end(), column[i]) - edges_[s].begin());
      }
    }
  }

  void FillHistogram(Leaf& leaf) const {
    const size_t k = cases_.signals;
    leaf.histogram.assign(k * kBins, {});
    for (const uint32_t row : leaf.rows) {
      const Sum row_sum{gradient_[row], hessian_[row], 1};
      const uint8_t* bins = &bins_[row * k];
      for (size_t s = 0; s < k; ++s) leaf.histogram[s * kBins + bins[s]] += row_sum;
    }
  }

  double Score(const Sum& sum) const { return sum.gradient * sum.gradient / (sum.hessian + options_.ridge); }

  void FindSplit(Leaf& leaf) const {
    leaf.best = {};
    for (size_t s = 0; s < cases_.signals; ++s) {
      Sum near;
      for (int bin = 1; bin <= static_cast<int>(edges_[s].size()); ++bin) {
        near += leaf.histogram[s * kBins + static_cast<size_t>(bin) - 1];
        const Sum far = leaf.sum - near;
        if (near.cases < options_.min_cases || far.cases < options_.min_cases) continue;
        const double gain = Score(near) + Score(far) - Score(leaf.sum);
        if (gain > leaf.best.gain + kMinGain) leaf.best = {gain, s, bin};
      }
    }
  }

  void GrowTree(BoostedTrees& model) {
    std::vector<Leaf> leaves(1);
    std::vector<GrowingNode> nodes(1);
    std::vector<size_t> node_of_leaf = {0};
    leaves[0].rows.resize(cases_.size());
    for (size_t i = 0; i < cases_.size(); ++i) {
      leaves[0].rows[i] = static_cast<uint32_t>(i);
      leaves[0].sum += {gradient_[i], hessian_[i], 1};
    }
    FillHistogram(leaves[0]);
    FindSplit(leaves[0]);
    nodes[0].leaf = 0;
    while (static_cast<int>(leaves.size()) < options_.leaves) {
      const auto widest = std::max_element(leaves.begin(), leaves.end(),
                                           [](const Leaf& a, const Leaf& b) { return a.best.gain < b.best.gain; });
      if (widest->best.gain <= 0) break;
      const size_t number = static_cast<size_t>(widest - leaves.begin());
      const Split split = widest->best;
      Leaf near, far;
      for (const uint32_t row : widest->rows) {
        Leaf& side = bins_[row * cases_.signals + split.signal] < split.bin ? near : far;
        side.rows.push_back(row);
        side.sum += {gradient_[row], hessian_[row], 1};
      }
      // Only the smaller side's histogram is counted; the larger one's is the difference to the whole.
      Leaf &small = near.rows.size() < far.rows.size() ? near : far, &large = &small == &near ? far : near;
      FillHistogram(small);
      large.histogram = std::move(widest->histogram);
      for (size_t i = 0; i < large.histogram.size(); ++i) large.histogram[i] = large.histogram[i] - small.histogram[i];
      FindSplit(near);
      FindSplit(far);
      const size_t node = node_of_leaf[number];
      nodes[node] = {static_cast<int>(nodes.size()), static_cast<int>(nodes.size()) + 1, -1, split};
      nodes.resize(nodes.size() + 2);
      nodes[nodes.size() - 2].leaf = static_cast<int>(number);
      nodes.back().leaf = static_cast<int>(leaves.size());
      node_of_leaf[number] = nodes.size() - 2;
      node_of_leaf.push_back(nodes.size() - 1);
      leaves[number] = std::move(near);
      leaves.push_back(std::move(far));
    }
    model.roots.push_back(static_cast<uint32_t>(model.nodes.size()));
    Write(nodes, 0, leaves, model);
  }

  void Write(const std::vector<GrowingNode>& nodes, int at, const std::vector<Leaf>& leaves, BoostedTrees& model) {
    const GrowingNode& node = nodes[static_cast<size_t>(at)];
    if (node.leaf >= 0) {
      const Leaf& leaf = leaves[static_cast<size_t>(node.leaf)];
      const float value = Rounded(-options_.rate * leaf.sum.gradient / (leaf.sum.hessian + options_.ridge));
      for (const uint32_t row : leaf.rows) sums_[row] += static_cast<double>(value);
      model.nodes.push_back({value, BoostedTrees::kLeaf, 0});
      return;
    }
    const auto number = static_cast<uint32_t>(model.nodes.size());
    const float edge = edges_[node.split.signal][static_cast<size_t>(node.split.bin) - 1];
    model.nodes.push_back({edge, static_cast<uint16_t>(node.split.signal), 0});
    Write(nodes, node.near, leaves, model);
    model.nodes[number].no_offset = static_cast<uint16_t>(model.nodes.size() - number);
    Write(nodes, node.far, leaves, model);
  }

  const BoostCases& cases_;
  const BoostOptions options_;
  std::vector<std::vector<float>> edges_;
  std::vector<uint8_t> bins_;
  std::vector<double> sums_;
  std::vector<float> gradient_, hessian_;
};

}  // namespace unspin::bench
