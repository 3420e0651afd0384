// What pipelines need beside the façade: the sketch, the anchors and the shingle set that an engine makes of an
// article.
#pragma once

#include "unspin/anchor/anchor.h"
#include "unspin/dedup/shingle_set.h"
#include "unspin/engine/engine.h"
#include "unspin/sketch/sketch.h"

namespace unspin {

// What an archive finds an article by.
struct ArticleFingerprints {
  Sketch sketch;
  Anchors anchors;
};

}  // namespace unspin
