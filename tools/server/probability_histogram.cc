#include "server/probability_histogram.h"

#include <algorithm>
#include <cassert>
#include <numeric>

#include "render/json_writer.h"

namespace unspin::server {

void ProbabilityHistogram::Add(Verdict verdict, double probability) {
  assert(probability >= 0 && probability <= 1);
  const auto bin = std::min(static_cast<size_t>(probability * kBins), kBins - 1);
  ++bins_[bin][static_cast<size_t>(verdict)];
  if (!NamesOriginal(verdict)) return;
  for (size_t i = 0; i < kThresholds.size(); ++i) at_least_[i] += probability >= kThresholds[i];
}

uint64_t ProbabilityHistogram::suspects() const {
  uint64_t sum = 0;
  for (const auto& bin : bins_) sum += std::accumulate(bin.begin(), bin.end(), uint64_t{0});
  return sum;
}

std::string ProbabilityHistogram::Json() const {
  const auto border = [](size_t bin) { return static_cast<double>(bin) / kBins; };
  JsonWriter json;
  json.BeginObject();
  json.Key("bins");
  json.BeginArray();
  for (size_t bin = 0; bin < kBins; ++bin) {
    json.BeginObject();
    json.Field("from", border(bin));
    json.Field("to", border(bin + 1));
    json.Key("by_verdict");
    json.BeginObject();
    for (size_t verdict = 0; verdict < kVerdicts; ++verdict) {
      if (bins_[bin][verdict] > 0) json.Field(Name(static_cast<Verdict>(verdict)), bins_[bin][verdict]);
    }
    json.EndObject();
    json.EndObject();
  }
  json.EndArray();
  json.Key("thresholds");
  json.BeginArray();
  for (size_t i = 0; i < kThresholds.size(); ++i) {
    json.BeginObject();
    json.Field("probability", kThresholds[i]);
    json.Field("suspects", at_least_[i]);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  return json.Take();
}

}  // namespace unspin::server
