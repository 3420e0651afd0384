#include "unspin/audit/stratified_sample.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "unspin/base/hash.h"

namespace unspin {
namespace {

// Bins of the probability. The doubtful ones are wide, because few findings are there; errors among the nearly sure
// ones are rare and weigh most, so these are told apart.
struct Bin {
  double below;
  const char* name;
};
constexpr Bin kBins[] = {{0.9, "0-0.9"}, {0.99, "0.9-0.99"}, {0.999, "0.99-0.999"}, {2, "0.999-1"}};

}  // namespace

std::string Stratum::Name() const { return std::string(unspin::Name(verdict)) + " " + kBins[bin].name; }

Stratum StratumOf(Verdict verdict, double probability) {
  uint32_t bin = 0;
  while (bin + 1 < std::size(kBins) && !(probability < kBins[bin].below)) ++bin;
  return {verdict, bin};
}

std::vector<uint64_t> Allocate(const std::vector<uint64_t>& sizes, uint64_t total) {
  std::vector<uint64_t> ascending = sizes;
  std::sort(ascending.begin(), ascending.end());
  uint64_t level = 0, left = total;  // every stratum gets `level`, where it has as many
  for (size_t i = 0; i < ascending.size(); ++i) {
    const uint64_t strata = ascending.size() - i;
    const uint64_t step = std::min(ascending[i] - level, left / strata);
    level += step;
    left -= step * strata;
    if (level < ascending[i]) break;
  }
  std::vector<uint64_t> drawn;
  for (const uint64_t size : sizes) {
    const bool one_more = size > level && left > 0;
    left -= one_more;
    drawn.push_back(std::min(size, level) + one_more);
  }
  return drawn;
}

void StratifiedSample::Add(const Stratum& stratum, std::string content) {
  Content& at = strata_[stratum];
  ++at.findings;
  at.kept.push({Mix64(seed_ ^ Mix64(++count_)), std::move(content)});
  Shrink();
}

void StratifiedSample::Shrink() {
  std::vector<uint64_t> sizes;
  for (const auto& [stratum, content] : strata_) sizes.push_back(content.findings);
  const std::vector<uint64_t> allowed = Allocate(sizes, size_);
  size_t i = 0;
  for (auto& [stratum, content] : strata_) {
    while (content.kept.size() > allowed[i]) content.kept.pop();
    ++i;
  }
}

std::vector<StratifiedSample::Drawn> StratifiedSample::Take() {
  std::vector<std::pair<uint64_t, Drawn>> ranked;
  for (auto& [stratum, content] : strata_) {
    for (const uint64_t drawn = content.kept.size(); !content.kept.empty(); content.kept.pop()) {
      const Item& item = content.kept.top();
      ranked.push_back({item.rank, {stratum, content.findings, drawn, item.content}});
    }
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Drawn> sample;
  for (auto& [rank, drawn] : ranked) sample.push_back(std::move(drawn));
  strata_.clear();
  return sample;
}

}  // namespace unspin
