// The signals that the pair's alignment gives without another look at the texts.
#include "unspin/verdict/signals/pair_measurements.h"

namespace unspin {

double MeasureCoverageOriginal(const PairMeasurements& pair) { return pair.alignment.coverage.original; }
double MeasureBestStretch(const PairMeasurements& pair) { return LogOfCount(pair.alignment.best_stretch); }
double MeasureStretchPerPair(const PairMeasurements& pair) {
  return MeasureBestStretch(pair) - LogOfCount(static_cast<double>(pair.runs.content_pairs));
}

}  // namespace unspin
