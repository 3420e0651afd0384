// What pipelines need beside the façade: the sketch, the anchors and the shingle set that an engine makes of an
// article.
#pragma once

#include <cstdint>
#include <vector>

#include "unspin/anchor/anchor.h"
#include "unspin/dedup/shingle_set.h"
#include "unspin/engine/engine.h"
#include "unspin/sketch/sketch.h"

namespace unspin {

// What an archive finds an article by, and knows standing text by.
struct ArticleFingerprints {
  Sketch sketch;
  Anchors anchors;
  std::vector<uint64_t> listed_runs;  // standing/run_lists.h
};

}  // namespace unspin
