#include "unspin/engine/fingerprints.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "unspin/base/hash.h"
#include "unspin/shingle/shingle.h"
#include "unspin/standing/run_lists.h"

namespace unspin {

Sketch SketchOf(std::span<const uint32_t> elements) {
  static const uint64_t seed = SketchScheme::Default().seed;
  return SketchElements(elements, seed);
}

uint64_t RunAnchorHash(uint64_t run) { return Mix64(run); }

Sketch SketchAndAddRuns(const std::vector<uint64_t>& words, Anchors& anchors, ShingleBuffers& buffers) {
  FoldShingles(words, buffers.elements, buffers.sample);
  Anchors& runs = buffers.runs;
  runs.clear();
  for (const uint64_t run : buffers.sample) {
    if (run < kEndOfIndexed) runs.push_back({RunAnchorHash(run), 0, AnchorKind::kRun});
  }
  std::sort(runs.begin(), runs.end());
  Anchors joined;
  joined.reserve(anchors.size() + runs.size());
  std::merge(anchors.begin(), anchors.end(), runs.begin(), runs.end(), std::back_inserter(joined));
  const auto same = [](const Anchor& a, const Anchor& b) { return a.hash == b.hash; };
  joined.erase(std::unique(joined.begin(), joined.end(), same), joined.end());
  anchors = std::move(joined);
  return SketchOf(buffers.elements);
}

}  // namespace unspin
